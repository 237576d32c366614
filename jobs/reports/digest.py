"""Post the daily summary: once for each local date, whatever restarts, moves or is late.

Three things hold that: a date has one row of a kind (storage/reports/digests.py), its message one key
(jobs/messages/post_once.py), and the job ends in the commit that sets its next time.
"""

from datetime import date, datetime, timedelta

from domain import DigestFacts, DigestKind, DigestState, JobKind, Span, StoredDigest
from insights.daily import Turn, last_turn, next_turn, turn_before
from insights.digest import LATE_AFTER
from jobs.engine.context import JobContext
from jobs.messages.post_once import post_once
from jobs.reports.digest_facts import collect_facts
from jobs.reports.digest_message import digest_key, stored_message
from jobs.reports.learn import look_for_habit
from storage.db import key_values
from storage.db.database import Transaction
from storage.db.values import read_time, time_text
from storage.queue import jobs
from storage.queue.enqueue import enqueue
from storage.reports import digests

#: The marks that say since when there are summaries, and when their time was changed last.
_SINCE = "digests_since"
_MOVED = "digest_moved_at"
_A_MOMENT = timedelta(microseconds=1)
_A_DAY = timedelta(days=1)


def begin_digests(tx: Transaction, ctx: JobContext) -> None:
    """Have summaries come from now on; a job that waits from before an outage stays due."""
    now = ctx.now()
    if key_values.value(tx, _SINCE) is None:
        key_values.set_value(tx, _SINCE, time_text(now))
    enqueue(tx, JobKind.DIGEST, at=next_turn(now, ctx.digest_at, ctx.timezone).at)


def move_digest(tx: Transaction, ctx: JobContext) -> None:
    """Put the summary at its new time: at once if that has passed and the date has none yet."""
    now = ctx.now()
    key_values.set_value(tx, _MOVED, time_text(now))
    jobs.drop(tx, "digest")
    turn = last_turn(now, ctx.digest_at, ctx.timezone)
    missing = digests.digest(tx, turn.day, DigestKind.DAILY) is None
    enqueue(
        tx, JobKind.DIGEST, at=now if missing else next_turn(now, ctx.digest_at, ctx.timezone).at
    )


def post_digest(job: jobs.Job, ctx: JobContext) -> None:
    """Make and post the summary of the local date whose time came last, if it has none.

    Of several dates that were missed only the last is made up, saying that it is late. A job
    with a subject draws that date's summary again.
    """
    if job.subject is not None:
        _draw_anew(ctx, date.fromisoformat(job.subject))
        with ctx.finishing(job):
            pass
        return
    now = ctx.now()
    turn = last_turn(now, ctx.digest_at, ctx.timezone)
    if ctx.channel:
        for kind, of in ((DigestKind.DAILY, turn), (DigestKind.WEEKLY, _monday(ctx, turn))):
            _post_one(ctx, kind, of, now)
    with ctx.repeating(job, next_turn(now, ctx.digest_at, ctx.timezone).at):
        pass


def _draw_anew(ctx: JobContext, day: date) -> None:
    with ctx.db.read() as tx:
        stored = digests.digest(tx, day, DigestKind.DAILY)
    if stored is not None and stored.state is DigestState.POSTED:
        post_once(ctx, digest_key(stored), stored_message(ctx, stored))


def _post_one(ctx: JobContext, kind: DigestKind, turn: Turn, now: datetime) -> None:
    with ctx.db.read() as tx:
        stored = digests.digest(tx, turn.day, kind)
        since = key_values.value(tx, _SINCE)
    if stored is None and (since is None or turn.at < read_time(since)):
        return
    stored = stored or _made(ctx, kind, turn, now)
    if stored.state is not DigestState.MADE:
        return
    post_once(ctx, digest_key(stored), stored_message(ctx, stored))
    with ctx.db.write() as tx:
        digests.mark_posted(tx, turn.day, kind)


def _made(ctx: JobContext, kind: DigestKind, turn: Turn, now: datetime) -> StoredDigest:
    """Make a date's summary and store it; the one that is stored counts."""
    state = DigestState.LEFT_OUT if ctx.paused else DigestState.MADE
    if kind is DigestKind.WEEKLY:
        facts = DigestFacts(_week(ctx, turn))
    elif state is DigestState.LEFT_OUT:
        facts = DigestFacts(_span(ctx, turn))
    else:
        look_for_habit(ctx)
        facts = collect_facts(ctx, _span(ctx, turn), late=_is_late(ctx, turn, now))
    made = StoredDigest(turn.day, kind, state, facts, due_at=turn.at)
    with ctx.db.write() as tx:
        digests.keep_digest(tx, made, at=ctx.now())
        return digests.digest(tx, turn.day, kind) or made


def _span(ctx: JobContext, turn: Turn) -> Span:
    """Return the time since the summary before, so that nothing falls between two of them.

    After an outage of days it is the last day only.
    """
    usual = turn_before(turn, ctx.digest_at, ctx.timezone)
    with ctx.db.read() as tx:
        before = digests.last_before(tx, turn.day)
    begin = before.facts.span.end if before else usual.at
    near = usual.at - _A_DAY <= begin < turn.at
    return Span(begin if near else usual.at, turn.at)


def _is_late(ctx: JobContext, turn: Turn, now: datetime) -> bool:
    with ctx.db.read() as tx:
        moved = key_values.value(tx, _MOVED)
    return now - turn.at > LATE_AFTER and (moved is None or read_time(moved) < turn.at)


def _monday(ctx: JobContext, turn: Turn) -> Turn:
    """Return the Monday's turn that came last: its summary tells of the week before."""
    while turn.day.weekday():
        turn = turn_before(turn, ctx.digest_at, ctx.timezone)
    return turn


def _week(ctx: JobContext, turn: Turn) -> Span:
    """Return the week that ended with the Sunday before a Monday, in local time."""
    midnight = datetime.combine(turn.day, datetime.min.time(), tzinfo=ctx.timezone)
    end = midnight - _A_MOMENT
    return Span(midnight - timedelta(days=7), end)
