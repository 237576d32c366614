"""When the quiet hours end, the cards that they held come, newest conversation first."""

from datetime import timedelta

from jobs.engine.context import Room
from jobs.messages.quiet_hours import quiet_end, still_calls
from storage.inbox.card_facts import card_facts
from storage.queue import jobs
from storage.queue.enqueue import ask_card, ask_held_cards
from storage.slack import held_cards as held

_AT_ONCE = 100
#: Slack takes about one message a second for each channel; so they also come in their order.
_BETWEEN = timedelta(seconds=1)


def let_cards_go(job: jobs.Job, room: Room) -> None:
    """Have the cards posted that were held; in hours that are quiet still, wait for their end.

    What was decided meanwhile, or answered on X, needs no card any more.
    """
    now = room.now()
    ends = quiet_end(room)
    if ends is not None:
        with room.repeating(job, ends):
            return
    with room.db.read() as tx:
        waiting = held.held_cards(tx, _AT_ONCE)
        known = {mention_id: card_facts(tx, mention_id) for mention_id in waiting}
    calling = [each for each in waiting if (facts := known[each]) and still_calls(facts)]
    with room.finishing(job) as tx:
        for place, mention_id in enumerate(calling):
            ask_card(tx, mention_id, at=now + place * _BETWEEN)
        for mention_id in waiting:
            held.let_card_go(tx, mention_id)
        if len(waiting) == _AT_ONCE:
            ask_held_cards(tx, at=now + _AT_ONCE * _BETWEEN)
