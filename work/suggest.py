"""Draft suggestions for one mention and have its card shown.

The way: context (the conversation above, what we share, what was approved before), then
the model or the playbook, then checks; all of it stored with the card's job in one commit.
A mention never stays without a card because the model or a look-up failed.
"""

import logging
from dataclasses import replace
from datetime import datetime

from domain import Advice, Lane, Mention, MentionState, Post
from errors import ModelError, ModelPaused, ModelWrongKey, XError
from replies.context import ReplyContext
from replies.drafting import OVER_BUDGET, Drafted, ModelUse, draft
from replies.drafting.hand_over import asks_to_be_left
from replies.hostile.orders import orders_in
from storage import jobs, ledger, mentions, opt_outs, posts, suggestions, voices
from storage.database import Transaction
from storage.due_work import ask_card, ask_timeline
from storage.people import shared_history
from storage.said import NOT_REPEATED_FOR, last_exchanges, said_since
from storage.similar import similar_answered
from work.aside import set_aside_if_unworthy
from work.money import bill_page, model_budget_left, x_budget_left
from work.prices import model_cost
from work.room import Room
from work.trouble_words import tell_better, tell_once

log = logging.getLogger("greenroom.suggest")

_ABOVE = 4
_LEFT_ALONE = (
    "From now on their posts are set aside and nothing is sent to them; "
    "their page (/greenroom people) can lift it."
)
_UNTIL_MIDNIGHT = (
    "Suggestions come from the playbook until midnight UTC; raise MODEL_DAILY_BUDGET_USD for more."
)
_DRAFTABLE = frozenset(
    {
        MentionState.WAITING,
        MentionState.HANDED_OVER,
        MentionState.SNOOZED,
        MentionState.FAILED,
        MentionState.DRAFTING,
    }
)


def suggest(job: jobs.Job, room: Room) -> None:
    """Draft a round of suggestions; the payload may hold a member's steering words."""
    mention_id = job.subject or ""
    # Asked without a word is asked all the same.
    steer = job.payload.get("steer") or ("" if job.payload.get("asked_by") else None)
    mention = _begin(room, mention_id)
    if mention is None or _is_set_aside(room, mention):
        with room.finishing(job):
            return
    _read_above(room, mention)
    with room.db.read() as tx:
        context = _context(tx, room, mention, steer)
        over_budget = room.model is not None and model_budget_left(tx, room, room.now()) <= 0
    drafted = _draft(room, context, over_budget=over_budget)
    _store(job, room, mention, drafted)


def _is_set_aside(room: Room, mention: Mention) -> bool:
    """Set a mention aside if it is not worth a person's time; tell whether it was.

    A post that tries to give orders is never folded away: somebody ought to see it.
    """
    return orders_in(mention.post.text) is None and set_aside_if_unworthy(room, mention)


def _begin(room: Room, mention_id: str) -> Mention | None:
    """Move a new mention to drafting; return it unless it needs no draft any more."""
    now = room.now()
    with room.db.write() as tx:
        mention = mentions.mention(tx, mention_id)
        if mention is None:
            return None
        if mention.state is MentionState.NEW:
            if posts.reply_by(tx, room.account.id, mention_id) is not None:
                mentions.move(
                    tx,
                    mention_id,
                    to=MentionState.ANSWERED,
                    at=now,
                    reason="Answered on X already.",
                )
                return None
            mentions.move(tx, mention_id, to=MentionState.DRAFTING, at=now)
            return mentions.mention(tx, mention_id)
        return mention if mention.state in _DRAFTABLE else None


def _read_above(room: Room, mention: Mention) -> None:
    """Fetch what stands above the post, at most a few posts; a failure costs only context."""
    wanted = mention.post.in_reply_to_id
    for _ in range(_ABOVE):
        if wanted is None:
            return
        with room.db.read() as tx:
            known = posts.post(tx, wanted)
            left = x_budget_left(tx, room, mention.kind, room.now())
        if known is None and left <= 0:
            return
        if known is None:
            known = _fetch(room, wanted)
        wanted = known.in_reply_to_id if known else None


def _fetch(room: Room, post_id: str) -> Post | None:
    try:
        page = room.x.posts([post_id])
    except XError as error:
        log.warning("post=%s not read for context: %s", post_id, error.for_person())
        return None
    with room.db.write() as tx:
        for post in (*page.posts, *page.above):
            posts.save_post(tx, post)
        bill_page(tx, page, purpose="conversation", owned=False, now=room.now())
    return page.posts[0] if page.posts else None


