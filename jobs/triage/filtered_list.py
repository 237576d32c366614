"""Show what was set aside: one quiet line a day, and in its thread a list for each hour.

A day's line and an hour's list are jobs of their own: each message is placed by one job
only, so that two at once never post it twice.
"""

from datetime import UTC, date, datetime, time, timedelta

from jobs.engine.context import JobContext
from jobs.messages.post_once import post_once
from storage.db.database import Transaction
from storage.inbox import filtered
from storage.queue import jobs
from storage.queue.enqueue import enqueue_filtered_list
from storage.slack import messages
from views.triage.filtered import aside_hour, aside_line

_A_DAY = len("2026-11-24")
_HOUR = timedelta(hours=1)


def render_filtered_list(job: jobs.Job, ctx: JobContext) -> None:
    """Render what the job names: a day at the business, or a UTC hour."""
    subject = job.subject or ""
    if len(subject) == _A_DAY:
        _render_day(job, ctx, date.fromisoformat(subject))
    else:
        _render_hour(job, ctx, subject)


def _render_day(job: jobs.Job, ctx: JobContext, day: date) -> None:
    with ctx.db.read() as tx:
        number, back = filtered.count_between(tx, *hours_of(ctx, day))
        line = messages.message(tx, _key(day))
    if number or line is not None:
        post_once(ctx, _key(day), aside_line(day, number, back))
    with ctx.finishing(job):
        pass


def _render_hour(job: jobs.Job, ctx: JobContext, day_hour: str) -> None:
    begins = filtered.read_hour(day_hour)
    day = begins.astimezone(ctx.timezone).date()
    with ctx.db.read() as tx:
        entries = filtered.set_aside_in(tx, day_hour)
        line = messages.message(tx, _key(day))
    if entries and (line is None or line.ts is None):
        # Its thread begins with the day's line.
        with ctx.repeating(job, ctx.now() + ctx.timings.backoff_least) as tx:
            _ask_day(tx, day, ctx.now())
        return
    thread_ts = line.ts if line is not None else None
    parts = aside_hour(begins, entries, zone=ctx.timezone)
    for number, part in enumerate(parts, start=1):
        post_once(ctx, _part(day_hour, number), part, thread_ts=thread_ts)
    _take_away_from(ctx, day_hour, len(parts) + 1)
    with ctx.finishing(job) as tx:
        _ask_day(tx, day, ctx.now())


def _take_away_from(ctx: JobContext, day_hour: str, number: int) -> None:
    """Take away the parts of an hour's list, from this one on, that nothing is left for."""
    while True:
        with ctx.db.read() as tx:
            placed = messages.message(tx, _part(day_hour, number))
        if placed is None:
            return
        if placed.ts is not None:
            ctx.slack.delete(placed.channel, placed.ts)
        with ctx.db.write() as tx:
            messages.forget_message(tx, placed.key)
        number += 1


def _part(day_hour: str, number: int) -> str:
    return f"aside:{day_hour}:{number}"


def hours_of(ctx: JobContext, day: date) -> tuple[str, str]:
    """Return the first UTC hour that begins on a day at the business, and the next day's."""
    return _first_hour(ctx, day), _first_hour(ctx, day + timedelta(days=1))


def _first_hour(ctx: JobContext, day: date) -> str:
    midnight = datetime.combine(day, time(), ctx.timezone).astimezone(UTC)
    # Where clocks differ by half an hour, midnight lies inside an hour of the day before.
    begins = midnight.replace(minute=0, second=0)
    return filtered.hour_of(begins if begins == midnight else begins + _HOUR)


def _ask_day(tx: Transaction, day: date, at: datetime) -> None:
    enqueue_filtered_list(tx, day.isoformat(), at=at)


def _key(day: date) -> str:
    return f"aside:{day.isoformat()}"
