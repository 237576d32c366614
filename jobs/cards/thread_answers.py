"""Show our answers in a card's thread as they stand: open to press, or decided."""

from domain import CardFacts
from jobs.engine.context import JobContext
from jobs.messages.post_once import post_once
from storage.inbox import suggestions
from storage.inbox.card_facts import card_facts
from storage.slack import messages, threads
from storage.slack.members import names_of
from storage.slack.threads import ThreadAnswer
from views.blocks.message import Message
from views.talking.thread import thread_suggestion


def render_thread_answer(ctx: JobContext, key: str) -> None:
    """Put one answer into its thread, in the place of the status where one stands there."""
    with ctx.db.read() as tx:
        answer = threads.answer(tx, key)
        facts = card_facts(tx, answer.mention_id) if answer else None
        card = messages.message(tx, f"card:{answer.mention_id}") if answer else None
    if answer is not None and facts is not None and card is not None and card.ts is not None:
        post_once(ctx, key, _message(ctx, answer, facts), thread_ts=card.ts, channel=card.channel)


def render_thread_answers(ctx: JobContext, facts: CardFacts) -> None:
    """Let the answers in a card's thread say whether anything is still to decide."""
    with ctx.db.read() as tx:
        answers = threads.answers_of(tx, facts.mention.id)
    for answer in answers:
        with ctx.db.read() as tx:
            placed = messages.message(tx, answer.key)
        if placed is not None and placed.ts is not None:
            post_once(
                ctx,
                answer.key,
                _message(ctx, answer, facts),
                thread_ts=placed.thread_ts,
                channel=placed.channel,
            )


def _message(ctx: JobContext, answer: ThreadAnswer, facts: CardFacts) -> Message:
    with ctx.db.read() as tx:
        found = answer.suggestion_id and suggestions.suggestion(tx, answer.suggestion_id)
        whose = (found and found.words_of) or frozenset()
        names = names_of(tx, answer.mention_id, whose)
    return thread_suggestion(
        facts.mention,
        found or None,
        key=answer.key,
        note=answer.note,
        fact=answer.fact,
        fact_state=answer.fact_state,
        fact_by=answer.fact_by,
        names=names,
    )
