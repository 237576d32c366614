"""Killed at random moments, Greenroom loses nothing and posts nothing twice."""

import pytest

from tests.kills import kill_rounds
from tests.stage import Stage


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_killed_at_random_moments_nothing_is_lost_or_doubled(empty_stage: Stage) -> None:
    """Every mention is answered once, with a text that somebody approved. Long: make soak."""
    toll = kill_rounds(empty_stage, rounds=8, seed=20261124)
    assert toll.kills == 8
    assert len(toll.posted) >= 8
    assert not toll.broken, toll
