"""What a text must hold for a pattern to match: words by which most patterns need not be tried.

A long post is held against some thousand patterns. Each is taken apart where it says "or", and a
part is tried only where the text holds the words without which it cannot match. Words are sought
by their groups of four letters, each text's once; what is not understood in a pattern counts as
matching anything, so that a part is never left out wrongly.
"""

from necessary.parts import parts_of
from necessary.words_held import Part, folded, held

__all__ = ["Part", "folded", "held", "parts_of"]
