"""What was begun and not ended is counted; healthy jobs are not taken for guilty ones."""

from datetime import timedelta

import pytest

from storage.db.database import Database, Transaction
from storage.queue import claims, jobs, suspects
from storage.queue.jobs import NEVER, Job
from tests.storage.made import NOW, later

LEASE = timedelta(seconds=30)


def add(tx: Transaction, key: str = "card:1", kind: str = "card") -> None:
    jobs.add_job(tx, kind, key=key, due_at=NOW)


def begin(tx: Transaction, number: int, *, alone: bool = False) -> list[Job]:
    """Claim what is due as a process of its own, long after the one before it."""
    return claims.claim(
        tx,
        now=later(minutes=number),
        lease=LEASE,
        owner=f"process {number}",
        limit=9,
        suspects=alone,
    )


def die(db: Database, number: int, *, alone: bool = False) -> list[str]:
    """Begin what is due and die of it; return which jobs those were."""
    with db.write() as tx:
        return [job.key for job in begin(tx, number, alone=alone)]


def worn_out(tx: Transaction, number: int) -> list[str]:
    return [job.key for job in suspects.worn_out(tx, now=later(minutes=number), owner="me")]


def test_begun_three_times_without_an_end(db: Database) -> None:
    """Twice with the others, the third time alone, then not any more."""
    with db.write() as tx:
        add(tx)
    assert die(db, 1) == die(db, 2) == ["card:1"]
    assert die(db, 3) == []
    with db.write() as tx:
        assert claims.next_due(tx, later(minutes=3), ["card"]) is None
        assert claims.next_due(tx, later(minutes=3), suspects=True) == later(minutes=3)
        assert worn_out(tx, 3) == []
    assert die(db, 3, alone=True) == ["card:1"]
    assert die(db, 4) == die(db, 4, alone=True) == []
    with db.write() as tx:
        assert worn_out(tx, 4) == ["card:1"]


@pytest.mark.parametrize("end", ["put_back", "repeat", "finish"])
def test_every_end_counts_anew(db: Database, end: str) -> None:
    """One with an error too: an ordinary failure is no death."""
    with db.write() as tx:
        add(tx)
    die(db, 1)
    die(db, 2)
    with db.write() as tx:
        (job,) = begin(tx, 3, alone=True)
        assert job.begun == 3
        if end == "put_back":
            assert jobs.put_back(tx, job, due_at=NOW, error="SlackUnavailable")
        elif end == "repeat":
            assert jobs.repeat(tx, job, due_at=NOW)
        else:
            add(tx)
            assert jobs.finish(tx, job)
    assert die(db, 4) == die(db, 5) == ["card:1"]
    assert die(db, 6) == []


def test_a_process_that_lives_and_lost_its_lease_is_not_dead(db: Database) -> None:
    """A machine that swapped or slept begins its own jobs again as often as it likes."""
    with db.write() as tx:
        add(tx)
        for number in range(1, 9):
            now = later(minutes=number)
            (job,) = claims.claim(tx, now=now, lease=LEASE, owner="alive")
            assert job.begun == 1
    die(db, 20)
    with db.write() as tx:
        for number in range(30, 39):
            now = later(minutes=number)
            (job,) = claims.claim(tx, now=now, lease=LEASE, owner="alive", suspects=True)
            assert suspects.worn_out(tx, now=now + LEASE, owner="alive") == []
            assert job.begun == 3


def test_a_process_that_was_told_to_stop_did_not_die_of_its_jobs(db: Database) -> None:
    """Deploys count for nothing, however often."""
    with db.write() as tx:
        add(tx)
    for number in range(1, 6):
        with db.write() as tx:
            (job,) = begin(tx, number)
            assert job.begun == 1
            assert suspects.forgive(tx, f"process {number}") == 1


def test_the_only_process_counts_what_it_frees(db: Database) -> None:
    """On SQLite leases of the dead are ended at the start: they died all the same."""
    with db.write() as tx:
        add(tx)
        for number in (1, 2):
            assert claims.claim(tx, now=NOW, lease=LEASE, owner=f"process {number}")
            claims.release_all(tx)
        assert claims.claim(tx, now=NOW, lease=LEASE, owner="process 3") == []
        assert claims.claim(tx, now=NOW, lease=LEASE, owner="process 3", suspects=True)
        claims.release_all(tx)
        assert [job.key for job in suspects.worn_out(tx, now=NOW, owner="process 4")] == ["card:1"]


def test_what_is_set_apart_waits_for_its_time(db: Database) -> None:
    """It is asked for as often as anybody likes, and is not begun before; then alone."""
    with db.write() as tx:
        add(tx, "listen:w1", "listen")
    die(db, 1)
    die(db, 2)
    die(db, 3, alone=True)
    with db.write() as tx:
        (job,) = suspects.worn_out(tx, now=later(minutes=4), owner="me")
        suspects.keep_apart(tx, job, later(minutes=19))
        add(tx, "listen:w1", "listen")
        assert suspects.set_apart(tx)[0][1] == later(minutes=19)
        assert not claims.many_due(tx, "listen", later(minutes=5), 1)
        assert claims.next_due(tx, later(minutes=5), suspects=True) == later(minutes=19)
    assert die(db, 18, alone=True) == []
    assert die(db, 19, alone=True) == ["listen:w1"]
    with db.write() as tx:
        (job,) = suspects.worn_out(tx, now=later(minutes=21), owner="me")
        assert job.begun == 4


def test_what_is_set_apart_for_good_comes_back_when_it_is_asked_for(db: Database) -> None:
    """Once more, alone; another death sets it apart again."""
    with db.write() as tx:
        add(tx, "suggest:1", "suggest")
    die(db, 1)
    die(db, 2)
    die(db, 3, alone=True)
    with db.write() as tx:
        (job,) = suspects.worn_out(tx, now=later(minutes=4), owner="me")
        suspects.keep_apart(tx, job, NEVER)
        assert suspects.set_apart(tx)[0][1] is None
        assert suspects.set_apart_count(tx) == 1
    assert die(db, 600, alone=True) == []
    with db.write() as tx:
        add(tx, "suggest:1", "suggest")
    assert die(db, 601) == []
    assert die(db, 601, alone=True) == ["suggest:1"]
    with db.write() as tx:
        assert worn_out(tx, 603) == ["suggest:1"]


def test_what_is_apart_for_long_is_forgotten(db: Database) -> None:
    """Only what nothing brings back by itself."""
    with db.write() as tx:
        for key, until in (("a", NEVER), ("b", later(days=90))):
            add(tx, key)
            suspects.keep_apart(tx, _job(tx, key), until)
        assert suspects.forget_apart(tx, later(days=30)) == 1
        assert jobs.job(tx, "b") is not None


def _job(tx: Transaction, key: str) -> Job:
    job = jobs.job(tx, key)
    assert job is not None
    return job
