"""Known: what the voice, the post and the conversation say, and whether that covers a claim."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import patterns as re
from replies.facts.claims import claims_in, stated
from replies.facts.commitments import Undertaking, denied, does
from replies.facts.dates import Day
from replies.facts.figures import ClaimKind, Figure
from replies.facts.times import ALWAYS, Moment
from replies.text.stems import stems
from replies.text.wording import words

#: A fact, a post or a reply is shorter; what is remembered of them stays small.
_LONGEST = 1000
_OF_HOURS = re.compile(r"\b(?:open\w*|clos\w*|shut|hours|until|till|from)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """Texts that a reply may take facts from.

    Attributes:
        facts: what the business says of itself; approved examples and the conversation, too.
        post: what the person wrote: its figures may be named again, its questions prove nothing.
    """

    facts: tuple[str, ...] = ()
    post: str = ""
    _read: dict[str, list[Moment]] = field(default_factory=dict, compare=False)

    def has_figure(self, figure: Figure) -> bool:
        """Tell whether a text says the same value, in figures or in words."""
        for text in (*self.facts, self.post):
            if any(_same(figure, other) for other in claims_in(text, everything=True).figures):
                return True
        return False

    def has_date(self, day: Day) -> bool:
        """Tell whether a text says the same day, or the month where no day is claimed."""
        for text in (*self.facts, self.post):
            for other in claims_in(text, everything=True).dates:
                if any(
                    month == m and (number is None or number == n)
                    for month, number in day.pairs
                    for m, n in other.pairs
                ):
                    return True
        return False

    def has_moment(self, claim: Moment) -> bool:
        """Tell whether the hours that a text gives for these days hold what is claimed."""
        moments = self._moments()
        if not claim.days:
            return any(_times_match(claim, known) for known in moments)
        return all(self._holds(claim, day, moments) for day in claim.days)

    def has_undertaking(self, claim: Undertaking) -> bool:
        """Tell whether a text undertakes the same."""
        stated_texts = (*self.facts, stated(self.post))
        if claim.kind is ClaimKind.PROMISE:
            return any(does(claim.deed, text) for text in stated_texts)
        if claim.kind is ClaimKind.OFFER:
            return any(
                does(claim.deed, text) and claim.about and claim.about <= stems(text)
                for text in stated_texts
            )
        if claim.kind is ClaimKind.PLACE:
            return any(claim.about <= set(words(text)) for text in (*self.facts, self.post))
        return any(
            claim.about <= stems(text)
            and any(denied(text, stem) is claim.denies for stem in claim.about)
            for text in stated_texts
        )

    def other_hours(self, claim: Moment) -> str:
        """Return the words of a fact that gives other hours for a day of the claim, or ""."""
        for text in self.facts:
            for known in _all_moments(text):
                whole = known.shut or (known.opens and known.closes)
                days_meet = not claim.days or not known.days or claim.days & known.days
                if whole and days_meet and _about_opening(claim):
                    return known.words
        return ""

    def line_against(self, claim: Undertaking) -> str:
        """Return a fact that says the opposite of a policy, or ""."""
        if claim.kind is not ClaimKind.POLICY:
            return ""
        return next((text for text in self.facts if claim.about <= stems(text)), "")

    def _moments(self) -> list[Moment]:
        if "all" not in self._read:
            texts = (*self.facts, stated(self.post))
            self._read["all"] = [moment for text in texts for moment in _all_moments(text)]
        return self._read["all"]

    def _holds(self, claim: Moment, day: str, moments: list[Moment]) -> bool:
        about = [known for known in moments if day in known.days]
        if claim.shut:
            listed = any(known.days and known.timed and not known.shut for known in moments)
            named = [known for known in about if known.shut or known.timed]
            return any(known.shut for known in named) or (listed and not named)
        if any(known.shut for known in about) and not any(known.timed for known in about):
            return False
        if not claim.timed:
            return bool(about)
        chosen = [known for known in about if known.timed]
        if not chosen or not (claim.opens and claim.closes):
            chosen += [known for known in moments if not known.days]
        return any(_times_match(claim, known) for known in chosen)


def known_from(facts: Iterable[str], *, post: str = "", said: Sequence[str] = ()) -> KnownFacts:
    """Gather what may be stated from the voice's facts, the post and other texts."""
    texts = tuple(text[:_LONGEST] for text in (*facts, *said))
    return KnownFacts(texts, post[:_LONGEST])


def _all_moments(text: str) -> Iterator[Moment]:
    """Yield the moments of a text, marked where it speaks of opening hours."""
    hours = _OF_HOURS.search(text) is not None
    for moment in claims_in(text, everything=True).moments:
        yield replace(moment, hours=hours)


def _same(claim: Figure, known: Figure) -> bool:
    if claim.kind is not known.kind or claim.value != known.value:
        return False
    uncounted = claim.kind is ClaimKind.NUMBER and "" in {claim.unit, known.unit}
    return claim.unit == known.unit or uncounted


def _times_match(claim: Moment, known: Moment) -> bool:
    if ALWAYS in known.point:
        return True
    both = known.opens | known.closes | known.point
    if claim.point and not claim.point & both:
        return False
    loose = known.point if known.hours else frozenset[int]()
    if claim.opens and not claim.opens & (known.opens | loose):
        return False
    if claim.closes and not claim.closes & (known.closes | loose):
        return False
    return claim.timed


def _about_opening(claim: Moment) -> bool:
    return bool(claim.days or claim.opens or claim.closes)
