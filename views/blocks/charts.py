"""Bar charts: as Slack's own block, and as words. views/blocks/chart_picture.py draws them otherwise.

Limits: docs.slack.dev, data-visualization block (2026-06-16): a title and labels of axes of 50
characters, 6 series, 20 categories, names and labels of 20, every series with every category;
two charts a message. slack_sdk does not know the block yet, so they are checked here.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_LONGEST_TITLE = 50
_MOST_SERIES = 6
_MOST_CATEGORIES = 20
_LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars: its name, and a count for each category."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """A chart of counts; `below` and `beside` name its axes.

    Raises:
        ValueError: it breaks one of Slack's limits (a fault of ours).
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    below: str = ""
    beside: str = ""

    def __post_init__(self) -> None:
        names = [one.name for one in self.series]
        fits = (
            0 < len(self.title) <= _LONGEST_TITLE
            and max(len(self.below), len(self.beside)) <= _LONGEST_TITLE
            and _are_labels(self.categories, _MOST_CATEGORIES)
            and _are_labels(names, _MOST_SERIES)
            and all(len(one.counts) == len(self.categories) for one in self.series)
        )
        if not fits:
            raise ValueError(f"Slack does not take the chart {self.title!r}")


def _are_labels(labels: tuple[str, ...] | list[str], most: int) -> bool:
    """Tell whether labels are some, not too many, each different and not too long."""
    return (
        0 < len(labels) <= most
        and len(set(labels)) == len(labels)
        and all(0 < len(label) <= _LONGEST_NAME for label in labels)
    )


def chart_block(chart: BarChart) -> dict[str, Any]:
    """Return the chart as Slack's data_visualization block."""
    axes: dict[str, Any] = {"categories": list(chart.categories)}
    if chart.below:
        axes["x_label"] = chart.below
    if chart.beside:
        axes["y_label"] = chart.beside
    return {
        "type": "data_visualization",
        "title": chart.title,
        "chart": {
            "type": "bar",
            "series": [
                {
                    "name": one.name,
                    "data": [
                        {"label": label, "value": count}
                        for label, count in zip(chart.categories, one.counts, strict=True)
                    ],
                }
                for one in chart.series
            ],
            "axis_config": axes,
        },
    }


def chart_words(chart: BarChart) -> str:
    """Return every figure of the chart in one line of words."""
    names = ", ".join(one.name for one in chart.series)
    rows = (
        f"{label}: {', '.join(f'{one.counts[place]:,}' for one in chart.series)}"
        for place, label in enumerate(chart.categories)
    )
    return f"{chart.title} ({names}). {'; '.join(rows)}."


def as_json(charts: Sequence[BarChart]) -> str:
    """Write charts as JSON for the child process."""
    return json.dumps(
        [
            {
                "title": chart.title,
                "categories": chart.categories,
                "series": [[one.name, one.counts] for one in chart.series],
                "below": chart.below,
                "beside": chart.beside,
            }
            for chart in charts
        ]
    )


def from_json(text: str) -> list[BarChart]:
    """Read what `as_json` wrote."""
    return [
        BarChart(
            title=row["title"],
            categories=tuple(row["categories"]),
            series=tuple(Series(name, tuple(counts)) for name, counts in row["series"]),
            below=row["below"],
            beside=row["beside"],
        )
        for row in json.loads(text)
    ]
