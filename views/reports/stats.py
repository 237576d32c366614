"""How the account does, as a message: people first, followers last and small."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import DividerBlock, HeaderBlock, ImageBlock
from slack_sdk.models.blocks.basic_components import SlackFile

from domain import AccountStats
from views.blocks.blocks import context, plain, section
from views.blocks.charts import BarChart, Series, chart_block, chart_words
from views.blocks.formatting import escape, one_line, shorten
from views.blocks.message import Message
from views.reports.stats_texts import about, followers_line, parts

_LONGEST_ALT = 1000
#: The part that a chart, or the picture of both, stands below.
_CHARTS_BELOW = ("Talk", "Answers")


def stats_charts(stats: AccountStats) -> tuple[BarChart, ...]:
    """Return the charts that the figures are enough for."""
    found = []
    if any(replies or about_us for _, replies, about_us in stats.bars):
        names, replies, about_us = zip(*stats.bars, strict=True)
        days = stats.period.bar_days
        found.append(
            BarChart(
                title="Posts day by day" if days == 1 else f"Posts, {days} days to a bar",
                categories=names,
                series=(Series("Replies to people", replies), Series("About you", about_us)),
                below="" if days == 1 else "First day of each bar",
            )
        )
    if stats.now.median_wait is not None:
        names, answers = zip(*stats.now.answered_in, strict=True)
        found.append(
            BarChart(
                title="How long people waited for an answer",
                categories=names,
                series=(Series("Answers", answers),),
                below="Business hours from their post to your answer",
            )
        )
    return tuple(found)


def stats_message(stats: AccountStats, zone: ZoneInfo, drawn: Sequence[dict[str, Any]]) -> Message:
    """Return the figures, with `drawn` among them: chart blocks, a picture, or nothing.

    The text has every figure, those of the charts too.
    """
    handle = shorten(one_line(stats.handle), 40)
    head = f"@{handle}: the last {stats.period.days} days"
    told = parts(stats)
    blocks = [HeaderBlock(text=plain(head)).to_dict(), *_small(about(stats, zone))]
    left = list(drawn)
    for title, lines in told:
        blocks.append(section("\n".join([f"*{title}*", *lines])).to_dict())
        if title in _CHARTS_BELOW and left:
            blocks.append(left.pop(0))
    blocks += [*left, DividerBlock().to_dict(), *_small(followers_line(stats, zone))]
    words = [chart_words(chart) for chart in stats_charts(stats)]
    spoken = [about(stats, zone), *(f"{title}. {' '.join(lines)}" for title, lines in told)]
    text = "\n".join([escape(head), *spoken, *words, followers_line(stats, zone)])
    return Message(text.replace("*", ""), blocks)


def native_charts(stats: AccountStats) -> list[dict[str, Any]]:
    """Return the charts as Slack's own blocks."""
    return [chart_block(chart) for chart in stats_charts(stats)]


def pictured_charts(stats: AccountStats, file_id: str) -> list[dict[str, Any]]:
    """Return the charts as one picture that was uploaded to Slack."""
    block = ImageBlock(slack_file=SlackFile(id=file_id), alt_text=alt_text(stats))
    return [block.to_dict()]


def alt_text(stats: AccountStats) -> str:
    """Say the figures of the charts, for who cannot see the picture."""
    said = " ".join(chart_words(chart) for chart in stats_charts(stats))
    return shorten(said, _LONGEST_ALT)


def _small(line: str) -> list[dict[str, Any]]:
    made = context(line)
    return [made.to_dict()] if made else []
