"""Post a sentence of Greenroom's own: to the channel, or into a card's thread."""

from storage import jobs, messages
from views.notices import notice
from work.card import card_key
from work.placing import place
from work.room import Room


def tell(job: jobs.Job, room: Room) -> None:
    """Post what the payload says, once."""
    message = notice(str(job.payload["sentence"]), str(job.payload["advice"]))
    thread_ts = None
    if job.subject is not None:
        with room.db.read() as tx:
            card = messages.message(tx, card_key(job.subject))
        thread_ts = card.ts if card else None
    place(room, f"tell:{job.payload['key']}", message, thread_ts=thread_ts)
    with room.finishing(job):
        pass
