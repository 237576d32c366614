"""The gauges that Prometheus reads, and whether everything runs."""

from collections.abc import Iterable

from clients.net.metrics import Reading
from jobs.engine.context import JobContext
from jobs.network.budget import Use, model_budget_left, x_budget_left
from storage.posts.stream_hold import covered
from storage.queue.suspects import set_apart_count
from storage.team.gauges import standing

_MICRO = 1_000_000


def readings(ctx: JobContext) -> Iterable[Reading]:
    """Read how the work stands now.

    Raises:
        StorageError: the database cannot be read.
    """
    now = ctx.now()
    with ctx.db.read() as tx:
        stands = standing(tx, now)
        apart = set_apart_count(tx)
        streamed = len(covered(tx, now))
        left = [("x", x_budget_left(tx, ctx, Use.SENDING, now) / _MICRO)]
        if ctx.model is not None:
            left.append(("model", model_budget_left(tx, ctx, now) / _MICRO))
    yield _one(
        "greenroom_oldest_due_seconds", "How late the job is that is due longest", stands.oldest_due
    )
    yield "greenroom_jobs", "Jobs that wait or run", "kind", stands.jobs.items()
    yield _one(
        "greenroom_jobs_set_apart",
        "Jobs that are left alone because the process died while they ran",
        apart,
    )
    yield "greenroom_mentions", "Mentions by where they stand", "state", stands.mentions.items()
    yield "greenroom_replies", "What became of approved replies", "state", stands.replies.items()
    yield "greenroom_budget_left_dollars", "What may still be spent today", "service", left
    yield _one("greenroom_paused", "Whether a member paused Greenroom", ctx.paused)
    yield _one(
        "greenroom_stream_watches",
        "Watches whose posts X's stream brings now; 0 while it is off or down",
        streamed,
    )
    if stands.lag is not None:
        yield _one(
            "greenroom_lag_seconds", "From the newest post on X until it was caught", stands.lag
        )
    if stands.polled is not None:
        yield _one(
            "greenroom_polled_seconds",
            "Since the watch that waits longest was asked",
            stands.polled,
        )


def _one(name: str, words: str, figure: float) -> Reading:
    """Return a gauge that has one figure and no label."""
    return name, words, "", [("", float(figure))]
