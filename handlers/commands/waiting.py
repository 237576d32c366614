"""`/greenroom waiting`: who waits for a decision, longest first."""

from handlers.entry.command_request import CommandRequest, Shown
from handlers.entry.context import HandlerContext
from storage.inbox import mentions
from storage.reports.digest_record import WAITING
from storage.slack import messages
from views.talking.command_answers import waiting_answer

_MOST_SHOWN = 10


def waiting_asked(ctx: HandlerContext, _: CommandRequest) -> Shown:
    """Say who waits, each with the way to their card."""
    with ctx.db.read() as tx:
        waiting = mentions.in_state(tx, WAITING, _MOST_SHOWN, newest_first=False)
        cards = messages.cards(tx, [mention.id for mention in waiting])
        counts = mentions.counts(tx)
        folded = mentions.folded_count(tx)
    links = {
        mention_id: ctx.slack.link_to(card.channel, card.ts)
        for mention_id, card in cards.items()
        if card.ts is not None
    }
    more = sum(counts.get(state, 0) for state in WAITING) - len(waiting)
    return waiting_answer(waiting, links, more=more, folded=folded)
