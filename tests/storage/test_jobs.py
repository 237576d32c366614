from datetime import datetime, timedelta
from itertools import pairwise

from storage.db.database import Database, Transaction
from storage.queue import claims, jobs
from storage.queue.jobs import Job
from tests.storage.conftest import Opening
from tests.storage.made import NOW, later
from tests.storage.racing import at_once

LEASE = timedelta(seconds=30)


def add(tx: Transaction, key: str = "card:1", kind: str = "card", *, at: datetime = NOW) -> None:
    jobs.add_job(tx, kind, key=key, due_at=at)


def claim_one(tx: Transaction, *, at: datetime = NOW, owner: str = "me") -> Job:
    (job,) = claims.claim(tx, now=at, lease=LEASE, owner=owner)
    return job


def test_a_job_comes_back_as_it_was(db: Database) -> None:
    """With its subject and payload; claimed, with its lease and how often it was tried."""
    payload = {"steer": "shorter", "by": None, "n": [1, 2]}
    with db.write() as tx:
        jobs.add_job(tx, "suggest", key="suggest:1", due_at=NOW, subject="1", payload=payload)
        waiting = jobs.job(tx, "suggest:1")
        claimed = claim_one(tx)
        assert jobs.job(tx, "suggest:1") == claimed
        assert jobs.job(tx, "404") is None
    assert waiting is not None
    assert (waiting.kind, waiting.subject, waiting.payload) == ("suggest", "1", payload)
    assert (waiting.due_at, waiting.attempts, waiting.lease_owner) == (NOW, 0, None)
    assert (claimed.attempts, claimed.lease_owner, claimed.lease_until) == (1, "me", NOW + LEASE)


def test_a_job_asked_for_twice_is_one_job(db: Database) -> None:
    """The earlier time and the newer payload count."""
    with db.write() as tx:
        for minutes, steer in ((5, "a"), (2, "b"), (9, "c")):
            jobs.add_job(
                tx, "suggest", key="k", due_at=later(minutes=minutes), payload={"steer": steer}
            )
        job = jobs.job(tx, "k")
        assert len(tx.query("SELECT id FROM jobs")) == 1
    assert job is not None
    assert (job.due_at, job.payload, job.version) == (later(minutes=2), {"steer": "c"}, 3)


def test_jobs_are_claimed_oldest_due_first_and_only_when_due(db: Database) -> None:
    """Up to the limit, of the wanted kinds, each once."""
    with db.write() as tx:
        add(tx, "late", at=later(minutes=-1))
        add(tx, "later", at=later(minutes=-2))
        add(tx, "latest", "send", at=later(minutes=-3))
        add(tx, "not yet", at=later(microseconds=1))
        first = claims.claim(tx, now=NOW, lease=LEASE, owner="me", limit=2)
        assert [job.key for job in first] == ["latest", "later"]
        assert claims.claim(tx, now=NOW, lease=LEASE, owner="me", limit=9, kinds=["send"]) == []
        assert claims.claim(tx, now=NOW, lease=LEASE, owner="me", limit=9, kinds=[]) == []
        rest = claims.claim(tx, now=NOW, lease=LEASE, owner="me", limit=9, kinds=["send", "card"])
        assert [job.key for job in rest] == ["late"]


def test_claimers_at_once_never_share_a_job(opening: Opening) -> None:
    """Four claimers on two openings: every job is claimed exactly once."""
    doors = [opening(), opening()]
    with doors[0].write() as tx:
        for number in range(60):
            add(tx, f"job {number}")

    def claim(number: int) -> list[str]:
        mine: list[str] = []
        while True:
            with doors[number % 2].write() as tx:
                claimed = claims.claim(tx, now=NOW, lease=LEASE, owner=str(number), limit=3)
            if not claimed:
                return mine
            mine += [job.key for job in claimed]

    claimed = [key for keys in at_once(4, claim) for key in keys]
    assert sorted(claimed) == sorted(f"job {number}" for number in range(60))


def test_two_claimers_of_one_job(opening: Opening) -> None:
    """One gets it, whoever is first. Twenty rounds."""
    doors = [opening(), opening()]
    for number in range(20):
        with doors[0].write() as tx:
            add(tx, str(number))

        def claim(who: int) -> int:
            with doors[who].write() as tx:
                return len(claims.claim(tx, now=NOW, lease=LEASE, owner=str(who)))

        assert sorted(at_once(2, claim)) == [0, 1]


