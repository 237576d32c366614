"""A saved answer: chosen from the playbook, it stands on the card and in the *Edit…* window."""

import hashlib
from dataclasses import replace

from domain import OPEN_STATES, Mention
from errors import AlreadyDecided, GreenroomError
from handlers.decisions.check_own_words import checks_of
from handlers.decisions.commit import the_mention
from handlers.decisions.edit import choices_of, edit_window
from handlers.entry.access import Member
from handlers.entry.context import HandlerContext, Press
from replies.authorship import credited
from replies.context import ReplyContext
from replies.playbook.saved import SavedAnswer, saved_answers
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.db.key_values import ACCOUNT_ID, value
from storage.inbox import suggestions
from storage.inbox.authors import approved_by, words_of_members
from storage.queue.enqueue import enqueue_card
from storage.voice import voices
from views.cards.saved_modal import ShownAnswer, saved_modal
from views.talking.private_texts import moved_on


def open_from_card(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the window from the card's own button."""
    open_saved(ctx, press, press.mention_id)


def open_saved(ctx: HandlerContext, press: Press, mention_id: str) -> None:
    """Open the window with the playbook's answers for a mention."""
    with ctx.db.read() as tx:
        mention = the_mention(tx, mention_id)
        answers = _answers(tx, ctx, mention)
    shown = [ShownAnswer(_key(each), each.occasion, each.text, each.fits) for each in answers]
    ctx.slack.open_modal(press.trigger_id, saved_modal(mention, shown))


def use_saved(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Put the chosen answer on the card as a suggestion, and into the *Edit…* window."""
    with ctx.db.write() as tx:
        mention = the_mention(tx, press.mention_id)
        if mention.state not in OPEN_STATES:
            raise AlreadyDecided(moved_on())
        chosen = next(
            (each for each in _answers(tx, ctx, mention) if _key(each) == press.suggestion_id),
            None,
        )
        if chosen is None:
            raise GreenroomError(
                "The playbook has changed meanwhile.", "Open the saved answers again."
            )
        checks = checks_of(tx, ctx, mention, chosen.text)
        now = ctx.now()
        approved = approved_by(tx, mention.post.text)
        known = words_of_members(tx, mention.id, approved)
        draft = credited(chosen.draft(), replace(_context(tx, ctx, mention), members_words=known))
        added = suggestions.add_beside(tx, mention.id, draft, checks, now)
        choices = choices_of(tx, mention)
        enqueue_card(tx, mention.id, at=now)
    view = edit_window(
        ctx, mention, choices, added, added.text, draft_key=new_id(), checks=added.checks
    )
    if press.view_id:
        ctx.slack.update_modal(press.view_id, view)
    else:
        ctx.slack.open_modal(press.trigger_id, view)


def _answers(tx: Transaction, ctx: HandlerContext, mention: Mention) -> tuple[SavedAnswer, ...]:
    return saved_answers(_context(tx, ctx, mention))


def _context(tx: Transaction, ctx: HandlerContext, mention: Mention) -> ReplyContext:
    return ReplyContext(
        post=mention.post,
        lane=mention.lane,
        account_handle=ctx.account_handle,
        account_id=value(tx, ACCOUNT_ID) or "",
        local_time=ctx.now().astimezone(ctx.timezone),
        voice=voices.voice(tx),
        playbook=voices.playbook(tx),
    )


def _key(answer: SavedAnswer) -> str:
    """Name an answer by its words: one that was changed meanwhile is another."""
    return hashlib.sha256(answer.text.encode("utf-8", "replace")).hexdigest()[:24]
