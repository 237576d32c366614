"""How long the figures of `/greenroom stats 90d` take over 100,000 mentions, on both engines."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from datetime import time as clock
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from bench.figure import BenchFigure
from domain import Counts, Hours, Week
from insights.hours import waits
from insights.stats import period
from storage.db.database import Database
from storage.open import open_database
from storage.reports import stats
from storage.reports.stats_record import listening_since
from tests.large_record import Record, write
from tests.naive_recount import recount
from tests.storage.postgres_server import running_server

_AIM = 500.0
_TIMES = 5
#: The worst case: everything was written within the ninety days.
_NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
_ZONE = ZoneInfo("Europe/Berlin")
_WEEK: Week = (Hours(clock(9), clock(18)),) * 7


def measure(*, quick: bool) -> Iterator[BenchFigure]:
    """Load the same record into each engine, count, and count again with plain statements."""
    record = Record(mentions=10_000 if quick else 100_000, people=20_000, until=_NOW)
    for engine, place in (("sqlite", _sqlite), ("postgresql", _postgres)):
        with place() as url:
            yield from _measured(engine, url, record)


def _measured(engine: str, url: str, record: Record) -> Iterator[BenchFigure]:
    db = open_database(url)
    try:
        loading = _seconds(lambda: write(db, url, record))
        _settle(url)
        took = [_seconds(lambda: _count(db)) * 1000 for _ in range(_TIMES)]
        plain = _seconds(lambda: _recount(db)) * 1000
        posts = sum(_count(db).now.kinds.values())
    finally:
        db.close()
    each = statistics.median(took)
    note = (
        f"{record.mentions:,} mentions and {posts:,} posts of ours; one plain statement "
        f"a figure {plain:,.0f} ms, {plain / each:.1f} times as long"
    )
    yield BenchFigure("stats", f"90 days counted on {engine}, median", each, "ms", _AIM, note)
    yield BenchFigure("stats", f"the same, slowest of {_TIMES}", max(took), "ms", _AIM)
    yield BenchFigure(
        "stats", f"record loaded into {engine}", loading, "s", note="the bench's own work"
    )


def _count(db: Database) -> Counts:
    with db.read() as tx:
        return stats.count(tx, period(90, _NOW, _ZONE), partial(waits, week=_WEEK, zone=_ZONE))


def _recount(db: Database) -> None:
    with db.read() as tx:
        recount(tx, period(90, _NOW, _ZONE), listening_since(tx))


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _settle(url: str) -> None:
    """Do at once what PostgreSQL's own upkeep does within a minute of such a load."""
    if url.startswith("postgresql"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as name:
        yield f"sqlite:///{Path(name) / 'stats.db'}"


@contextmanager
def _postgres() -> Iterator[str]:
    with running_server() as server:
        server.run("CREATE DATABASE stats")
        yield server.url("stats")
