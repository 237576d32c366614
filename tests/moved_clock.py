"""A Greenroom whose clock is moved, for what happens once a day."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta

from commands.wiring.greenroom import Greenroom
from settings import read_settings
from storage.db.database import Database, Transaction
from tests.stage import QUICK, Stage, practice_settings, tell_facts


class MovedDatabase(Database):
    """A database whose clock is ahead of the machine's."""

    def __init__(self, within: Database, ahead: timedelta) -> None:
        self._within = within
        self._ahead = ahead

    def write(self) -> AbstractContextManager[Transaction]:
        return self._within.write()

    def read(self) -> AbstractContextManager[Transaction]:
        return self._within.read()

    def now(self) -> datetime:
        return self._within.now() + self._ahead

    def overwrite_forgotten(self) -> bool:
        return self._within.overwrite_forgotten()

    def close(self) -> None:
        self._within.close()

    def set_clock(self, *, ahead: timedelta) -> None:
        """Set the clock while everything runs."""
        self._ahead = ahead


def open_at(stage: Stage, now: datetime, **environment: str) -> Greenroom:
    """Start a Greenroom on the stage for which it is `now`; one that runs is stopped before."""
    if stage.greenroom is not None:
        stage.greenroom.stop()
    settings = read_settings(practice_settings(stage.room, stage.folder, **environment))
    stage.greenroom = greenroom = Greenroom(settings, timings=QUICK)
    room = greenroom.open()
    tell_facts(room.db, now)
    greenroom.room = replace(room, db=MovedDatabase(room.db, now - room.db.now()))
    greenroom.start()
    return greenroom
