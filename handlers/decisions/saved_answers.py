"""A saved answer: chosen from the playbook, it stands on the card and in the *Edit…* window."""

import hashlib
from dataclasses import replace

from domain import OPEN_STATES, Mention
from errors import AlreadyDecided, GreenroomError
from handlers.decisions.check_own_words import checks_of
from handlers.decisions.commit import the_mention
from handlers.decisions.edit import choices_of, edit_window
from handlers.entry.access import Member
from handlers.entry.context import Desk, Press
from replies.authorship import credited
from replies.context import ReplyContext
from replies.playbook.saved import SavedAnswer, saved_answers
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.db.key_values import ACCOUNT_ID, mark
from storage.inbox import suggestions
from storage.inbox.authors import approved_by, words_of_members
from storage.queue.enqueue import ask_card
from storage.voice import voices
from views.cards.saved_modal import ShownAnswer, saved_modal
from views.talking.private_texts import moved_on


def open_from_card(desk: Desk, press: Press, _: Member) -> None:
    """Open the window from the card's own button."""
    open_saved(desk, press, press.mention_id)


def open_saved(desk: Desk, press: Press, mention_id: str) -> None:
    """Open the window with the playbook's answers for a mention."""
    with desk.db.read() as tx:
        mention = the_mention(tx, mention_id)
        answers = _answers(tx, desk, mention)
    shown = [ShownAnswer(_key(each), each.occasion, each.text, each.fits) for each in answers]
    desk.slack.open_modal(press.trigger_id, saved_modal(mention, shown))


def use_saved(desk: Desk, press: Press, _: Member) -> None:
    """Put the chosen answer on the card as a suggestion, and into the *Edit…* window."""
    with desk.db.write() as tx:
        mention = the_mention(tx, press.mention_id)
        if mention.state not in OPEN_STATES:
            raise AlreadyDecided(moved_on())
        chosen = next(
            (each for each in _answers(tx, desk, mention) if _key(each) == press.suggestion_id),
            None,
        )
        if chosen is None:
            raise GreenroomError(
                "The playbook has changed meanwhile.", "Open the saved answers again."
            )
        checks = checks_of(tx, desk, mention, chosen.text)
        now = desk.now()
        approved = approved_by(tx, mention.post.text)
        known = words_of_members(tx, mention.id, approved)
        draft = credited(chosen.draft(), replace(_context(tx, desk, mention), members_words=known))
        added = suggestions.add_beside(tx, mention.id, draft, checks, now)
        choices = choices_of(tx, mention)
        ask_card(tx, mention.id, at=now)
    view = edit_window(
        desk, mention, choices, added, added.text, draft_key=new_id(), checks=added.checks
    )
    if press.view_id:
        desk.slack.update_modal(press.view_id, view)
    else:
        desk.slack.open_modal(press.trigger_id, view)


def _answers(tx: Transaction, desk: Desk, mention: Mention) -> tuple[SavedAnswer, ...]:
    return saved_answers(_context(tx, desk, mention))


def _context(tx: Transaction, desk: Desk, mention: Mention) -> ReplyContext:
    return ReplyContext(
        post=mention.post,
        lane=mention.lane,
        account_handle=desk.account_handle,
        account_id=mark(tx, ACCOUNT_ID) or "",
        local_time=desk.now().astimezone(desk.timezone),
        voice=voices.voice(tx),
        playbook=voices.playbook(tx),
    )


def _key(answer: SavedAnswer) -> str:
    """Name an answer by its words: one that was changed meanwhile is another."""
    return hashlib.sha256(answer.text.encode("utf-8", "replace")).hexdigest()[:24]
