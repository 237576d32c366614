"""Bar charts as one PNG picture, for a Slack that does not take chart blocks yet.

The picture is an opaque card, so that it reads alike on light and dark screens; each bar has its
count above it, so that no colour is needed to read it. Run as a module it takes charts as JSON and
gives the picture: Pillow then stays out of the bot's own memory (jobs/engine/chart_process.py).
"""

import io
import sys
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from views.blocks.charts import BarChart, Series, from_json

#: Drawn larger and then reduced: smooth edges without a drawing library.
_SCALE = 2
_WIDTH = 1100
_HEIGHT = 420
_EDGE = 40
_CARD = (250, 250, 248)
_RULE = (221, 222, 218)
_INK = (32, 36, 40)
_SOFT = (84, 92, 98)
#: Apart in lightness too, for who sees no colours: DESIGN's green, a pale sand, and so on.
_FILLS = (
    (31, 95, 74),
    (226, 176, 92),
    (96, 140, 190),
    (178, 84, 62),
    (140, 140, 140),
    (200, 200, 200),
)

Box = tuple[float, float, float, float]


class _Sheet:
    """A drawing whose measures are in pixels of the finished picture."""

    def __init__(self, width: int, height: int) -> None:
        self.image = Image.new("RGB", (width * _SCALE, height * _SCALE), _CARD)
        self._draw = ImageDraw.Draw(self.image)

    def words(
        self,
        at: tuple[float, float],
        said: str,
        *,
        size: int = 22,
        ink: tuple[int, int, int] = _INK,
        anchor: str = "la",
    ) -> float:
        """Write a line of words; return how wide it is."""
        font = ImageFont.load_default(size * _SCALE)
        self._draw.text((at[0] * _SCALE, at[1] * _SCALE), said, font=font, fill=ink, anchor=anchor)
        return font.getlength(said) / _SCALE

    def box(self, box: Box, fill: tuple[int, int, int], radius: int = 4) -> None:
        left, top, right, bottom = (side * _SCALE for side in box)
        self._draw.rounded_rectangle((left, top, right, bottom), radius * _SCALE, fill=fill)

    def rule(self, left: float, right: float, y: float) -> None:
        self.box((left, y, right, y + 1), _RULE, radius=0)

    def png(self) -> bytes:
        smooth = self.image.resize(
            (self.image.width // _SCALE, self.image.height // _SCALE), Image.Resampling.LANCZOS
        )
        kept = io.BytesIO()
        smooth.save(kept, "PNG", optimize=True)
        return kept.getvalue()


def picture(charts: Sequence[BarChart]) -> bytes:
    """Draw charts below each other; return a PNG.

    Raises:
        ValueError: there are none.
    """
    if not charts:
        raise ValueError("no chart to draw")
    sheet = _Sheet(_WIDTH, _HEIGHT * len(charts))
    for place, chart in enumerate(charts):
        if place:
            sheet.rule(_EDGE, _WIDTH - _EDGE, _HEIGHT * place)
        _draw_chart(sheet, chart, top=_HEIGHT * place)
    return sheet.png()


def _draw_chart(sheet: _Sheet, chart: BarChart, *, top: float) -> None:
    sheet.words((_EDGE, top + 26), chart.title, size=28)
    _legend(sheet, chart.series, top=top + 68)
    floor = top + _HEIGHT - (86 if chart.below else 60)
    ceiling = top + 140
    most = max(1, *(count for one in chart.series for count in one.counts))
    slot = (_WIDTH - 2 * _EDGE) / len(chart.categories)
    wide = min(64.0, slot * 0.8 / len(chart.series))
    sheet.rule(_EDGE, _WIDTH - _EDGE, floor)
    for place, label in enumerate(chart.categories):
        middle = _EDGE + slot * (place + 0.5)
        sheet.words((middle, floor + 12), label, size=20, ink=_SOFT, anchor="ma")
        left = middle - wide * len(chart.series) / 2
        for number, one in enumerate(chart.series):
            _bar(
                sheet, one.counts[place], most, left + wide * number, wide, (ceiling, floor), number
            )
    if chart.below:
        middle = _WIDTH / 2
        sheet.words((middle, floor + 46), chart.below, size=20, ink=_SOFT, anchor="ma")


def _bar(
    sheet: _Sheet,
    count: int,
    most: int,
    left: float,
    wide: float,
    between: tuple[float, float],
    number: int,
) -> None:
    ceiling, floor = between
    height = (floor - ceiling) * count / most
    if count:
        box = (left + 2, floor - max(height, 3), left + wide - 2, floor)
        sheet.box(box, _FILLS[number % len(_FILLS)])
    middle = left + wide / 2
    sheet.words((middle, floor - height - 6), f"{count:,}", size=19, anchor="ms")


def _legend(sheet: _Sheet, series: Sequence[Series], *, top: float) -> None:
    if len(series) < 2:  # noqa: PLR2004 - the title says it
        return
    left = float(_EDGE)
    for number, one in enumerate(series):
        sheet.box((left, top + 4, left + 18, top + 22), _FILLS[number % len(_FILLS)])
        left += 28 + sheet.words((left + 28, top), one.name, size=20, ink=_SOFT) + 30


if __name__ == "__main__":
    sys.stdout.buffer.write(picture(from_json(sys.stdin.read())))
