"""How services are, what was spent, and work that is made due: what Home and a resume read."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain import JobKind, MentionKind, ReplyState, ServiceHealth, Spending, TeamSettings
from storage.db.database import Database, Transaction
from storage.inbox import mentions, replies
from storage.money import ledger
from storage.money.spending import spending
from storage.posts import watches
from storage.queue import claims, jobs
from storage.team import health
from tests.storage.made import NOW, a_watch, caught, later

TEAM = TeamSettings(
    channel="C1",
    timezone=ZoneInfo("UTC"),
    digest_at=time(17),
    undo=timedelta(seconds=10),
    poll_every=timedelta(minutes=2),
    x_budget_micro=1_000_000,
    model_budget_micro=500_000,
)


def test_a_success_is_written_at_most_once_a_minute(db: Database) -> None:
    """A service that answers all the time costs no write each time."""
    with db.write() as tx:
        assert health.health_of(tx, health.X) == ServiceHealth()
        health.worked(tx, health.X, NOW)
        health.worked(tx, health.X, later(seconds=59))
        assert health.health_of(tx, health.X) == ServiceHealth(worked_at=NOW)
        health.worked(tx, health.X, later(seconds=60))
        assert health.health_of(tx, health.X).worked_at == later(seconds=60)
        assert health.health_of(tx, health.SLACK) == ServiceHealth()


def test_a_failure_and_its_end_are_known_at_once(db: Database) -> None:
    """The minute does not hold back that something broke or mends."""
    with db.write() as tx:
        health.worked(tx, health.X, NOW)
        health.failed(tx, health.X, "X is away.", later(seconds=1))
        broken = health.health_of(tx, health.X)
        assert broken == ServiceHealth(NOW, later(seconds=1), "X is away.")
        assert broken.fails
        health.failed(tx, health.X, "X is away.", later(seconds=5))
        assert health.health_of(tx, health.X) == broken
        health.failed(tx, health.X, "No <credit> left; “none”.", later(seconds=6))
        assert health.health_of(tx, health.X).sentence == "No <credit> left; “none”."
        health.worked(tx, health.X, later(seconds=7))
        mended = health.health_of(tx, health.X)
        assert not mended.fails
        assert mended.failed_at == later(seconds=6)


def cost(tx: Transaction, service: str, purpose: str, micro: int, at: datetime = NOW) -> None:
    ledger.note_cost(
        tx, service=service, kind="post", purpose=purpose, units=1, micro_dollars=micro, at=at
    )


def test_spending_names_watches_and_counts_day_and_month_apart(db: Database) -> None:
    """A watch goes by its label, one that is gone by none; yesterday counts to the month only."""
    now = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
    with db.write() as tx:
        watches.add_watch(tx, replace(a_watch("w1"), label="coffee"))
        cost(tx, "x", "watch:w1", 300, now)
        cost(tx, "x", "watch:gone", 100, now)
        cost(tx, "x", "watch:gone2", 50, now)
        cost(tx, "x", "send", 200, now)
        cost(tx, "x", "send", 1_000, now - timedelta(hours=1))
        cost(tx, "x", "send", 9_000, now - timedelta(days=24))
        cost(tx, "model", "suggest", 500_001, now)
        spent = spending(tx, TEAM, now)
    by_purpose = (("watch:coffee", 300), ("send", 200), ("watch:", 150))
    # Of what was spent before today, yesterday's thousand alone is in the last seven days.
    assert spent["x"] == Spending(1_000_000, by_purpose, 1_650, day_micro=1_000 // 7)
    assert spent["x"].today_micro == 650
    assert spent["x"].left_micro == 999_350
    assert spent["model"].left_micro == 0


def test_resting_work_is_made_due_and_what_runs_is_left(db: Database) -> None:
    """Only waiting jobs of the kinds that were named move, and only to an earlier time."""
    with db.write() as tx:
        for key, kind, minutes in (
            ("listen:a", JobKind.LISTEN, 30),
            ("listen:b", JobKind.LISTEN, -30),
            ("wake:c", JobKind.WAKE, 30),
        ):
            jobs.add_job(tx, kind, key=key, due_at=later(minutes=minutes))
        claims.claim(tx, now=NOW, lease=timedelta(minutes=1), owner="me")
        assert jobs.make_due(tx, (JobKind.LISTEN, JobKind.SUGGEST), NOW) == 1
        moved, running, other = (jobs.job(tx, key) for key in ("listen:a", "listen:b", "wake:c"))
    assert moved is not None
    assert moved.due_at == NOW
    assert running is not None
    assert running.due_at == later(minutes=-30)
    assert other is not None
    assert other.due_at == later(minutes=30)


def test_what_a_watch_caught_today_and_whether_anybody_was_answered(db: Database) -> None:
    """Counts of one watch since a time; no reply was sent yet."""
    with db.write() as tx:
        watches.add_watch(tx, replace(a_watch("w1"), kind=MentionKind.KEYWORD))
        caught(tx, "1001", "1002")
        stored = mentions.mention(tx, "1001")
        assert stored is not None
        since = stored.caught_at
        assert mentions.caught_since(tx, stored.watch_id, since) == 2
        assert mentions.caught_since(tx, stored.watch_id, since + timedelta(seconds=1)) == 0
        assert mentions.caught_since(tx, "other", since) == 0
        assert not replies.any_in(tx, ReplyState.SENT)
