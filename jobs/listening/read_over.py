"""Late in the UTC day: read over once more what a watch listened to that day.

X shows some posts minutes or hours after newer ones, behind the place where polls read on. What was
read on the same UTC day X does not bill again, so that to read the whole day over costs what came
late and nothing else. A mention is never given up: where the day was over before its turn came, or
its money, it is read on the next, and what that cost is told. A keyword watch is read over on its
own day only: its posts cost five times as much, and nobody wrote them to us.

Each run reads one page and stores it with the next run, in one commit.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from clients.x.client import Page
from clients.x.ids import id_at, time_of
from domain import JobKind, MentionKind, Watch
from errors import XError
from jobs.engine.context import JobContext
from jobs.listening.ingest import ingest_posts
from jobs.listening.unreadable import hold_unreadable
from jobs.listening.watch_page import read_page_between
from jobs.network.budget import bill_page, next_utc_day, use_of
from jobs.network.reserve import SpendKey, released_if_free, reserve_x
from jobs.upkeep.profiles import keep_people
from storage.db.database import Transaction
from storage.db.key_values import set_value, value
from storage.money import ledger, reservations
from storage.posts import watches
from storage.queue import jobs
from storage.queue.enqueue import enqueue, enqueue_notice

log = logging.getLogger("greenroom.read_over")

PURPOSE = "read_over"
#: Before midnight, so that trouble has some minutes to pass.
_BEFORE_MIDNIGHT = timedelta(minutes=20)
#: What stands so shortly before the end of one reading is in the next one too: X bills it twice.
_OVERLAP = timedelta(minutes=10)
#: A reading that ended so long before midnight was not the day's last.
_DAY_IS_READ = timedelta(minutes=45)
#: Nothing is read further back; X's search goes back seven days.
_REACH = timedelta(days=6, hours=23)
#: Mentions go back 800 posts: after so many the day so far is read over at once.
A_LOT = 500
_ON_A_PAGE, _LEAST = 100, 10
_A_MOMENT = timedelta(minutes=1)
#: How soon rows that could not be read are tried again.
_TORN_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class UnreadSpan:
    """What is to be read: ids above `since` and below `until`, begun at `began` by X's clock."""

    since: str
    until: str
    began: str
    paid: int = 0
    caught: int = 0
    torn: int = 0

    def as_payload(self) -> dict[str, str | int]:
        """Return it as a job keeps it."""
        return {name: getattr(self, name) for name in self.__slots__}


