"""Facts: what a reply states about the business, held against what may be stated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import patterns as re
from domain import Check, CheckLevel, Voice
from replies.facts.claims import Claims, claims_in
from replies.facts.figures import ClaimKind
from replies.facts.known import KnownFacts, known_from
from replies.facts.questions import answered_unseen, days_asked, open_answer
from replies.facts.times import Moment
from replies.facts.weekdays import spoken

_SHOWN = 60
_SAYS = {
    ClaimKind.PROMISE: "Promises",
    ClaimKind.OFFER: "Offers",
    ClaimKind.POLICY: "Says",
    ClaimKind.PLACE: "Gives the place",
}


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A claim that nothing covers: its kind, its words, and the fact that says otherwise."""

    kind: ClaimKind
    words: str
    against: str = ""


def fact_checks(
    judged: str, *, post_text: str, voice: Voice, also_known: Sequence[str]
) -> Iterator[Check]:
    """Yield a check for what a reply states and nothing covers; it names the words.

    A number, price, date, opening hour, promise, offer or policy is covered by the voice
    (its facts, who and how), by the post, or by `also_known`: the conversation above and approved examples. There
    is at most one check for each kind.
    """
    facts = tuple(fact.line for fact in voice.facts)
    # Who we are tells facts, too: "a coffee shop on Dock Street since 1998".
    told_elsewhere = tuple(text for text in (voice.who, voice.how, *also_known) if text)
    told: set[ClaimKind] = set()
    for claim in _uncovered(judged, facts, post_text, told_elsewhere):
        if claim.kind not in told:
            told.add(claim.kind)
            yield Check("fact", CheckLevel.MIND, _why(claim))


def _uncovered(
    text: str, facts: Sequence[str], post_text: str, also_known: Sequence[str]
) -> Iterator[Uncovered]:
    claims = claims_in(text)
    if not post_text and claims == Claims():
        return
    known = known_from(facts, post=post_text, said=also_known)
    ours = known_from(facts)
    for figure in claims.figures:
        if not known.has_figure(figure):
            yield Uncovered(figure.kind, figure.words)
    for day in claims.dates:
        if not known.has_date(day):
            yield Uncovered(ClaimKind.DATE, day.words)
    yield from _uncovered_hours(text, claims, known, ours, post_text)
    for act in claims.undertakings:
        if not known.has_undertaking(act):
            yield Uncovered(act.kind, act.words, ours.line_against(act))
    answer = answered_unseen(text, post_text, known.facts)
    if answer:
        yield Uncovered(ClaimKind.POLICY, answer)


def _uncovered_hours(
    text: str, claims: Claims, known: KnownFacts, ours: KnownFacts, post_text: str
) -> Iterator[Uncovered]:
    asked = days_asked(post_text)
    flat = open_answer(text, post_text)
    if asked and flat is not None and not claims.moments:
        claim = Moment("", asked, shut=not flat)
        if not known.has_moment(claim):
            said = "Open" if flat else "Closed"
            yield Uncovered(ClaimKind.HOURS, f"{said} on {spoken(asked)}", ours.other_hours(claim))
    for moment in claims.moments:
        claim = moment
        if asked and not claim.days and (claim.opens or claim.closes or claim.point):
            claim = replace(claim, days=asked)
        against = "" if ours.has_moment(claim) else ours.other_hours(claim)
        if not known.has_moment(claim) or (against and claim.days):
            yield Uncovered(ClaimKind.HOURS, moment.words, against)


def _why(claim: Uncovered) -> str:
    words = f"{_SAYS.get(claim.kind, 'States')} “{_short(claim.words)}”"
    if claim.against:
        return f"{words}; the facts say “{_short(claim.against)}”."
    return f"{words}, which is in none of the facts."


def _short(words: str) -> str:
    plain = re.sub(r"\s+", " ", words).strip()
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1].rstrip() + "…"
