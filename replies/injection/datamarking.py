"""Datamarking: what strangers wrote is given to the model with a random mark between its words.

So the model can tell, at every word, what is material and what was said by us ("spotlighting",
Hines and others 2024, arXiv 2403.14720). The mark is new for each question: nobody can write it.
"""

import secrets
from dataclasses import dataclass

import patterns as re
from replies.text.wording import without_invisible

_GAP = re.compile(r"\s+")
#: Scripts without gaps between words are marked after so many letters.
_UNBROKEN = re.compile(r"([^\s\x00-\u2e7f]{6})(?=[^\s\x00-\u2e7f])")
_LETTERS = "bcdfghjklmnpqrstvwxz"


@dataclass(frozen=True, slots=True)
class Datamark:
    """The mark of one question."""

    mark: str

    @classmethod
    def fresh(cls, *texts: str) -> "Datamark":
        """Make a mark that stands in none of the texts."""
        while True:
            mark = "^" + "".join(secrets.choice(_LETTERS) for _ in range(3)) + "^"
            if not any(mark in text for text in texts):
                return cls(mark)

    def on(self, text: str) -> str:
        """Return a stranger's text with the mark at its beginning, between its words, at its end.

        Invisible characters, marks that turn the writing, tags and soft hyphens go; line
        breaks become marks like any gap.
        """
        bare = without_invisible(text).strip()
        if not bare:
            return ""
        broken = _UNBROKEN.sub(rf"\1{self.mark}", bare)
        return self.mark + _GAP.sub(self.mark, broken) + self.mark


def fresh_boundary(material: str) -> str:
    """Make a random word for the lines around the material that does not stand in it."""
    while (boundary := secrets.token_hex(8)) in material:
        pass
    return boundary
