"""The team's settings in memory: never older than what somebody waited for."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from domain import TeamSettings
from storage.db.database import Database, Transaction
from storage.team.team_settings import Team, set_team_setting
from tests.moved_clock import MovedDatabase
from tests.storage.made import NOW

BASE = TeamSettings(
    channel="C1",
    timezone=ZoneInfo("UTC"),
    digest_at=time(17),
    undo=timedelta(),
    poll_every=timedelta(minutes=1),
    x_budget_micro=0,
    model_budget_micro=0,
)


class HeldDatabase(MovedDatabase):
    """A database whose first reader is held up with what it sees."""

    def __init__(self, within: Database) -> None:
        super().__init__(within, timedelta())
        self.has_read, self.may_go_on = threading.Event(), threading.Event()
        self._first = True

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        first, self._first = self._first, False
        with self._within.read() as tx:
            if first:
                # From the first word on a reader sees the database as it was then.
                tx.query("SELECT name FROM marks")
                self.has_read.set()
                self.may_go_on.wait(60)
            yield tx


def test_who_read_before_a_change_does_not_undo_it(db: Database) -> None:
    """A look now and then begins before a member pauses and ends after it: the pause holds."""
    held = HeldDatabase(db)
    team = Team(held, BASE)
    before = threading.Thread(target=team.refresh)
    before.start()
    assert held.has_read.wait(30)
    with db.write() as tx:
        set_team_setting(
            tx,
            "paused_by",
            "Maya",
            told=("", "paused"),
            member_id="U1",
            member_name="Maya",
            at=NOW,
        )
    after = threading.Thread(target=team.refresh)
    after.start()
    # Who may read at once has read now; who has to wait is still waiting.
    after.join(0.5)
    held.may_go_on.set()
    for reader in (before, after):
        reader.join(30)
    assert team.settings.paused_by == "Maya"
