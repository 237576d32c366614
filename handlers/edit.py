"""*Edit…*: a member's own words, checked like a draft, then approved like one."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from domain import (
    OPEN_STATES,
    Advice,
    Check,
    DecisionKind,
    Lane,
    Mention,
    MentionState,
    Suggestion,
    Voice,
)
from errors import GreenroomError
from handlers.access import Member
from handlers.boundary import guarded
from handlers.deciding import (
    approve_text,
    move_or_tell_who,
    record,
    the_mention,
    what_changed,
)
from handlers.desk import Body, Desk, Press
from replies.checks import check_text, has_hard_stop, weighted_length
from storage import replies
from storage import suggestions as stored
from storage.database import Transaction
from storage.due_work import ask_timeline
from storage.ids import new_id
from storage.marks import ACCOUNT_HANDLE, ACCOUNT_ID, mark
from storage.posts import post_chain
from storage.said import NOT_REPEATED_FOR, said_since
from storage.similar import similar_answered
from storage.voices import voice
from views.modals import EditValues, edit_errors, edit_modal, read_edit

log = logging.getLogger("greenroom.edit")

_ABOVE = 4
#: The name of the check that holds a text against the facts.
_FACT = "fact"


def open_edit(desk: Desk, press: Press, _: Member) -> None:
    """Open the window with the suggestion that was chosen, or the first one."""
    with desk.db.read() as tx:
        mention = the_mention(tx, press.mention_id)
        choices = _choices(tx, mention)
        failed = replies.last_reply(tx, mention.id)
    chosen = _chosen(choices, press.suggestion_id)
    text = chosen.text if chosen else ""
    if mention.state is MentionState.FAILED and failed is not None:
        text = failed.text
    view = _window(mention, choices, chosen, text, draft_key=new_id())
    desk.slack.open_modal(press.trigger_id, view)


def on_typing(desk: Desk) -> Callable[..., None]:
    """Make the listener that shows the length while a person types."""

    def listener(ack: Callable[..., Any], body: Body) -> None:
        ack()
        _redraw(desk, body, lambda values, _: (values.text, values.draft_key))

    return listener


def on_start_from(desk: Desk) -> Callable[..., None]:
    """Make the listener that puts another suggestion into the window."""

    def listener(ack: Callable[..., Any], body: Body) -> None:
        ack()
        # A new key makes Slack show the new text instead of what was typed.
        _redraw(
            desk, body, lambda values, chosen: (chosen.text if chosen else values.text, new_id())
        )

    return listener


def on_submit(desk: Desk) -> Callable[..., None]:
    """Make the listener for the submitted window: checks first, then the decision."""

    def listener(ack: Callable[..., Any], body: Body) -> None:
        member_id = str(body["user"]["id"])
        values = read_edit(body["view"])
        try:
            answer = _verdict(desk, values)
        except GreenroomError as error:
            # The window stays open, so that nobody's words are lost.
            log.warning("member=%s %s", member_id, error.for_person())
            answer = _refusal(values, error.for_person())
        ack(**answer)
        if not answer:
            guarded(desk, None, member_id, lambda: _decide(desk, values, member_id))

    return listener


def _verdict(desk: Desk, values: EditValues) -> dict[str, Any]:
    with desk.db.read() as tx:
        mention = the_mention(tx, values.mention_id)
        choices = _choices(tx, mention)
        checks = _checks(tx, desk, mention, values.text)
    return _what_to_say(mention, choices, values, checks)


def _checks(tx: Transaction, desk: Desk, mention: Mention, text: str) -> tuple[Check, ...]:
    """Check a person's words as a draft is checked."""
    account_id, handle = mark(tx, ACCOUNT_ID) or "", mark(tx, ACCOUNT_HANDLE) or ""
    above = post_chain(tx, mention.id, _ABOVE)
    examples = similar_answered(tx, mention.post.text)
    # Who wrote the post is no stranger in the reply.
    asked = f"@{mention.post.author.handle} {mention.post.text}"
    return check_text(
        text,
        post_text=asked,
        recent_texts=said_since(tx, account_id, desk.now() - NOT_REPEATED_FOR),
        voice=_judging(voice(tx)),
        also_known=[*(post.text for post in above), *(ours for _, ours in examples)],
        author=mention.post.author,
        account_handle=handle,
    )


