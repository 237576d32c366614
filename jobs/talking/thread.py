"""Answer what a member wrote in a card's thread: a changed suggestion, why, or who this is.

Nothing here approves or sends. A changed suggestion is stored with its checks and offered below
the words that asked for it; the card keeps its own ideas.
"""

import logging
from datetime import datetime

import patterns as re
from domain import OPEN_STATES, CardFacts, Mention, Source, Suggestion
from errors import SlackError
from jobs.cards.thread_answers import render_thread_answer
from jobs.drafting.context import read_above, reply_context, time_to_read
from jobs.engine.context import JobContext
from jobs.messages.answer_privately import answer_privately
from jobs.messages.answers_that_quote import place_answer
from jobs.network.paid_model import asking, note_model
from jobs.talking.who_is import who_this_is
from replies.steering import (
    MessageKind,
    Steered,
    SteeringWish,
    Wish,
    by_the_model,
    fact_in,
    steer,
    understand,
)
from storage.db.database import Transaction
from storage.inbox import suggestions
from storage.inbox.card_facts import card_facts
from storage.queue import jobs
from storage.slack import messages, threads
from views.blocks.message import Message
from views.talking import thread as words

log = logging.getLogger("greenroom.thread")

_FIRST = re.compile(r"\b(?:first|original)\b", re.IGNORECASE)
_ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2}
_NAMED_ONE = re.compile(
    r"\b(?:the )?(first|1st|second|2nd|third|3rd) (?:one|idea|suggestion|text|option)?\b",
    re.IGNORECASE,
)


def answer_in_thread(job: jobs.Job, ctx: JobContext) -> None:
    """Answer one message of a member; the job's payload has their words."""
    asked = understand(str(job.payload["words"]), bot_id=str(job.payload["bot"]))
    if asked.kind is MessageKind.UNSURE:
        asked = _ask_the_model(ctx, asked)
    with ctx.db.read() as tx:
        facts = card_facts(tx, job.subject or "")
    if facts is not None:
        _answer(job, ctx, facts, asked)
    with ctx.finishing(job):
        pass


def _answer(job: jobs.Job, ctx: JobContext, facts: CardFacts, asked: SteeringWish) -> None:
    match asked.kind:
        case MessageKind.WHY:
            _say(job, ctx, facts, words.why_message(facts))
        case MessageKind.WHO:
            _say(
                job,
                ctx,
                facts,
                who_this_is(ctx, facts.mention.post.author.id, besides=facts.mention.id),
            )
        case MessageKind.STEER:
            _steer(job, ctx, facts, asked)
        case _:
            log.debug("mention=%s nothing asked of us", facts.mention.id)


def _say(job: jobs.Job, ctx: JobContext, facts: CardFacts, message: Message) -> None:
    ts = _card_ts(ctx, facts.mention)
    if ts is not None:
        place_answer(ctx, job.key, message, thread_ts=ts, channel=str(job.payload["channel"]))


def _steer(job: jobs.Job, ctx: JobContext, facts: CardFacts, asked: SteeringWish) -> None:
    mention = facts.mention
    with ctx.db.read() as tx:
        known = threads.answer(tx, job.key)
    if known is None and mention.state not in OPEN_STATES:
        member = str(job.payload["member"])
        answer_privately(ctx, str(job.payload["channel"]), member, words.decided_already())
        return
    if known is None:
        _say_thinking(job, ctx, facts)
        if asked.about(Wish.FIRST_AGAIN) is not None:
            _offer_again(job, ctx, mention, asked)
        else:
            _change(job, ctx, mention, asked)
    render_thread_answer(ctx, job.key)


def _say_thinking(job: jobs.Job, ctx: JobContext, facts: CardFacts) -> None:
    """Show that an answer is coming; rules need no time to think."""
    if ctx.model is None:
        return
    try:
        _say(job, ctx, facts, words.thinking(practice=ctx.practice))
    except SlackError as error:
        log.info("mention=%s no status shown: %s", facts.mention.id, error.for_person())


