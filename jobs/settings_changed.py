"""What follows when the team's settings change: one commit that may be done twice."""

from domain import JobKind, MentionState
from jobs.engine.context import JobContext
from jobs.messages.post_once import post_once
from jobs.reports.digest import move_digest
from jobs.start import begin_in_channel
from storage.inbox import mentions
from storage.queue import jobs
from storage.queue.enqueue import enqueue, enqueue_card
from views.team.settings_texts import choose_channel

#: The cards that say what a member may do next.
_OPEN = (MentionState.WAITING, MentionState.HANDED_OVER, MentionState.FAILED)
_MOST_CARDS = 200
#: More owners and admins than this are not all called.
_MOST_ASKED = 3
_LOOKS_AT_X = frozenset({"poll_every", "x_budget_micro", "paused_by"})


def follow_settings(job: jobs.Job, ctx: JobContext) -> None:
    """Do what follows from the changes that the payload names."""
    names = {str(name) for name in job.payload.get("names", ())}
    ctx.team.refresh()
    if "channel" in names and not ctx.channel:
        _ask_for_a_channel(ctx)
    with ctx.finishing(job) as tx:
        if "channel" in names and ctx.channel:
            begin_in_channel(tx, ctx)
        if names & {"digest_at", "timezone"}:
            move_digest(tx, ctx)
        if names & _LOOKS_AT_X and not ctx.paused:
            jobs.make_due(tx, [JobKind.LISTEN], ctx.now())
        if "quiet" in names:
            enqueue(tx, JobKind.HELD_CARDS, at=ctx.now())
        if "second_approver" in names:
            for mention in mentions.in_state(tx, _OPEN, _MOST_CARDS, newest_first=True):
                enqueue_card(tx, mention.id, at=ctx.now())


def _ask_for_a_channel(ctx: JobContext) -> None:
    """Ask those who may choose the channel to do so: once each, in a direct message."""
    message = choose_channel(ctx.account.handle)
    for admin in ctx.slack.admins()[:_MOST_ASKED]:
        post_once(ctx, f"choose_channel:{admin.id}", message, channel=admin.id)
