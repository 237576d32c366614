"""The stage as a fixture: empty, or with a Greenroom already working on it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.stage import Stage, open_stage, until


@pytest.fixture(autouse=True)
def _within_one_day() -> None:
    """Begin nothing in the last minute of a UTC day: what a scenario counts belongs to one."""

    def early() -> bool:
        now = datetime.now(UTC)
        return (now + timedelta(minutes=1)).date() == now.date()

    until(early, "the next day begins")


@pytest.fixture
def empty_stage(tmp_path: Path) -> Iterator[Stage]:
    with open_stage(tmp_path) as stage:
        yield stage


@pytest.fixture
def stage(empty_stage: Stage) -> Stage:
    empty_stage.open()
    return empty_stage
