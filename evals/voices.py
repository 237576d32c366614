"""Who answers a row's post: the invented business behind its handle, or nobody in particular."""

import json
import re
from functools import cache
from typing import Any

from domain import Fact, Voice
from evals.rows import OWN

_HANDLE = re.compile(r"@(\w{1,20})")
_HOW = (
    "Plain, kind and short, like somebody behind the counter. A dry joke where one fits. We say "
    "sorry once, and ask back when we want to know. No exclamation marks, no emoji."
)
_ANY = "A small local business; the people who work there answer themselves."


def voice_for(post: str) -> tuple[str, Voice]:
    """Return the handle and the voice of the business that a post names.

    The voice's facts are what the person who answered would have known, as far as we wrote
    them down; a row about any other business gets a voice without facts.
    """
    handles = _HANDLE.findall(post)
    known = next((handle for handle in handles if handle in _businesses()), None)
    if known is None:
        return (handles[0] if handles else "our_shop"), Voice(who=_ANY, how=_HOW)
    business = _businesses()[known]
    facts = tuple(Fact.from_line(line) for line in business["facts"])
    return known, Voice(who=business["who"], how=_HOW, facts=facts)


@cache
def _businesses() -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = json.loads((OWN / "voices.json").read_text("utf-8"))
    return known
