"""*Edit…*: a member's own words, checked like a draft, then approved like one."""

from collections.abc import Callable
from typing import Any

from domain import (
    OPEN_STATES,
    Advice,
    Check,
    DecisionKind,
    Lane,
    Mention,
    MentionState,
    Source,
    Suggestion,
)
from handlers.decisions.check_own_words import checks_of
from handlers.decisions.commit import (
    DecidedText,
    approve_text,
    take_by_hand,
    the_mention,
    what_changed,
)
from handlers.decisions.refusals import needs_another
from handlers.decisions.second_approver import hand_in
from handlers.entry.access import May, Member
from handlers.entry.context import Body, HandlerContext, Press, member_of, view_of
from handlers.entry.error_boundary import guarded
from replies.checks import weighted_length
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.inbox import replies
from storage.inbox import suggestions as stored
from views.modals import EditValues, edit_modal, read_edit


def open_edit(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the window with the suggestion that was chosen, or the first one."""
    with ctx.db.read() as tx:
        mention = the_mention(tx, press.mention_id)
        choices = choices_of(tx, mention, press.suggestion_id)
        failed = replies.last_reply(tx, mention.id)
    chosen = chosen_of(choices, press.suggestion_id)
    text = chosen.text if chosen else ""
    if mention.state is MentionState.FAILED and failed is not None:
        text = failed.text
    view = edit_window(ctx, mention, choices, chosen, text, draft_key=new_id())
    ctx.slack.open_modal(press.trigger_id, view)


def on_typing(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener that shows the length while a person types."""

    def listener(ack: Callable[..., Any], body: Body) -> None:
        ack()
        _redraw(ctx, may, body, lambda values, _: (values.text, values.draft_key))

    return listener


def on_start_from(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener that puts another suggestion into the window."""

    def chosen_text(values: EditValues, chosen: Suggestion | None) -> tuple[str, str]:
        # A new key makes Slack show the new text instead of what was typed.
        return chosen.text if chosen else values.text, new_id()

    def listener(ack: Callable[..., Any], body: Body) -> None:
        ack()
        _redraw(ctx, may, body, chosen_text)

    return listener


def choices_of(
    tx: Transaction, mention: Mention, chosen_id: str | None = None
) -> tuple[Suggestion, ...]:
    """Return what the window may start from: on a hostile post only what a person wrote.

    Where the card shows no suggestion there mostly is none, and the window opens empty.

    `chosen_id` may be a suggestion of the card's thread; then it is the last of the choices.
    """
    latest = stored.latest_round(tx, mention.id)
    chosen = stored.suggestion(tx, chosen_id) if chosen_id else None
    if chosen is not None and chosen.mention_id == mention.id and chosen not in latest:
        latest = (*latest, chosen)
    if mention.advice is Advice.HOSTILE:
        return tuple(each for each in latest if each.source is Source.MEMBER)
    return latest


def decide(ctx: HandlerContext, values: EditValues, member: Member) -> None:
    """Approve the submitted words, or hand them in for somebody else to approve.

    Raises:
        NotAllowed: their words wait for another already.
        AlreadyDecided: somebody was first.
    """
    now = ctx.now()
    with ctx.db.write() as tx:
        mention = the_mention(tx, values.mention_id)
        source = _source(tx, mention, values.suggestion_id)
        change = what_changed(source.text, values.text) if source else "written anew"
        by_hand = mention.lane is Lane.BY_HAND
        unchanged = DecisionKind.USE if by_hand else DecisionKind.APPROVE
        taken = DecidedText(
            kind=DecisionKind.EDIT if change else unchanged,
            member=member,
            text=values.text,
            at=now,
            suggestion_id=source.id if source else None,
            change=change,
        )
        if needs_another(tx, mention.id, member, values.text):
            hand_in(tx, mention, taken, checks_of(tx, ctx, mention, values.text))
        elif by_hand:
            take_by_hand(tx, mention.id, taken)
        else:
            approve_text(tx, mention.id, taken, before=OPEN_STATES, due_at=now + ctx.undo)


def _source(tx: Transaction, mention: Mention, suggestion_id: str | None) -> Suggestion | None:
    """Return the suggestion that a text was made of; one of another mention is none of it."""
    source = stored.suggestion(tx, suggestion_id) if suggestion_id else None
    return source if source is not None and source.mention_id == mention.id else None


def _redraw(
    ctx: HandlerContext,
    may: May,
    body: Body,
    what: Callable[[EditValues, Suggestion | None], tuple[str, str]],
) -> None:
    """Update the open window; a newer update wins, since Slack holds ours against the hash."""
    member_id = member_of(body)

    def work() -> None:
        may(member_id)
        view = view_of(body)
        values = read_edit(view)
        with ctx.db.read() as tx:
            mention = the_mention(tx, values.mention_id)
            choices = choices_of(tx, mention, values.suggestion_id)
        chosen = chosen_of(choices, values.suggestion_id)
        text, draft_key = what(values, chosen)
        redrawn = edit_window(ctx, mention, choices, chosen, text, draft_key=draft_key)
        ctx.slack.update_modal(str(view.get("id")), redrawn, hash=str(view.get("hash")))

    guarded(ctx, None, member_id, work)


def edit_window(
    ctx: HandlerContext,
    mention: Mention,
    choices: tuple[Suggestion, ...],
    chosen: Suggestion | None,
    text: str,
    *,
    draft_key: str,
    checks: tuple[Check, ...] = (),
    warned: bool = False,
) -> dict[str, Any]:
    """Build the window; the arguments are those of `edit_modal`."""
    return edit_modal(
        mention,
        suggestions=choices,
        chosen_id=chosen.id if chosen else None,
        text=text,
        checks=checks,
        length=weighted_length(text),
        draft_key=draft_key,
        warned=warned,
        second_approver=ctx.team.settings.second_approver,
    )


def chosen_of(choices: tuple[Suggestion, ...], suggestion_id: str | None) -> Suggestion | None:
    for choice in choices:
        if choice.id == suggestion_id:
            return choice
    return choices[0] if choices else None
