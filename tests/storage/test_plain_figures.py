"""A database that kept its figures in tables by triggers comes up to date with the same figures."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

import psycopg
import pytest
import sqlite_utils

from domain import Choice, Counts, Outcome, Post, TalkKind
from insights.hours import waits
from insights.stats import period
from storage.db.database import Database
from storage.open import open_database
from storage.posts import posts
from storage.reports import stats
from storage.schema.migrations import STEPS
from storage.schema.stats import PLAIN_FIGURES
from storage.schema.step import Step
from tests.storage.made import ACCOUNT

_NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
_BEFORE = STEPS[: STEPS.index(PLAIN_FIGURES)]
#: Ann is answered with her suggestion as it was, after ten minutes, and writes back; Ben's was
#: let go. We also posted once about ourselves.
_ROWS = (
    f"INSERT INTO marks (name, value) VALUES ('account_id', '{ACCOUNT.id}')",
    "INSERT INTO marks (name, value) VALUES ('hours_of_waits', 'nine to six')",
    (f"INSERT INTO people (id, handle, name) VALUES ('{ACCOUNT.id}', 'bar', 'Bar'),"
    " ('11', 'ann', 'Ann'), ('12', 'ben', 'Ben')"),
    ("INSERT INTO posts (id, text, author_id, created_at, in_reply_to_id, in_reply_to_author_id,"
    " mentioned_ids) VALUES"
    f""" ('1', 'a', '11', '2026-11-22T10:00:00.000000Z', NULL, NULL, '["{ACCOUNT.id}"]'),"""
    f""" ('2', 'b', '12', '2026-11-22T11:00:00.000000Z', NULL, NULL, '["{ACCOUNT.id}"]')"""),
    *(
        "INSERT INTO mentions (id, kind, watch_id, watch_label, state, lane, caught_at,"
        f" changed_at) VALUES ('{id_}', 'mention', 'mentions', 'M', '{state}', 'send',"
        " '2026-11-01T00:00:00.000000Z', '2026-11-22T12:00:00.000000Z')"
        for id_, state in (("1", "answered"), ("2", "skipped"))
    ),
    ("INSERT INTO suggestions (id, mention_id, round, place, text, source, move, created_at)"
    " VALUES ('s', '1', 1, 0, 'hi', 'model', 'thank', '2026-11-22T10:01:00.000000Z')"),
    ("INSERT INTO decisions (id, mention_id, place, kind, member_id, member_name, at,"
    " suggestion_id) VALUES ('d1', '1', 0, 'approve', 'U1', 'Mia', 'x', 's'),"
    " ('d2', '2', 0, 'skip', 'U1', 'Mia', 'x', NULL)"),
    ("INSERT INTO replies (id, mention_id, place, decision_id, text, state, due_at, member_id,"
    " member_name, post_id) VALUES ('r', '1', 0, 'd1', 'hi', 'sent', 'x', 'U1', 'Mia', '3')"),
    ("INSERT INTO posts (id, text, author_id, created_at, in_reply_to_id, in_reply_to_author_id)"
    f" VALUES ('3', 'hi', '{ACCOUNT.id}', '2026-11-22T10:10:00.000000Z', '1', '11'),"
    f" ('4', 'ta', '11', '2026-11-22T10:20:00.000000Z', '3', '{ACCOUNT.id}'),"
    f" ('5', 'we', '{ACCOUNT.id}', '2026-11-22T10:30:00.000000Z', NULL, NULL)"),
)  # fmt: skip
_GONE = {"talk", "waits", "members"}


@pytest.fixture(params=["sqlite", "postgresql"])
def before(request: pytest.FixtureRequest) -> str:
    """The address of a database as the release before left it."""
    url: str
    if request.param == "sqlite":
        path = request.getfixturevalue("tmp_path") / "before.db"
        with closing(sqlite3.connect(path)) as file:
            _steps_of_then(_BEFORE).apply(sqlite_utils.Database(file))
            for statement in _ROWS:
                file.execute(statement)
            assert file.execute("SELECT COUNT(*) FROM talk").fetchone() == (2,)
            file.commit()
        return f"sqlite:///{path}"
    url = request.getfixturevalue("empty_postgres")
    with psycopg.connect(url) as server:
        server.execute("CREATE TABLE greenroom_steps (name text PRIMARY KEY, at text NOT NULL)")
        for step in _BEFORE:
            for statement in (*step.both, *step.postgres):
                server.execute(statement.encode())
            server.execute("INSERT INTO greenroom_steps VALUES (%s, 'then')", (step.name,))
        for statement in _ROWS:
            server.execute(statement.encode())
        assert server.execute("SELECT COUNT(*) FROM talk").fetchone() == (2,)
    return url


@pytest.fixture
def after(before: str) -> Iterator[Database]:
    """The same, brought up to date."""
    db = open_database(before)
    yield db
    db.close()


def _steps_of_then(steps: tuple[Step, ...]) -> sqlite_utils.Migrations:
    migrations = sqlite_utils.Migrations("greenroom")
    for step in steps:
        _add(migrations, step)
    return migrations


def _add(migrations: sqlite_utils.Migrations, step: Step) -> None:
    @migrations(name=step.name)
    def apply(db: sqlite_utils.Database) -> None:
        for statement in (*step.both, *step.sqlite):
            db.execute(statement)


def _counted(db: Database) -> Counts:
    zone = ZoneInfo("UTC")
    with db.read() as tx:
        return stats.count(tx, period(7, _NOW, zone), partial(waits, week=(None,) * 7, zone=zone))


def test_the_figures_are_told_as_before(after: Database) -> None:
    """Posts, answers, choices and waits from before the update are counted."""
    now = _counted(after).now
    assert now.kinds == {TalkKind.REPLY: 1, TalkKind.PLAIN: 1, TalkKind.LINK: 0}
    assert (now.people, now.answered_back, now.could_be_answered, now.by_hand) == (1, 1, 1, 0)
    assert now.moves["thank"] == (1, 1)
    assert now.outcomes[Outcome.ANSWERED] == now.outcomes[Outcome.SKIPPED] == 1
    assert now.choices[Choice.AS_WAS] == now.choices[Choice.SKIPPED] == 1
    assert now.waits == {10: 1}


def test_nothing_of_the_tables_and_triggers_is_left(after: Database, before: str) -> None:
    """What kept them is gone, so that posts are stored, and counted, without them."""
    where = (
        "SELECT name FROM sqlite_master UNION ALL SELECT name FROM marks"
        if before.startswith("sqlite")
        else "SELECT relname AS name FROM pg_class UNION ALL SELECT proname FROM pg_proc"
        " UNION ALL SELECT tgname FROM pg_trigger UNION ALL SELECT name FROM marks"
    )
    with after.read() as tx:
        names = {row["name"] for row in tx.query(where)}
    assert not names & (_GONE | {"facts_of", "hours_of_waits"})
    assert not [name for name in names if name.startswith("facts_")]
    with after.write() as tx:
        at = datetime(2026, 11, 23, 10, tzinfo=UTC)
        answer = Post("6", "yes", ACCOUNT, at, in_reply_to_id="4", in_reply_to_author_id="11")
        assert posts.save_post(tx, answer)
    assert _counted(after).now.kinds[TalkKind.REPLY] == 2