def read_over(job: jobs.Job, ctx: JobContext) -> None:
    """Read the next page of a watch's day over, or come back when it is time."""
    now = ctx.now()
    if ctx.paused:
        with ctx.repeating(job, now + ctx.timings.rest):
            return
    with ctx.db.read() as tx:
        watch = watches.watch(tx, job.subject or "")
        span = None if watch is None else _span_of(job.payload) or _fresh(tx, ctx, watch)
        read_today = watches.reads_on(tx, watch.id, now.date()) if watch else 0
    if watch is None or watch.paused or span is None or read_today >= watch.cap:
        with ctx.finishing(job) as tx:
            if watch is not None:
                enqueue(tx, JobKind.READ_OVER, watch.id, at=next_read_over(ctx))
        return
    purse = SpendKey(f"read_over:{watch.id}", PURPOSE, use_of(watch.kind))
    price = ctx.prices.post_read
    if watch.kind is MentionKind.MENTION:
        price = ctx.prices.owned_read
    most = max(_LEAST, min(_ON_A_PAGE, watch.cap - read_today))
    with ctx.db.write() as tx:
        grant = reserve_x(tx, ctx, purse, most * price, now=now, least=_LEAST * price)
    if not grant.given:
        _without_money(job, ctx, watch, span, day_over=grant.day_over)
        return
    limit = most if price == 0 else max(_LEAST, min(most, grant.micro // price))
    try:
        with released_if_free(ctx, purse):
            page = read_page_between(ctx, watch, span.since, span.until, limit)
    except XError as error:
        log.warning("watch=%s not read over: %s", watch.id, error.for_person())
        with ctx.db.write() as tx:
            due_at = now + ctx.poll_every + ctx.backoff(job.attempts)
            jobs.put_back(tx, job, due_at=due_at, error=type(error).__name__)
        return
    _store(job, ctx, watch, span, page, purse)


def next_read_over(ctx: JobContext) -> datetime:
    """Return when a day is to be read over, by our clock; the day is X's."""
    at_x = ctx.x.now()
    tonight = next_utc_day(at_x) - _BEFORE_MIDNIGHT
    wait = tonight - at_x if at_x < tonight else tonight + timedelta(days=1) - at_x
    return ctx.now() + wait + timedelta(minutes=ctx.rng.uniform(0, 5))


def ask_missed(tx: Transaction, ctx: JobContext, watch: Watch) -> None:
    """Have a watch's day read over in its time, or soon where that time was missed."""
    at, done = next_read_over(ctx), _done(tx, watch)
    missed = done is not None and done < _midnight(ctx.x.now()) - _DAY_IS_READ
    if missed and watch.kind is MentionKind.MENTION:
        at = ctx.now()
    enqueue(tx, JobKind.READ_OVER, watch.id, at=at)


def begin_reading_over(tx: Transaction, ctx: JobContext, watch: Watch, begin: str) -> None:
    """Note where a watch's first look began, so that nothing older is read over, and ask for it."""
    set_value(tx, _name(watch), f"{begin}:{id_at(_midnight(ctx.x.now()))}")
    enqueue(tx, JobKind.READ_OVER, watch.id, at=next_read_over(ctx))


def _store(
    job: jobs.Job, ctx: JobContext, watch: Watch, span: UnreadSpan, page: Page, purse: SpendKey
) -> None:
    """Store a page with the run that follows it."""
    now = ctx.now()
    with ctx.db.write() as tx:
        before = ledger.spent(tx, "x", now.date())
        owned = watch.kind is MentionKind.MENTION
        billed = bill_page(tx, ctx, page, purpose=PURPOSE, owned=owned, now=now)
        keep_people(tx, page, at=now)
        reservations.release(tx, purse.key)
        watches.count_reads(tx, watch.id, now.date(), billed)
        ids = [post.id for post in page.posts] + [each.id for each in page.torn if each.id]
        goes_on = page.next_token is not None and bool(ids)
        ended = not goes_on and not span.torn
        waited = hold_unreadable(tx, watch, [page], now=now, by=PURPOSE, ended=ended)
        new = ingest_posts(tx, ctx, watch, page.posts, folded=False, at=now)
        span = UnreadSpan(
            since=span.since,
            until=min([span.until, *ids], key=int),
            began=span.began,
            paid=span.paid + ledger.spent(tx, "x", now.date()) - before,
            caught=span.caught + new,
            torn=span.torn + len(waited),
        )
        jobs.finish(tx, job)
        if goes_on:
            enqueue(tx, JobKind.READ_OVER, watch.id, at=now, payload=span.as_payload())
        else:
            _end(tx, ctx, watch, span, now)
    ctx.nudge()


def _end(tx: Transaction, ctx: JobContext, watch: Watch, span: UnreadSpan, now: datetime) -> None:
    """Note until when everything is read over, and come back tomorrow."""
    if span.torn:
        enqueue(tx, JobKind.READ_OVER, watch.id, at=min(now + _TORN_AGAIN, next_read_over(ctx)))
        return
    floor, _, _ = (value(tx, _name(watch)) or f"{span.since}:").partition(":")
    # Read over in the middle of a day, only the days before it are done with.
    began = time_of(span.began)
    evening = next_utc_day(began) - began <= _DAY_IS_READ
    set_value(tx, _name(watch), f"{floor}:{span.began if evening else id_at(_midnight(began))}")
    if span.caught:
        log.info("watch=%s caught=%d late", watch.id, span.caught)
    late = time_of(span.since) < _midnight(ctx.x.now()) - _DAY_IS_READ
    if late and span.paid:
        sentence = (
            f"“{watch.label}” was read over for the days before only today: "
            f"that cost ${span.paid / 1_000_000:,.3f} and found {span.caught:,} that X showed late."
        )
        enqueue_notice(
            tx, f"{PURPOSE}:{watch.id}:{span.began}", sentence=sentence, advice="", at=now
        )
    enqueue(tx, JobKind.READ_OVER, watch.id, at=next_read_over(ctx))


def _without_money(
    job: jobs.Job, ctx: JobContext, watch: Watch, span: UnreadSpan, *, day_over: bool
) -> None:
    """Go on with a mention's rest when the next day begins; a keyword's is let go."""
    now = ctx.now()
    with ctx.finishing(job) as tx:
        if not day_over:
            wait = ctx.timings.money_under_way
            enqueue(tx, JobKind.READ_OVER, watch.id, at=now + wait, payload=span.as_payload())
        elif watch.kind is MentionKind.MENTION:
            at = next_utc_day(now) + _A_MOMENT
            enqueue(tx, JobKind.READ_OVER, watch.id, at=at, payload=span.as_payload())
        else:
            enqueue(tx, JobKind.READ_OVER, watch.id, at=next_read_over(ctx))


def _fresh(tx: Transaction, ctx: JobContext, watch: Watch) -> UnreadSpan | None:
    """Return the whole day so far, and what of earlier days was not read over; None before a first look."""
    if watch.seen_id is None:
        return None
    now = ctx.x.now()
    begin = _midnight(now)
    done = _done(tx, watch)
    if done is not None and watch.kind is MentionKind.MENTION:
        begin = min(begin, done - _OVERLAP)
    floor, _, _ = (value(tx, _name(watch)) or "0:").partition(":")
    begin = max(begin, now - _REACH, time_of(floor))
    if begin >= now:
        return None
    return UnreadSpan(since=id_at(begin), until=id_at(now), began=id_at(now))


def _span_of(payload: Mapping[str, object]) -> UnreadSpan | None:
    if "since" not in payload:
        return None
    since, until, began = (str(payload[name]) for name in ("since", "until", "began"))
    paid, caught, torn = (int(str(payload[name])) for name in ("paid", "caught", "torn"))
    return UnreadSpan(since, until, began, paid, caught, torn)


def _done(tx: Transaction, watch: Watch) -> datetime | None:
    """Return until when everything is read over, by X's clock."""
    _, _, done = (value(tx, _name(watch)) or "").partition(":")
    return time_of(done) if done else None


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.date(), time(), UTC)


def _name(watch: Watch) -> str:
    return f"read_over:{watch.id}"
