"""What only the run that still holds its job may do: a process may stand still past its lease."""

import time
from collections.abc import Callable

from jobs.engine.context import JobContext, LeaseLost
from storage.queue import jobs


def until_lease_ends(job: jobs.Job, ctx: JobContext) -> Callable[[], bool]:
    """Return a check that a process which was frozen past its lease fails before it writes.

    Both clocks are asked: the machine's may jump, and the monotonic one may have stood
    still while the machine slept.
    """
    left = (job.lease_until or ctx.now()) - ctx.now() - ctx.timings.send_deadline
    monotonic_end = time.monotonic() + left.total_seconds()
    wall_end = ctx.now() + left

    def may_still_go() -> bool:
        return time.monotonic() < monotonic_end and ctx.now() < wall_end

    return may_still_go


def still_ours(job: jobs.Job, ctx: JobContext) -> Callable[[], None]:
    """Return the same check as one that raises LeaseLost: whoever took the job over does the rest."""
    may_still_go = until_lease_ends(job, ctx)

    def check() -> None:
        if not may_still_go():
            raise LeaseLost(job)

    return check
