"""Post a sentence of Greenroom's own: to the channel, or into a card's thread."""

from jobs.cards.card import card_key
from jobs.engine.context import JobContext
from jobs.messages.post_once import post_once
from storage.inbox import replies
from storage.queue import jobs
from storage.slack import messages
from views.blocks.message import Message
from views.talking.notices import handed_over_note, notice, sent_note


def notify(job: jobs.Job, ctx: JobContext) -> None:
    """Post what the payload says, once: a sentence, or a note in a card's thread."""
    if job.subject is None:
        message = notice(str(job.payload["sentence"]), str(job.payload["advice"]))
        post_once(ctx, job.key, message)
    else:
        _note(job, ctx)
    with ctx.finishing(job):
        pass


def _note(job: jobs.Job, ctx: JobContext) -> None:
    with ctx.db.read() as tx:
        card = messages.message(tx, card_key(job.subject or ""))
    note = _words(job, ctx)
    if note is not None and card is not None and card.ts is not None:
        post_once(ctx, job.key, note, thread_ts=card.ts)


def _words(job: jobs.Job, ctx: JobContext) -> Message | None:
    if "to" in job.payload:
        to, by, words = (str(job.payload[name]) for name in ("to", "by", "note"))
        return handed_over_note(to, by=by, note=words)
    with ctx.db.read() as tx:
        reply = replies.reply(tx, str(job.payload["reply"]))
    return sent_note(reply, account_handle=ctx.account.handle) if reply else None
