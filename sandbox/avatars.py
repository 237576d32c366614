"""Pictures for people who have none: initials on a colour, as PNG, made without any library."""

import hashlib
import re
import struct
import unicodedata
import zlib
from functools import lru_cache

SIDE = 96
_SCALE = 6
_LETTER_WIDTH, _LETTER_HEIGHT = 5, 7
# Each letter as seven rows of five bits.
_FONT: dict[str, tuple[int, ...]] = {
    "A": (14, 17, 17, 31, 17, 17, 17),
    "B": (30, 17, 17, 30, 17, 17, 30),
    "C": (14, 17, 16, 16, 16, 17, 14),
    "D": (30, 17, 17, 17, 17, 17, 30),
    "E": (31, 16, 16, 30, 16, 16, 31),
    "F": (31, 16, 16, 30, 16, 16, 16),
    "G": (14, 17, 16, 23, 17, 17, 15),
    "H": (17, 17, 17, 31, 17, 17, 17),
    "I": (14, 4, 4, 4, 4, 4, 14),
    "J": (7, 2, 2, 2, 2, 18, 12),
    "K": (17, 18, 20, 24, 20, 18, 17),
    "L": (16, 16, 16, 16, 16, 16, 31),
    "M": (17, 27, 21, 21, 17, 17, 17),
    "N": (17, 25, 21, 19, 17, 17, 17),
    "O": (14, 17, 17, 17, 17, 17, 14),
    "P": (30, 17, 17, 30, 16, 16, 16),
    "Q": (14, 17, 17, 17, 21, 18, 13),
    "R": (30, 17, 17, 30, 20, 18, 17),
    "S": (15, 16, 16, 14, 1, 1, 30),
    "T": (31, 4, 4, 4, 4, 4, 4),
    "U": (17, 17, 17, 17, 17, 17, 14),
    "V": (17, 17, 17, 17, 17, 10, 4),
    "W": (17, 17, 17, 21, 21, 27, 17),
    "X": (17, 17, 10, 4, 10, 17, 17),
    "Y": (17, 17, 10, 4, 4, 4, 4),
    "Z": (31, 1, 2, 4, 8, 16, 31),
    "0": (14, 17, 19, 21, 25, 17, 14),
    "1": (4, 12, 4, 4, 4, 4, 14),
    "2": (14, 17, 1, 6, 8, 16, 31),
    "3": (30, 1, 1, 14, 1, 1, 30),
    "4": (2, 6, 10, 18, 31, 2, 2),
    "5": (31, 16, 30, 1, 1, 17, 14),
    "6": (14, 16, 30, 17, 17, 17, 14),
    "7": (31, 1, 2, 4, 8, 8, 8),
    "8": (14, 17, 17, 14, 17, 17, 14),
    "9": (14, 17, 17, 15, 1, 1, 14),
}


def initials(name: str) -> str:
    """Find up to two initials that the font can draw; empty when there are none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", plain)
    chosen = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0].upper() for word in chosen)


@lru_cache(maxsize=512)
def picture(handle: str, name: str = "") -> bytes:
    """Draw a square PNG for a handle; the colour comes from the handle, the letters from the name."""
    red, green, blue = _colour(handle)
    pixels = [[0] * SIDE for _ in range(SIDE)]
    _draw(pixels, initials(name or handle))
    palette = bytes((red, green, blue, 255, 255, 255))
    rows = b"".join(b"\0" + bytes(row) for row in pixels)
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", header),
        (b"PLTE", palette),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _colour(handle: str) -> tuple[int, int, int]:
    # Dark enough that white letters keep a contrast of 4.5 to 1.
    digest = hashlib.sha256(handle.lower().encode()).digest()
    red, green, blue = (40 + digest[number] % 80 for number in range(3))
    return red, green, blue


def _draw(pixels: list[list[int]], letters: str) -> None:
    width = (len(letters) * (_LETTER_WIDTH + 1) - 1) * _SCALE
    left, top = (SIDE - width) // 2, (SIDE - _LETTER_HEIGHT * _SCALE) // 2
    for place, letter in enumerate(letters):
        for row, bits in enumerate(_FONT[letter]):
            for column in range(_LETTER_WIDTH):
                if bits >> (_LETTER_WIDTH - 1 - column) & 1:
                    x = left + (place * (_LETTER_WIDTH + 1) + column) * _SCALE
                    _fill(pixels, x, top + row * _SCALE)


def _fill(pixels: list[list[int]], x: int, y: int) -> None:
    for line in range(y, y + _SCALE):
        pixels[line][x : x + _SCALE] = [1] * _SCALE


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )
