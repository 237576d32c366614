"""In a short storm of a fixed seed nothing is lost, posted twice, or posted unapproved."""

import pytest

from tests.stage import Stage
from tests.storm.storm import storm


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [20261124, 20261125])
def test_in_a_storm_every_promise_is_kept(empty_stage: Stage, seed: int) -> None:
    """Kills, broken lines, a full disk, refusals: every mention is answered once. Long: make soak."""
    toll = storm(empty_stage, seconds=15, seed=seed)
    assert toll.kills
    assert len(toll.posted) >= 8
    assert sum(toll.faults.values()) >= 2
    assert not toll.broken, toll
