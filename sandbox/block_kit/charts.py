"""Checks of data_visualization (native charts) and of tables.

Source: docs.slack.dev, data-visualization-block and table-block (2026-06-16).
"""

from typing import Any

from sandbox.block_kit.rules import Report

MOST_CHARTS = 2
_MOST_SERIES = 6
_MOST_CATEGORIES = 20
_LONGEST_LABEL = 20
_LONGEST_TITLE = 50
_CELLS = ("rich_text", "raw_text", "raw_number")


def check_chart(report: Report, block: dict[str, Any], at: str) -> None:
    """Check a data_visualization block."""
    report.mapping(block, at, ("type", "title", "chart"), ("block_id",))
    report.string(block.get("title"), f"{at}/title", _LONGEST_TITLE)
    chart, place = block.get("chart"), f"{at}/chart"
    if not isinstance(chart, dict):
        return
    if chart.get("type") == "pie":
        _pie(report, chart, place)
    elif chart.get("type") in {"bar", "line", "area"}:
        _axes(report, chart, place)
    else:
        report.say(f"unsupported type: {chart.get('type')}", f"{place}/type")


def _pie(report: Report, chart: dict[str, Any], at: str) -> None:
    report.mapping(chart, at, ("type", "segments"), ())
    segments = report.several(chart.get("segments"), f"{at}/segments", _MOST_SERIES)
    for number, segment in enumerate(segments):
        place = f"{at}/segments/{number}"
        _point(report, segment, place)
        value = segment.get("value") if isinstance(segment, dict) else None
        if isinstance(value, (int, float)) and value <= 0:
            report.say("must be more than 0", f"{place}/value")


def _axes(report: Report, chart: dict[str, Any], at: str) -> None:
    report.mapping(chart, at, ("type", "series", "axis_config"), ())
    axis, place = chart.get("axis_config"), f"{at}/axis_config"
    categories: list[Any] = []
    if axis is not None and report.mapping(axis, place, ("categories",), ("x_label", "y_label")):
        categories = report.several(axis.get("categories"), f"{place}/categories", _MOST_CATEGORIES)
        for number, category in enumerate(categories):
            report.string(category, f"{place}/categories/{number}", _LONGEST_LABEL)
        report.string(axis.get("x_label"), f"{place}/x_label", _LONGEST_TITLE)
        report.string(axis.get("y_label"), f"{place}/y_label", _LONGEST_TITLE)
    names = []
    rows = report.several(chart.get("series"), f"{at}/series", _MOST_SERIES)
    for number, series in enumerate(rows):
        spot = f"{at}/series/{number}"
        if report.mapping(series, spot, ("name", "data"), ()):
            report.string(series.get("name"), f"{spot}/name", _LONGEST_LABEL)
            names.append(series.get("name"))
            _points(report, series.get("data"), f"{spot}/data", categories)
    if len(set(map(str, names))) != len(names):
        report.say("series names must be unique", f"{at}/series")


def _points(report: Report, rows: Any, at: str, categories: list[Any]) -> None:
    points = report.several(rows, at, _MOST_CATEGORIES)
    labels = []
    for number, point in enumerate(points):
        _point(report, point, f"{at}/{number}")
        if isinstance(point, dict):
            labels.append(point.get("label"))
    if sorted(map(str, labels)) != sorted(map(str, categories)):
        report.say("data labels must match axis_config categories", at)


def _point(report: Report, point: Any, at: str) -> None:
    if not report.mapping(point, at, ("label", "value"), ()):
        return
    report.string(point.get("label"), f"{at}/label", _LONGEST_LABEL)
    value = point.get("value")
    if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
        report.say("must provide a number", f"{at}/value")


def check_table(report: Report, block: dict[str, Any], at: str) -> None:
    """Check a table: at most 100 rows of at most 20 cells."""
    report.mapping(block, at, ("type", "rows"), ("block_id", "column_settings"))
    for number, row in enumerate(report.several(block.get("rows"), f"{at}/rows", 100)):
        for column, cell in enumerate(report.several(row, f"{at}/rows/{number}", 20)):
            place = f"{at}/rows/{number}/{column}"
            kind = cell.get("type") if isinstance(cell, dict) else None
            if kind not in _CELLS:
                report.say(f"unsupported type: {kind}", f"{place}/type")
            elif kind == "raw_text":
                report.string(cell.get("text"), f"{place}/text", 3000)
