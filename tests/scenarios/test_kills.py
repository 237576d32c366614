"""In a short storm of a fixed seed nothing is lost, posted twice, or posted unapproved."""

import pytest

from tests.stage import Stage
from tests.storage.conftest import postgres
from tests.storage.postgres_server import TestServer
from tests.storm.storm import Storm
from tests.storm.toll import Toll

#: On a busy machine a life takes longer: there have to be some all the same, and no flood in them.
_SECONDS, _LIVES, _MENTIONS = 8, 4, 40
__all__ = ["postgres"]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_in_a_storm_every_promise_is_kept(empty_stage: Stage) -> None:
    """Kills, broken lines, a full disk, refusals: every mention is answered once. Long: make soak."""
    kept(Storm(empty_stage, 20261124, most_mentions=_MENTIONS).blow(_SECONDS, _LIVES))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_in_a_storm_on_postgres_every_promise_is_kept(
    empty_stage: Stage, postgres: TestServer
) -> None:
    """The same where PostgreSQL stops, comes back, and has two processes at work."""
    postgres.run("CREATE DATABASE stormy")
    address = postgres.url("stormy")
    storm = Storm(empty_stage, 20261126, database=address, server=postgres, most_mentions=_MENTIONS)
    kept(storm.blow(_SECONDS, _LIVES))
    postgres.run("DROP DATABASE stormy WITH (FORCE)")


def kept(toll: Toll) -> None:
    assert toll.kills
    assert len(toll.posted) >= 8
    assert sum(toll.faults.values()) >= 2
    assert not toll.broken, toll
