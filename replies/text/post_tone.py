"""How a post sounds, by its words: kind, complaining, both or neither. English only."""

from collections.abc import Iterable
from functools import cache

import patterns as re
from replies.playbook.occasions import default_playbook
from replies.text.portion import portion
from replies.text.wording import plain, without_handles

#: The playbook's occasions whose cues are words of praise and thanks, and of complaint.
_KIND = frozenset({"praise", "thanks"})
_COMPLAINT = frozenset({"wait", "wrong", "not_working", "rude", "complaint"})


def sounds(text: str) -> tuple[bool, bool]:
    """Tell whether a post has words of praise or thanks, and whether of complaint.

    Words under a complaint are not counted as kind: "thanks for nothing" is none.
    """
    said = plain(without_handles(portion(text)))
    complains = bool(_pattern(_COMPLAINT).search(said))
    return not complains and bool(_pattern(_KIND).search(said)), complains


@cache
def _pattern(occasions: frozenset[str]) -> re.Pattern[str]:
    cues = {
        cue for answer in default_playbook() if answer.occasion in occasions for cue in answer.cues
    }
    return re.compile(
        "|".join(_parts(sorted(cues, key=len, reverse=True))) or r"(?!)", re.IGNORECASE
    )


def _parts(cues: Iterable[str]) -> list[str]:
    """Write cues as the playbook reads them: `*` stands for a word's end."""
    return [
        r"(?<!\w)"
        + r"\s+".join(re.escape(w).replace(r"\*", r"\w*") for w in cue.split())
        + r"(?!\w)"
        for cue in cues
        if cue[:1].isalnum()
    ]
