"""Post a sentence of Greenroom's own: to the channel, or into a card's thread."""

from storage import jobs, messages, replies
from views.notices import notice, sent_note
from work.card import card_key
from work.placing import place
from work.room import Room


def tell(job: jobs.Job, room: Room) -> None:
    """Post what the payload says, once: a sentence, or the note about a sent reply."""
    if "reply" in job.payload:
        _note_sent(job, room)
    else:
        message = notice(str(job.payload["sentence"]), str(job.payload["advice"]))
        place(room, job.key, message)
    with room.finishing(job):
        pass


def _note_sent(job: jobs.Job, room: Room) -> None:
    with room.db.read() as tx:
        reply = replies.reply(tx, str(job.payload["reply"]))
        card = messages.message(tx, card_key(job.subject or ""))
    if reply is not None and card is not None and card.ts is not None:
        note = sent_note(reply, account_handle=room.account.handle)
        place(room, job.key, note, thread_ts=card.ts)
