"""What somebody wants to know, told by rules from how they ask."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

import patterns as re
from domain import Span
from replies.questions.spans import span_in
from replies.text.wording import plain


class Topic(StrEnum):
    """What a question is about."""

    SAID = "said"
    ANSWERED = "answered"
    WAITING = "waiting"
    CAME_BACK = "came_back"
    WHO = "who"
    HOW = "how"
    ASIDE = "aside"
    HELP = "help"
    SET_UP = "set_up"
    THANKS = "thanks"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    `about` is what it is about in the asker's words; `handle` whom, without @; `span` when,
    `called` how that is said, `dated` whether the asker named a time.
    """

    topic: Topic
    words: str
    span: Span
    called: str
    about: str = ""
    handle: str = ""
    dated: bool = False


_HANDLE = re.compile(
    r"(?:https?://(?:www\.)?(?:x|twitter)\.com/|(?<![\w.+-])@)(\w{1,15})\b", re.ASCII
)
_BARE_HANDLE = re.compile(r"\Awho(?: is|'s|’s) (\w{3,15})\W*\Z", re.ASCII | re.IGNORECASE)
_SAYING = (
    r"(?:say(?:s|ing)?|said|ask(?:s|ed|ing)?|tells?|told|think(?:s|ing)?|talk(?:s|ed|ing)?|"
    r"mention(?:s|ed|ing)?|complain(?:s|ed|ing)?|wr(?:ite|ites|ote|itten)|writing)"
)
_OTHERS_SAID = re.compile(
    rf"\b(?:people|any(?:body|one)|some(?:body|one)|everybody|everyone|customers?|folks|they|who)\b"
    rf".{{0,40}}\b{_SAYING}\b",
    re.IGNORECASE,
)
_WE_ANSWERED = re.compile(
    r"\bwe\b.{0,20}\b(?:answer(?:ed)?|repl(?:y|ied)|say|said|tell|told|write|wrote)\b|"
    r"\bour (?:last |latest )?(?:answers?|repl(?:y|ies))\b",
    re.IGNORECASE,
)
_ANYTHING = re.compile(
    r"\bwhat(?:'s|’s| is| was) new\b|\banything new\b|\bwhat(?:'s|’s| is| has|) happen(?:ed|ing)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:about|regarding|on the subject of|mention(?:ed|s|ing)?|talk(?:ed|s|ing)? (?:about|of)|"
    r"sa(?:y|id|ying) about|think(?:ing)? (?:of|about)|complain(?:ed|ing|ts?)? about|"
    r"ask(?:ed|ing)? (?:about|for))\b",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"\A(?:the|our|a|an|any|those|these|that|this|of)\s+|[?.!,;:\"“”]+|(?<!\w)'|'(?!\w)",
    re.IGNORECASE,
)
_TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(pattern, re.IGNORECASE))
    for topic, pattern in (
        (Topic.THANKS, r"\A(?:(?:many )?thanks?|thank you|thx|ty|great|cool|ok(?:ay)?|perfect|nice|lovely)(?:\W+(?:so much|very much|a lot|again|thanks?|thank you|you|greenroom|for (?:that|this|the help)))*\W*\Z"),
        (Topic.SET_UP, r"\bset ?up\b.{0,20}\bvoice\b|\bset ?up voice\b|\bhow (?:do )?we talk\b"),
        (Topic.HELP, r"\A(?:hi|hello|hey|help|\?+)\W*\Z|\bwhat (?:can|do) you (?:do|know)\b|\bhow (?:do|does) (?:this|you|it) work\b|\bwhat can i ask\b"),
        (Topic.WAITING, r"\bwho (?:did we forget|have we forgotten|(?:still )?waits?|(?:is|are) (?:still )?waiting|needs? an? (?:answer|reply))\b|\b(?:forgot|forgotten|unanswered|not (?:been )?answered|overdue|open (?:ones|cards)|still (?:wait|open))\b|\bwhat(?:'s| is) (?:waiting|open|left)\b|\bwho (?:should|do) (?:we|i) answer\b"),
        (Topic.CAME_BACK, r"\b(?:came|come|comes|coming) back\b|\breturned\b|\bregulars?\b|\bwho (?:do|did) we (?:really )?talk (?:with|to)\b|\bconnections?\b"),
        (Topic.ASIDE, r"\bset aside\b|\bfolded\b|\bfiltered\b|\bspam\b|\bignored?\b"),
        (Topic.HOW, r"\bhow (?:are|did|do) we (?:do|doing|perform)\b|\bhow (?:is|was|did) (?:it|everything|things|the account|our account|(?:the|our|this|last) (?:week|month)|today|yesterday)\b|\b(?:stats|statistics|figures|numbers|followers)\b|\bhow many (?:people|replies|conversations|answers)\b"),
    )
)  # fmt: skip
_SAID = re.compile(
    r"\bwhat (?:did|do|does|are|is|have|has|was|were)\b|\bany(?:body|one|thing)\b|\bdid (?:any|some|people)|"
    r"\bpeople\b|\bfind\b|\bshow\b|\bsearch\b|\blook for\b|\bwho (?:said|asked|mentioned|complained|talked|wrote)\b|"
    r"\bcomplaints?\b",
    re.IGNORECASE,
)


def read_question(words: str, now: datetime, zone: ZoneInfo) -> Question:
    """Tell what somebody wants to know; UNKNOWN where no rule does."""
    said = " ".join(plain(words).split())
    span, called, rest = span_in(said, now, zone)
    topic, about, handle = _meant(said, rest)
    return Question(topic, said, span, called, about, handle, dated=rest != said)


def _meant(said: str, rest: str) -> tuple[Topic, str, str]:
    """Return the topic, what it is about, and whom; `rest` is what was said without the time."""
    if handle := _HANDLE.search(said):
        return _of_somebody(said, rest, handle[1])
    about = _about(rest)
    # What somebody said about spam is no question about what was set aside.
    if about and _OTHERS_SAID.search(rest):
        return Topic.SAID, about, ""
    for topic, pattern in _TOPICS:
        if pattern.search(said):
            return topic, "", ""
    if about is not None and (_SAID.search(said) or _ANYTHING.search(said)):
        return Topic.SAID, about, ""
    if bare := _BARE_HANDLE.search(rest):
        return Topic.WHO, "", bare[1]
    return Topic.UNKNOWN, about or "", ""


def _of_somebody(said: str, rest: str, handle: str) -> tuple[Topic, str, str]:
    """Read a question that names a handle: their words, ours to them, or who they are."""
    if _WE_ANSWERED.search(said):
        return Topic.ANSWERED, "", handle
    about = _about(rest) or ""
    if re.search(rf"@{handle}\b.{{0,20}}\b{_SAYING}\b", said, re.IGNORECASE):
        return Topic.SAID, about, handle
    if _HANDLE.search(about) and _OTHERS_SAID.search(rest):
        return Topic.SAID, about.lstrip("@"), ""
    return Topic.WHO, "", handle


def _about(words: str) -> str | None:
    """Return what comes after "about" and the like; "" where it asks for anything."""
    line = words.rpartition("\n")[2]
    found = _ABOUT.search(line)
    about = line[found.end() :] if found else ""
    if not about:
        anything = _OTHERS_SAID.search(words) or _ANYTHING.search(words)
        return "" if anything and not re.search(r"\bwe\b", words, re.IGNORECASE) else None
    about = about.strip()
    while (bare := _LEFT_OUT.sub("", about).strip()) != about:
        about = bare
    return about
