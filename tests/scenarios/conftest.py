"""The stage as a fixture: empty, or with a Greenroom already working on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stage import Stage, open_stage


@pytest.fixture
def empty_stage(tmp_path: Path) -> Iterator[Stage]:
    with open_stage(tmp_path) as stage:
        yield stage


@pytest.fixture
def stage(empty_stage: Stage) -> Stage:
    empty_stage.open()
    return empty_stage