def test_a_finished_job_is_gone(db: Database) -> None:
    """Finishing it again finds nothing to finish."""
    with db.write() as tx:
        add(tx)
        job = claim_one(tx)
        assert jobs.finish(tx, job)
        assert tx.one("SELECT id FROM jobs") is None
        assert not jobs.finish(tx, job)


def test_work_asked_for_during_a_run_is_done_again(db: Database) -> None:
    """Finishing releases it, with the newer payload and no attempts counted against it."""
    with db.write() as tx:
        add(tx)
        job = claim_one(tx)
        jobs.add_job(tx, "card", key="card:1", due_at=NOW, payload={"new": 1})
        assert jobs.finish(tx, job)
        again = claim_one(tx)
        assert (again.payload, again.attempts) == ({"new": 1}, 1)
        assert jobs.finish(tx, again)
        assert tx.one("SELECT id FROM jobs") is None


def test_work_asked_for_later_during_a_run_is_done_later(db: Database) -> None:
    """Not at once, for it may cost money; of several the earliest counts."""
    with db.write() as tx:
        add(tx)
        job = claim_one(tx)
        add(tx, at=later(minutes=9))
        add(tx, at=later(minutes=3))
        add(tx, at=later(minutes=5))
        assert jobs.finish(tx, job)
        assert claims.next_due(tx, NOW) == later(minutes=3)


def test_a_lease_that_ended_is_lost_to_the_next_claimer(db: Database) -> None:
    """The old run may finish, repeat or put back nothing any more, even of the same owner."""
    with db.write() as tx:
        add(tx)
        old = claim_one(tx)
        assert (
            claims.claim(tx, now=NOW + LEASE - timedelta(microseconds=1), lease=LEASE, owner="b")
            == []
        )
        new = claim_one(tx, at=NOW + LEASE)
        assert new.attempts == 2
        assert not jobs.finish(tx, old)
        assert not jobs.repeat(tx, old, due_at=NOW)
        assert not jobs.put_back(tx, old, due_at=NOW)
        assert not jobs.still_mine(tx, old, NOW)
        assert jobs.job(tx, "card:1") == new
        assert jobs.finish(tx, new)


def test_a_lease_that_ended_unseen_may_still_be_finished(db: Database) -> None:
    """Nobody else ran it, so what was done counts; but nothing may be begun any more."""
    with db.write() as tx:
        add(tx)
        job = claim_one(tx)
        assert jobs.still_mine(tx, job, NOW + LEASE - timedelta(microseconds=1))
        assert not jobs.still_mine(tx, job, NOW + LEASE)
        assert jobs.finish(tx, job)


def test_a_crashed_run_keeps_what_was_asked_for_later(db: Database) -> None:
    """The next run does not swallow the work that is for a later time."""
    with db.write() as tx:
        add(tx)
        claim_one(tx)
        add(tx, at=later(hours=1))
        after_crash = claim_one(tx, at=later(minutes=5))
        assert jobs.finish(tx, after_crash)
        assert claims.next_due(tx, NOW) == later(hours=1)


def test_a_crashed_run_does_not_double_what_is_due(db: Database) -> None:
    """What was asked for now is part of the next run, which then ends the job."""
    with db.write() as tx:
        add(tx)
        claim_one(tx)
        add(tx)
        assert jobs.finish(tx, claim_one(tx, at=later(minutes=5)))
        assert tx.one("SELECT id FROM jobs") is None


def test_a_job_put_back_waits_and_counts_its_attempts(db: Database) -> None:
    """Until its time; attempts grow with every run."""
    with db.write() as tx:
        add(tx)
        at = NOW
        for attempt in (1, 2, 3):
            job = claim_one(tx, at=at)
            assert job.attempts == attempt
            at = at + timedelta(minutes=1)
            assert jobs.put_back(tx, job, due_at=at, error="XUnavailable")
            assert claims.next_due(tx, NOW) == at
            assert claims.claim(tx, now=at - timedelta(seconds=1), lease=LEASE, owner="me") == []