def _change(job: jobs.Job, ctx: JobContext, mention: Mention, asked: SteeringWish) -> None:
    """Have the suggestion changed, and store what came out."""
    read_above(ctx, mention, time_to_read())
    with ctx.db.read() as tx:
        member_id = str(job.payload["member"])
        context = reply_context(tx, ctx, mention, asked.words, steered_by=member_id)
        base = _meant(tx, mention.id, asked)
    ask = asking(ctx, "steer")
    made = steer(context, asked, base, ask)
    now = ctx.now()
    with ctx.db.write() as tx:
        note_model(tx, ask, made.trouble, now)
        kept = _store(tx, job, mention, made, base, now) if made.draft and not made.same else None
        threads.add_answer(
            tx,
            threads.ThreadAnswer(
                key=job.key,
                mention_id=mention.id,
                suggestion_id=kept.id if kept else None,
                asked_by=str(job.payload["member"]),
                note=_note(made, ctx, found=kept is not None),
                fact=None if made.hostile else fact_in(asked),
            ),
            now,
        )


def _store(
    tx: Transaction,
    job: jobs.Job,
    mention: Mention,
    made: Steered,
    base: Suggestion | None,
    now: datetime,
) -> Suggestion | None:
    if made.draft is None:
        return None
    by_member = made.draft.source is Source.MEMBER
    return suggestions.add_in_thread(
        tx,
        mention.id,
        made.draft,
        made.checks,
        at=now,
        member_id=str(job.payload["member"]) if by_member else None,
        member_name=str(job.payload["name"]) if by_member else None,
        from_id=base.id if base and by_member else None,
    )


def _note(made: Steered, ctx: JobContext, *, found: bool) -> str:
    if made.hostile:
        return words.HOSTILE
    if made.withheld is not None:
        return words.withheld(made.withheld)
    if made.no_text:
        return words.NO_TEXT
    note = words.beyond_rules(made.beyond, by_rules=made.by_rules, model_on=ctx.model is not None)
    if not found and not made.beyond:
        note = " ".join(part for part in (note, words.came_out_the_same()) if part)
    return note


def _meant(tx: Transaction, mention_id: str, asked: SteeringWish) -> Suggestion | None:
    """Return the text that is to be changed: the one named, the thread's last, or the first."""
    on_card = suggestions.latest_round(tx, mention_id)
    named = _NAMED_ONE.search(asked.words)
    place_named = _ORDINALS[named[1].lower()] if named else len(on_card)
    if place_named < len(on_card):
        return on_card[place_named]
    return next(reversed(_so_far(tx, mention_id)), None)


def _so_far(tx: Transaction, mention_id: str) -> list[Suggestion]:
    """Return the card's first idea and what the thread made of it, in order."""
    on_card = suggestions.latest_round(tx, mention_id)
    made = [
        found
        for answer in threads.answers_of(tx, mention_id)
        if answer.suggestion_id
        and (found := suggestions.suggestion(tx, answer.suggestion_id)) is not None
    ]
    return [*on_card[:1], *made]


def _offer_again(job: jobs.Job, ctx: JobContext, mention: Mention, asked: SteeringWish) -> None:
    """Offer the text before the last one again, or the very first."""
    with ctx.db.write() as tx:
        so_far = _so_far(tx, mention.id)
        wanted = so_far[0] if _FIRST.search(asked.words) else None
        if so_far and wanted is None:
            wanted = so_far[-2] if len(so_far) > 1 else so_far[0]
        threads.add_answer(
            tx,
            threads.ThreadAnswer(
                key=job.key,
                mention_id=mention.id,
                suggestion_id=wanted.id if wanted else None,
                asked_by=str(job.payload["member"]),
                note="" if wanted else words.NO_TEXT,
            ),
            ctx.now(),
        )


def _ask_the_model(ctx: JobContext, asked: SteeringWish) -> SteeringWish:
    """Let the model tell what a message is that no rule knows; without one it is not for us."""
    ask = asking(ctx, "steer")
    if ask is None:
        return asked
    read, _ = by_the_model(asked, ask)
    with ctx.db.write() as tx:
        ask.settle(tx, ctx.now())
    return read


def _card_ts(ctx: JobContext, mention: Mention) -> str | None:
    with ctx.db.read() as tx:
        placed = messages.message(tx, f"card:{mention.id}")
    return placed.ts if placed else None
