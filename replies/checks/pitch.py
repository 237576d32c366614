"""The pitch: our own goods or services offered, in plain words, to somebody who asked nothing."""

from collections.abc import Iterator

import patterns as re
from domain import Check, CheckLevel
from replies.checks.promo_score import adding_up
from replies.rules import pitch_signs
from replies.text.wording import is_question, plain, without_handles

#: What the signs of offering must weigh together to be a pitch.
ENOUGH = 2.0
#: Whoever writes to us may be told to bring it in; that takes more.
ENOUGH_TO_US = 3.0
_READ = 600
_MOST_QUOTED = 3
_HANDLE = re.compile(r"(?<![\w@/.])@\w{1,20}")
#: Whoever says sorry to somebody who wrote to us mends something, and may say how.
_MENDS = re.compile(r"\b(?:sorry|on us|our (?:fault|mistake)|no charge)\b", re.IGNORECASE)
#: Shaped like questions, and nobody waits for an answer.
_EXCLAIMS = re.compile(
    r"\A\W*+(?:what an?\b|how (?:lovely|nice|odd|strange|funny|annoying)\b|(?:can|could|would|should|do|does|did|"
    r"is|are|will)(?:n't|'t|'ve)\b|may the\b|will (?:this|it) ever\b|is it (?:really |only |still )?(?:friday|"
    r"monday|bedtime|hometime|the weekend|over)\b|why (?:is|does|do|are|am) (?:it|my|everything|every|i|mornings?|"
    r"mondays?)\b|who (?:else|needs|invented|decided|knew)\b|how is it (?:already|only|still|nearly)\b|"
    r"am i the only\b)",
    re.IGNORECASE,
)
_SEEKS = re.compile(
    r"\b(?:need|needing|want|wanting|wish|after|search(?:ing)?|hunt(?:ing)?|hunting|market|trying|desperate)"
    r"(?: to (?:find|buy|book|get|hire|order|rent|replace)\b| (?:for |in )?(?:an?|some|somebody|someone|somewhere)\b"
    r"(?! (?:\w+ )?(?:coffee|drink|nap|holiday|break|hug|win|minute|weekend|wine|lie|vacation|miracle|day|hour|"
    r"week|while|bit|moment|long|little)\b))|\b(?:any (?:tips|ideas|suggestions|advice|recommendations)|"
    r"where to (?:get|buy|find|go)|suggestions|advice|open to ideas|help me (?:find|choose|pick))\b|\bplease\W*\Z",
    re.IGNORECASE,
)


def pitch_checks(judged: str, post_text: str, asked: frozenset[str]) -> Iterator[Check]:
    """Yield a check where a reply offers what we sell and the post sought nothing of the kind."""
    if asked or seeks(post_text):
        return
    to_us = _HANDLE.search(post_text[:_READ]) is not None
    if to_us and _MENDS.search(judged):
        return
    enough = ENOUGH_TO_US if to_us else ENOUGH
    named = adding_up(judged, pitch_signs(), frozenset(), enough=enough, most=_MOST_QUOTED)
    if named:
        yield Check("pitch", CheckLevel.MIND, f"Offers what nobody asked for: {named}.")


def seeks(post_text: str) -> bool:
    """Tell whether a post asks something or looks for something to buy, book or find."""
    post = without_handles(plain(post_text[:_READ]))
    if _SEEKS.search(post):
        return True
    return is_question(post) and _EXCLAIMS.match(post) is None
