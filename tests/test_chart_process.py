"""The charts are drawn by a process of their own."""

from pathlib import Path

import pytest

from jobs.engine.chart_process import picture_of
from views.blocks.charts import BarChart, Series


def test_charts_become_a_picture_wherever_greenroom_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that draws them finds its code from any folder."""
    monkeypatch.chdir(tmp_path)
    picture = picture_of([BarChart("Posts a day", ("Mon", "Tue"), (Series("Posts", (1, 2)),))])
    assert picture is not None
    assert picture.startswith(b"\x89PNG")