def _judging(known: Voice) -> Voice:
    """Return the voice that judges a person's words.

    A team that wrote down no facts knows them by heart: nothing is held against them.
    """
    return known if known.facts else replace(known, silenced=(*known.silenced, _FACT))


def _choices(tx: Transaction, mention: Mention) -> tuple[Suggestion, ...]:
    """Return what the window may start from: on a hostile post nothing is offered."""
    if mention.advice is Advice.HOSTILE:
        return ()
    return stored.latest_round(tx, mention.id)


def _refusal(values: EditValues, sentence: str) -> dict[str, Any]:
    return {"response_action": "errors", "errors": edit_errors(values, sentence)}


def _what_to_say(
    mention: Mention, choices: tuple[Suggestion, ...], values: EditValues, checks: tuple[Check, ...]
) -> dict[str, Any]:
    """Return the answer that keeps the window open, or {} when the text may be decided on."""
    if (stop := has_hard_stop(checks)) is not None:
        return _refusal(values, stop.why)
    if checks and values.warned_text != values.text:
        chosen = _chosen(choices, values.suggestion_id)
        view = _window(
            mention,
            choices,
            chosen,
            values.text,
            draft_key=values.draft_key,
            checks=checks,
            warned=True,
        )
        return {"response_action": "update", "view": view}
    return {}


def _decide(desk: Desk, values: EditValues, member_id: str) -> None:
    member = desk.access.member_who_may_decide(member_id)
    now = desk.now()
    with desk.db.write() as tx:
        mention = the_mention(tx, values.mention_id)
        source = stored.suggestion(tx, values.suggestion_id or "")
        change = what_changed(source.text, values.text) if source else "written anew"
        if mention.lane is Lane.BY_HAND:
            _use_by_hand(tx, desk, mention, member, values, change)
            return
        approve_text(
            tx,
            mention.id,
            DecisionKind.EDIT if change else DecisionKind.APPROVE,
            member,
            text=values.text,
            before=OPEN_STATES,
            at=now,
            due_at=now + desk.undo,
            suggestion_id=values.suggestion_id,
            change=change,
        )


def _use_by_hand(
    tx: Transaction,
    desk: Desk,
    mention: Mention,
    member: Member,
    values: EditValues,
    change: str | None,
) -> None:
    now = desk.now()
    move_or_tell_who(tx, mention.id, to=MentionState.BY_HAND, at=now, before=OPEN_STATES)
    record(
        tx,
        mention.id,
        DecisionKind.EDIT if change else DecisionKind.USE,
        member,
        at=now,
        text=values.text,
        suggestion_id=values.suggestion_id,
        change=change,
    )
    ask_timeline(tx, at=now)


def _redraw(
    desk: Desk,
    body: Body,
    what: Callable[[EditValues, Suggestion | None], tuple[str, str]],
) -> None:
    """Update the open window; a newer update wins, since Slack holds ours against the hash."""
    member_id = str(body["user"]["id"])

    def work() -> None:
        view = body["view"]
        values = read_edit(view)
        with desk.db.read() as tx:
            mention = the_mention(tx, values.mention_id)
            choices = _choices(tx, mention)
        chosen = _chosen(choices, values.suggestion_id)
        text, draft_key = what(values, chosen)
        redrawn = _window(mention, choices, chosen, text, draft_key=draft_key)
        desk.slack.update_modal(str(view["id"]), redrawn, hash=str(view["hash"]))

    guarded(desk, None, member_id, work)


def _window(
    mention: Mention,
    choices: tuple[Suggestion, ...],
    chosen: Suggestion | None,
    text: str,
    *,
    draft_key: str,
    checks: tuple[Check, ...] = (),
    warned: bool = False,
) -> dict[str, Any]:
    return edit_modal(
        mention,
        suggestions=choices,
        chosen_id=chosen.id if chosen else None,
        text=text,
        checks=checks,
        length=weighted_length(text),
        draft_key=draft_key,
        warned=warned,
    )


def _chosen(choices: tuple[Suggestion, ...], suggestion_id: str | None) -> Suggestion | None:
    for choice in choices:
        if choice.id == suggestion_id:
            return choice
    return choices[0] if choices else None
