"""Questions: what a bare yes or no states, by the question that it answers."""

import patterns as re
from replies.facts.claims import sentences
from replies.facts.weekdays import days_in
from replies.text.stems import stems
from replies.text.wording import plain, without_handles

_RULE_ASKED = re.compile(
    r"\b(?:do|does|can|could|will|would)\s+(?:you|u|i|we|they|it)\b"
    r"(?:\s+(?:guys|still|also|even|ever|have to|need to))*\s*"
    r"(?P<done>(?:take|accept|allow|deliver|ship|sell|stock|do|serve|offer|have|charge|bring|pay|"
    r"return|exchange|book|get|cater|buy|repair|fix)\b[^?.!\n]{2,60})"
    r"|\b(?:are|is)\s+(?P<who>(?:the )?(?:dogs?|pets?|kids?|children|bikes?|walk-?ins?|cards?|cash|prams?|"
    r"laptops?|groups?|wheelchairs?)\b[^?.!\n]{2,40})"
    r"|\b(?:is|are) there\s+(?P<there>(?!(?:a |any )?(?:way|chance|reason|point|hope|need)\b)[^?.!\n]{3,60})",
    re.IGNORECASE,
)
#: Who asks "do you have a favourite?" or "can you take a look?" asks for no rule.
_NO_RULE = stems(
    "favourite favorite idea tip suggestion recommendation advice opinion thought time minute second "
    "look hand word favour favor plan guess clue moment sense know think mind chance photo picture"
)
_FLAT_ANSWER = re.compile(
    r"\W{0,9}(?:(?:hi|hey|hello)\W{1,9})?(?:yes|yep|yeah|yup|we do|we can|we are|of course|sure|absolutely|definitely|"
    r"certainly|no|nope|afraid not|we don't|we can't|not any ?more|you can|they are|it is|it does|"
    r"sadly not|unfortunately not|sorry,? no)\b(?! (?:idea|worries|problem|way|one|longer|doubt))",
    re.IGNORECASE,
)
_FLAT_WORDS = re.compile(r"\w[\w' ]*")
_NO = re.compile(r"\b(?:no|nope|not|don't|can't|sadly|unfortunately)\b", re.IGNORECASE)
_OPEN_ASKED = re.compile(
    r"\b(?:are|r|is|will|do)\s+(?:you|u|the \w+|it|they|anyone)\s+(?:guys |be |still |all )?"
    r"(?P<what>open|closed|shut|in|there|around)\b",
    re.IGNORECASE,
)
_ASKED = 500


def days_asked(post_text: str) -> frozenset[str]:
    """Return the days that a post asks about."""
    post = without_handles(post_text)[:_ASKED]
    asks = [sentence for sentence, asking in sentences(post) if asking]
    return days_in(" ".join(asks) or post) if asks or "open" in post.casefold() else frozenset()


def open_answer(text: str, post_text: str) -> bool | None:
    """Return whether a flat answer to "are you open?" says open; None where there is none."""
    asked = _OPEN_ASKED.search(plain(post_text)[:_ASKED])
    answer = _FLAT_ANSWER.match(plain(text))
    if asked is None or answer is None:
        return None
    says_yes = _NO.search(answer.group()) is None
    return says_yes is (asked["what"].casefold() not in {"closed", "shut"})


def answered_unseen(text: str, post_text: str, facts: tuple[str, ...]) -> str:
    """Return a flat yes or no to a question that no fact speaks of, with the question; or "".

    "Yes, we do" to "do you take Amex?" states a policy although it names nothing.
    """
    asked = _RULE_ASKED.search(plain(post_text)[:_ASKED])
    answer = _FLAT_ANSWER.match(plain(text))
    if asked is None or answer is None:
        return ""
    about = stems(asked["done"] or asked["who"] or asked["there"])
    if not about or about & _NO_RULE or any(about & stems(fact) for fact in facts):
        return ""
    flat = _FLAT_WORDS.search(answer.group())
    said = flat.group().strip() if flat else answer.group().strip()
    return f"{said}” to “{asked.group().strip()}"
