"""Post a sentence of Greenroom's own: to the channel, or into a card's thread."""

from jobs.cards.card import card_key
from jobs.engine.context import Room
from jobs.messages.post_once import place
from storage.inbox import replies
from storage.queue import jobs
from storage.slack import messages
from views.blocks.message import Message
from views.talking.notices import handed_over_note, notice, sent_note


def tell(job: jobs.Job, room: Room) -> None:
    """Post what the payload says, once: a sentence, or a note in a card's thread."""
    if job.subject is None:
        message = notice(str(job.payload["sentence"]), str(job.payload["advice"]))
        place(room, job.key, message)
    else:
        _note(job, room)
    with room.finishing(job):
        pass


def _note(job: jobs.Job, room: Room) -> None:
    with room.db.read() as tx:
        card = messages.message(tx, card_key(job.subject or ""))
    note = _words(job, room)
    if note is not None and card is not None and card.ts is not None:
        place(room, job.key, note, thread_ts=card.ts)


def _words(job: jobs.Job, room: Room) -> Message | None:
    if "to" in job.payload:
        to, by, words = (str(job.payload[name]) for name in ("to", "by", "note"))
        return handed_over_note(to, by=by, note=words)
    with room.db.read() as tx:
        reply = replies.reply(tx, str(job.payload["reply"]))
    return sent_note(reply, account_handle=room.account.handle) if reply else None
