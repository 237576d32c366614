"""*Edit…*, submitted: checks first, then the decision, and only then does the window close."""

from collections.abc import Callable
from typing import Any

from domain import Check, Mention, Suggestion
from errors import AlreadyDecided, NotAllowed
from handlers.decisions.check_own_words import checks_of
from handlers.decisions.commit import the_mention
from handlers.decisions.edit import choices_of, chosen_of, decide, edit_window
from handlers.decisions.second_approver import somebody_else_may_decide
from handlers.entry.access import May, Member
from handlers.entry.context import Body, HandlerContext, view_of
from handlers.entry.submitting import Submitted, submitting
from replies.checks import has_hard_stop
from storage.inbox import decisions, mentions
from storage.inbox import suggestions as stored
from storage.queue.enqueue import enqueue_card
from views.modals import EditValues, edit_errors, read_edit
from views.talking.private_texts import nobody_else


def on_submit(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener for the submitted window: checks first, then the decision.

    Both come before the answer: a window that closed has taken what was written with it.
    """

    def store(member: Member, body: Body) -> Submitted:
        values = read_edit(view_of(body))
        if answer := _verdict(ctx, values):
            return Submitted(answer)
        try:
            decide(ctx, values, member)
        except NotAllowed as refusal:
            if not _stands_there(ctx, values, member):
                raise
            return Submitted({}, str(refusal))
        except AlreadyDecided:
            if not _was_taken(ctx, values, member):
                raise
        return Submitted({})

    return submitting(
        ctx,
        store,
        may=may,
        field=lambda body: read_edit(view_of(body)).text_block,
        after=lambda member, body: _say_if_nobody_else(ctx, read_edit(view_of(body)), member),
    )


def _stands_there(ctx: HandlerContext, values: EditValues, member: Member) -> bool:
    """Tell whether these words wait on the card for somebody else already."""
    with ctx.db.read() as tx:
        latest = stored.latest_round(tx, values.mention_id)
    return any(each.text == values.text and each.member_id == member.id for each in latest)


def _was_taken(ctx: HandlerContext, values: EditValues, member: Member) -> bool:
    """Tell whether an earlier press of this window took these words; Slack had not heard so."""
    with ctx.db.read() as tx:
        last = decisions.last_decision(tx, values.mention_id, decisions.TAKING_A_TEXT)
    return last is not None and last.member_id == member.id and last.text == values.text


def _say_if_nobody_else(ctx: HandlerContext, values: EditValues, member: Member) -> None:
    """Say on the card that nobody else may approve what was handed in; asks Slack."""
    if not ctx.team.settings.second_approver or not _stands_there(ctx, values, member):
        return
    if somebody_else_may_decide(ctx, member):
        return
    with ctx.db.write() as tx:
        mentions.set_note(tx, values.mention_id, nobody_else(member.name))
        enqueue_card(tx, values.mention_id, at=ctx.now())


def _verdict(ctx: HandlerContext, values: EditValues) -> dict[str, Any]:
    with ctx.db.read() as tx:
        mention = the_mention(tx, values.mention_id)
        choices = choices_of(tx, mention, values.suggestion_id)
        checks = checks_of(tx, ctx, mention, values.text)
    return _what_to_say(ctx, mention, choices, values, checks)


def _refusal(values: EditValues, sentence: str) -> dict[str, Any]:
    return {"response_action": "errors", "errors": edit_errors(values, sentence)}


def _what_to_say(
    ctx: HandlerContext,
    mention: Mention,
    choices: tuple[Suggestion, ...],
    values: EditValues,
    checks: tuple[Check, ...],
) -> dict[str, Any]:
    """Return the answer that keeps the window open, or {} when the text may be decided on."""
    if (stop := has_hard_stop(checks)) is not None:
        return _refusal(values, stop.why)
    if checks and not values.was_warned:
        chosen = chosen_of(choices, values.suggestion_id)
        view = edit_window(
            ctx,
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
