"""The first message in a channel, and the line behind which folded mentions wait."""

from jobs.engine.context import JobContext
from jobs.messages.post_once import post_once
from storage.inbox import mentions
from storage.queue import jobs
from storage.slack import messages
from views.talking.notices import fold_line, welcome

_FOLD_KEY = "fold"


def greet(job: jobs.Job, ctx: JobContext) -> None:
    """Post the welcome, once a channel."""
    message = welcome(
        ctx.account.handle,
        model_on=ctx.model is not None,
        approvers_line=approvers_line(ctx),
        practice=ctx.practice,
        model_host=ctx.model.host if ctx.model else "",
    )
    post_once(ctx, f"welcome:{ctx.channel}", message)
    with ctx.finishing(job):
        pass


def approvers_line(ctx: JobContext) -> str:
    """Say in one line who approves, for the welcome."""
    settings = ctx.team.settings
    if not settings.approvers:
        return "Every full member of this channel, until you name some."
    if "approvers" in settings.forced:
        return "Only those whom SLACK_APPROVERS names."
    return "Only those whom the settings in the Home tab name."


def render_fold_line(job: jobs.Job, ctx: JobContext) -> None:
    """Show how many mentions are folded; nothing where there never were any."""
    with ctx.db.read() as tx:
        count = mentions.folded_count(tx)
        placed = messages.message(tx, _FOLD_KEY)
    if count or placed is not None:
        post_once(ctx, _FOLD_KEY, fold_line(count))
    with ctx.finishing(job):
        pass