def test_a_repeated_job_begins_to_count_anew(db: Database) -> None:
    """It waits for its next time, or for an earlier one that was asked for during the run."""
    with db.write() as tx:
        add(tx)
        assert jobs.repeat(tx, claim_one(tx), due_at=later(minutes=5))
        second = claim_one(tx, at=later(minutes=5))
        assert (second.due_at, second.attempts) == (later(minutes=5), 1)
        add(tx, at=later(minutes=6))
        assert jobs.repeat(tx, second, due_at=later(minutes=10))
        assert claims.next_due(tx, NOW) == later(minutes=6)


def test_a_job_that_runs_is_not_dropped(db: Database) -> None:
    """One that waits is."""
    with db.write() as tx:
        add(tx)
        job = claim_one(tx)
        assert not jobs.drop(tx, "card:1")
        jobs.put_back(tx, job, due_at=NOW)
        assert jobs.drop(tx, "card:1")
        assert not jobs.drop(tx, "card:1")


def test_the_next_time_is_that_of_a_job_or_of_a_leases_end(db: Database) -> None:
    """Of the wanted kinds; never before now, so that nobody waits a negative time."""
    with db.write() as tx:
        assert claims.next_due(tx, NOW) is None
        add(tx, "a", at=later(minutes=-5))
        assert claims.next_due(tx, NOW) == NOW
        claim_one(tx)
        assert claims.next_due(tx, NOW) == NOW + LEASE
        add(tx, "b", "send", at=later(seconds=5))
        assert claims.next_due(tx, NOW) == later(seconds=5)
        assert claims.next_due(tx, NOW, ["card", "tell"]) == NOW + LEASE
        assert claims.next_due(tx, NOW, ["tell"]) is None
        assert claims.next_due(tx, NOW, []) is None


def test_the_only_process_frees_what_a_killed_run_held(db: Database) -> None:
    """At once, without waiting for leases to end."""
    with db.write() as tx:
        add(tx, "a")
        add(tx, "b")
        claims.claim(tx, now=NOW, lease=LEASE, owner="killed", limit=2)
        assert claims.release_all(tx) == 2
        freed = claims.claim(tx, now=NOW, lease=LEASE, owner="me", limit=2)
    assert [job.attempts for job in freed] == [2, 2]


def test_a_change_and_its_job_are_one_commit(db: Database) -> None:
    """A job that was added in a transaction that failed never was."""
    try:
        with db.write() as tx:
            add(tx)
            raise KeyError  # noqa: TRY301
    except KeyError:
        pass
    with db.read() as tx:
        assert tx.one("SELECT id FROM jobs") is None


def test_many_claims_keep_the_order(db: Database) -> None:
    """A long queue drains in the order in which it was due."""
    with db.write() as tx:
        for number in (3, 1, 2, 5, 4):
            add(tx, str(number), at=later(seconds=-number))
        drained = [claim_one(tx).due_at for _ in range(5)]
    assert all(one < other for one, other in pairwise(drained))


def test_a_lease_of_a_clock_that_was_ahead_ends_within_one_lease(db: Database) -> None:
    """A process that died an hour ahead keeps no job for an hour; a right lease is left alone."""
    lease, hour = timedelta(minutes=2), timedelta(hours=1)
    with db.write() as tx:
        add(tx, "card:1")
        add(tx, "card:2")
        claims.claim(tx, now=later(seconds=3600), lease=lease, owner="dead")
        claims.claim(tx, now=NOW, lease=lease, owner="alive")
        ended = claims.shorten_leases(
            tx, lease, now=NOW, slack=timedelta(minutes=1), but_not="somebody"
        )
    assert ended == 1
    with db.write() as tx:
        [free] = claims.claim(tx, now=NOW + lease, lease=lease, owner="me")
    assert free.lease_until is not None
    assert free.lease_until < NOW + hour


def test_our_own_lease_is_never_shortened(db: Database) -> None:
    """The run that holds it goes on."""
    lease = timedelta(minutes=2)
    with db.write() as tx:
        add(tx)
        claims.claim(tx, now=later(seconds=3600), lease=lease, owner="me")
        assert not claims.shorten_leases(tx, lease, now=NOW, slack=lease, but_not="me")
