"""When the quiet hours end, the cards that they held come, newest conversation first."""

from datetime import timedelta

from domain import JobKind
from jobs.engine.context import JobContext
from jobs.messages.quiet_hours import quiet_end, still_calls
from storage.inbox.card_facts import card_facts
from storage.queue import jobs
from storage.queue.enqueue import enqueue, enqueue_card
from storage.slack import held_cards as held

_AT_ONCE = 100
#: Slack takes about one message a second for each channel; so they also come in their order.
_BETWEEN = timedelta(seconds=1)


def let_cards_go(job: jobs.Job, ctx: JobContext) -> None:
    """Have the cards posted that were held; in hours that are quiet still, wait for their end.

    What was decided meanwhile, or answered on X, needs no card any more.
    """
    now = ctx.now()
    ends = quiet_end(ctx)
    if ends is not None:
        with ctx.repeating(job, ends):
            return
    with ctx.db.read() as tx:
        waiting = held.held_cards(tx, _AT_ONCE)
        known = {mention_id: card_facts(tx, mention_id) for mention_id in waiting}
    calling = [each for each in waiting if (facts := known[each]) and still_calls(facts)]
    with ctx.finishing(job) as tx:
        for place, mention_id in enumerate(calling):
            enqueue_card(tx, mention_id, at=now + place * _BETWEEN)
        for mention_id in waiting:
            held.let_card_go(tx, mention_id)
        if len(waiting) == _AT_ONCE:
            enqueue(tx, JobKind.HELD_CARDS, at=now + _AT_ONCE * _BETWEEN)
