"""What somebody wants to know, told by rules from how they ask."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain import Span
from replies.questions.spans import span_in
from replies.wording import plain


class Topic(StrEnum):
    """What a question is about."""

    SAID = "said"
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

    `about` is what it is about in the asker's words, or a handle; `span` when, `called` how that
    is said.
    """

    topic: Topic
    words: str
    span: Span
    called: str
    about: str = ""


_HANDLE = re.compile(r"(?:https?://(?:www\.)?(?:x|twitter)\.com/|@)(\w{1,15})\b", re.ASCII)
_ABOUT = re.compile(
    r"\b(?:about|regarding|on the subject of|mention(?:ed|s|ing)?|talk(?:ed|s|ing)? (?:about|of)|"
    r"sa(?:y|id|ying) about|think(?:ing)? (?:of|about)|complain(?:ed|ing|ts?)? about|"
    r"ask(?:ed|ing)? (?:about|for))\b(.+)\Z",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"\A(?:the|our|a|an|any|those|these|that|this|of)\s+|[?.!,;:\"“”']+", re.IGNORECASE
)
_TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(pattern, re.IGNORECASE))
    for topic, pattern in (
        (Topic.THANKS, r"\A(?:thanks?|thank you|thx|ty|great|cool|ok(?:ay)?|perfect|nice)\b.{0,20}\Z"),
        (Topic.SET_UP, r"\bset ?up\b.{0,20}\bvoice\b|\bset ?up voice\b|\bhow (?:do )?we talk\b"),
        (Topic.HELP, r"\A(?:hi|hello|hey|help|\?+)\W*\Z|\bwhat (?:can|do) you (?:do|know)\b|\bhow (?:do|does) (?:this|you|it) work\b|\bwhat can i ask\b"),
        (Topic.WAITING, r"\bwho (?:did we forget|have we forgotten|(?:still )?waits?|(?:is|are) (?:still )?waiting|needs? an? (?:answer|reply))\b|\b(?:forgot|forgotten|unanswered|not (?:been )?answered|overdue|open (?:ones|cards)|still (?:wait|open))\b|\bwhat(?:'s| is) (?:waiting|open|left)\b|\bwho (?:should|do) (?:we|i) answer\b"),
        (Topic.CAME_BACK, r"\b(?:came|come|comes|coming) back\b|\breturned\b|\bregulars?\b|\bwho (?:do|did) we (?:really )?talk (?:with|to)\b|\bconnections?\b"),
        (Topic.ASIDE, r"\bset aside\b|\bfolded\b|\bfiltered\b|\bspam\b|\bignored?\b"),
        (Topic.HOW, r"\bhow (?:are|did|do) we (?:do|doing|perform)\b|\bhow (?:is|was) (?:it|the account|our account|the week|our week)\b|\b(?:stats|statistics|figures|numbers|followers)\b|\bhow many (?:people|replies|conversations|answers)\b"),
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
    handle = _HANDLE.search(said)
    if handle:
        return Question(Topic.WHO, said, span, called, handle[1])
    for topic, pattern in _TOPICS:
        if pattern.search(said):
            return Question(topic, said, span, called)
    about = _about(rest)
    topic = Topic.SAID if about is not None and _SAID.search(said) else Topic.UNKNOWN
    return Question(topic, said, span, called, about or "")


def _about(words: str) -> str | None:
    """Return what comes after "about" and the like; "" where it asks for anything."""
    found = _ABOUT.search(words)
    if found is None:
        return (
            ""
            if re.search(
                r"\bpeople\b.{0,20}\b(?:say(?:ing)?|said|talk(?:ing)?|writ(?:e|ing)|wrote)\b",
                words,
                re.IGNORECASE,
            )
            else None
        )
    about = found[1].strip()
    while (bare := _LEFT_OUT.sub("", about).strip()) != about:
        about = bare
    return about