def _context(tx: Transaction, room: Room, mention: Mention, steer: str | None) -> ReplyContext:
    now = room.now()
    above = tuple(posts.post_chain(tx, mention.id, _ABOVE))
    return ReplyContext(
        post=mention.post,
        lane=mention.lane,
        above=above,
        history=shared_history(
            tx, mention.post.author.id, room.account.id, mention.post.created_at
        ),
        said_before=_said_before(tx, room, mention, above),
        voice=voices.voice(tx),
        playbook=voices.playbook(tx),
        approved_before=tuple(similar_answered(tx, mention.post.text, limit=3)),
        earlier_texts=tuple(s.text for s in suggestions.all_rounds(tx, mention.id)),
        recent_texts=tuple(said_since(tx, room.account.id, now - NOT_REPEATED_FOR)),
        steer=steer,
        account_handle=room.account.handle,
        account_id=room.account.id,
        local_time=now.astimezone(room.timezone),
    )


def _said_before(
    tx: Transaction, room: Room, mention: Mention, above: tuple[Post, ...]
) -> tuple[Post, ...]:
    """Return our last exchanges with the author, without what stands in this conversation."""
    known = {mention.id, *(post.id for post in above)}
    exchanged = last_exchanges(tx, mention.post.author.id, room.account.id, mention.post.created_at)
    return tuple(post for post in exchanged if post.id not in known)


def _draft(room: Room, context: ReplyContext, *, over_budget: bool) -> Drafted:
    if room.model is None:
        return draft(context, None)
    if over_budget:
        trouble = ModelPaused("Today's budget for the model is used up.", _UNTIL_MIDNIGHT)
        return replace(draft(context, None, without=OVER_BUDGET), trouble=trouble)
    return draft(context, room.model.ask)


def _store(job: jobs.Job, room: Room, mention: Mention, drafted: Drafted) -> None:
    now = room.now()
    if drafted.advice is Advice.HOSTILE or drafted.caught:
        log.warning("mention=%s drafts left out: %s", mention.id, ", ".join(drafted.caught) or "-")
    with room.finishing(job) as tx:
        _note_model(tx, drafted, now)
        fresh = mentions.mention(tx, mention.id)
        if fresh is None or fresh.state not in _DRAFTABLE:
            return
        if drafted.drafts:
            suggestions.add_round(tx, mention.id, drafted.drafts, now)
        left_alone = _honour_opt_out(tx, fresh, now)
        mentions.set_note(tx, mention.id, _LEFT_ALONE if left_alone else drafted.source_note)
        mentions.set_advice(tx, mention.id, drafted.advice, drafted.why)
        if fresh.state is MentionState.DRAFTING:
            mentions.move(tx, mention.id, to=MentionState.WAITING, at=now)
            # Somebody may answer on X itself while the card waits.
            ask_timeline(tx, at=now + room.timings.timeline_quiet)
        ask_card(tx, mention.id, at=now)


def _honour_opt_out(tx: Transaction, mention: Mention, now: datetime) -> bool:
    """Remember who tells us to leave them alone; tell whether it is so.

    What somebody says to others, and only a keyword caught, is none of ours.
    """
    if mention.lane is not Lane.SEND or not asks_to_be_left(mention.post.text):
        return False
    author = mention.post.author
    if opt_outs.opt_out(tx, author.id, post_id=mention.id, at=now):
        log.info("person=%s asked not to be answered", author.id)
    return opt_outs.opted_out(tx, author.id) is not None


def _note_model(tx: Transaction, drafted: Drafted, now: datetime) -> None:
    if drafted.cost is not None:
        _note_answer(tx, drafted.cost, now)
    if drafted.cost is not None and drafted.trouble is None:
        tell_better(tx, "model", "The model answers again.", at=now)
    if drafted.trouble is not None and _needs_person(drafted.trouble):
        tell_once(tx, "model", drafted.trouble, at=now)


def _needs_person(error: ModelError) -> bool:
    return isinstance(error, ModelPaused | ModelWrongKey)


def _note_answer(tx: Transaction, answer: ModelUse, now: datetime) -> None:
    ledger.note_cost(
        tx,
        service="model",
        kind="tokens",
        purpose="suggest",
        units=answer.input_tokens + answer.output_tokens,
        micro_dollars=model_cost(answer.model, answer.input_tokens, answer.output_tokens),
        at=now,
    )
