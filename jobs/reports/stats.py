"""Answer `/greenroom stats`: count, say what it means, and show it as well as Slack lets us.

Charts are Slack's own blocks; where a workspace does not take them yet, one picture; where that
fails too, words. What is for one member goes into their direct messages: a private word in a
channel is gone when they reload, and cannot hold a picture (docs/decisions/022).
"""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from domain import AccountStats
from errors import SlackError, SlackNoChannel, SlackRefusedBlocks, SlackUnavailable, SlackUncertain
from insights.hours import waits
from insights.stats import figures, period
from jobs.engine.chart_process import picture_of
from jobs.engine.context import JobContext
from storage.db import key_values
from storage.db.values import read_time, time_text
from storage.queue import jobs
from storage.reports import stats
from views.blocks.message import Message
from views.reports.stats import (
    alt_text,
    native_charts,
    pictured_charts,
    stats_charts,
    stats_message,
)

log = logging.getLogger("greenroom.stats")

#: The mark that says when Slack last refused charts, and how long that is believed.
CHARTS_REFUSED_AT = "charts_refused_at"
_BELIEVED_FOR = timedelta(days=1)
#: Slack needs a moment for a new picture: so many seconds before each try to show it.
_PICTURE_WAITS = (0.0, 1.0, 3.0)

Post = Callable[[Message], None]


def answer_stats(job: jobs.Job, ctx: JobContext) -> None:
    """Show the figures of the days that the payload names, to one member or to a channel."""
    stats_now = account_stats(ctx, int(job.payload["days"]), ctx.now())
    member, channel = str(job.payload["member"]), str(job.payload["channel"] or ctx.channel)
    public = bool(job.payload["public"])
    try:
        _show(ctx, stats_now, _posting(ctx, job.key, channel if public else member))
    except SlackUnavailable:
        raise  # the job comes back
    except SlackUncertain:
        log.warning("member=%s may not have seen the figures", member)
    except SlackError as error:
        _say_in_words(ctx, stats_now, member, channel, error)
    with ctx.finishing(job):
        pass


def account_stats(ctx: JobContext, days: int, now: datetime) -> AccountStats:
    """Return how the account did in the days that end now."""
    asked = period(days, now, ctx.timezone)
    in_hours = partial(waits, week=ctx.team.settings.business, zone=ctx.timezone)
    with ctx.db.read() as tx:
        counts = stats.count(tx, asked, in_hours)
    return figures(counts, asked, handle=ctx.account.handle, practice=ctx.practice)


def _posting(ctx: JobContext, key: str, to: str) -> Post:
    def post(message: Message) -> None:
        ctx.slack.post(to, text=message.text, blocks=message.blocks, key=key)

    return post


def _show(ctx: JobContext, stats_now: AccountStats, post: Post) -> None:
    """Post with the best drawing that Slack takes.

    Raises:
        SlackError: Slack takes none of them, for another reason than their form.
    """
    for drawn in _drawings(ctx, stats_now):
        try:
            post(stats_message(stats_now, ctx.timezone, drawn))
        except SlackRefusedBlocks:
            continue
        return


def _drawings(ctx: JobContext, stats_now: AccountStats) -> Iterator[list[dict[str, Any]]]:
    """Yield the drawings to try, best first; asked for the next, the one before was refused."""
    if not stats_charts(stats_now):
        yield []
        return
    if not _refused_lately(ctx):
        yield native_charts(stats_now)
        _remember_refusal(ctx)
    file_id = _uploaded(ctx, stats_now)
    for wait in _PICTURE_WAITS if file_id else ():
        time.sleep(wait)
        yield pictured_charts(stats_now, file_id or "")
    yield []


def _uploaded(ctx: JobContext, stats_now: AccountStats) -> str | None:
    content = picture_of(stats_charts(stats_now))
    if content is None:
        return None
    title = f"The last {stats_now.period.days} days"
    try:
        return ctx.slack.upload(
            content, name="greenroom-stats.png", title=title, alt_text=alt_text(stats_now)
        )
    except SlackError as error:
        log.warning("the picture was not uploaded: %s", error.for_person())
        return None


def _refused_lately(ctx: JobContext) -> bool:
    with ctx.db.read() as tx:
        refused = key_values.value(tx, CHARTS_REFUSED_AT)
    return refused is not None and _is_fresh(read_time(refused), ctx.now())


def _is_fresh(at: datetime, now: datetime) -> bool:
    return now - at < _BELIEVED_FOR


def _remember_refusal(ctx: JobContext) -> None:
    with ctx.db.write() as tx:
        key_values.set_value(tx, CHARTS_REFUSED_AT, time_text(ctx.now()))


def _say_in_words(
    ctx: JobContext, stats_now: AccountStats, member: str, channel: str, error: SlackError
) -> None:
    """Whisper the figures where they cannot be posted: no direct messages, or not our channel."""
    log.info("figures are whispered: %s", error.for_person())
    message = stats_message(stats_now, ctx.timezone, [])
    try:
        ctx.slack.post_ephemeral(channel, member, text=message.text, blocks=message.blocks)
    except SlackNoChannel:
        ctx.slack.post_ephemeral(ctx.channel, member, text=message.text, blocks=message.blocks)
