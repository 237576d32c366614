"""The team's settings: opened and changed by admins, each change recorded."""

from collections.abc import Callable, Mapping
from typing import Any

from errors import GreenroomError, SlackError
from handlers.entry.access import Access, May, Member
from handlers.entry.context import Body, HandlerContext, Press, view_of
from handlers.entry.submitting import Submitted, at_fields, submitting
from handlers.team.home import show_home
from storage.db.database import Transaction
from storage.queue.enqueue import enqueue_settings_followed
from storage.team.team_settings import set_team_setting, setting_changes, team_settings
from views.blocks.form import answered_blocks
from views.team.settings_form import Wanted, read_team_settings
from views.team.settings_modal import team_settings_modal
from views.team.settings_texts import no_approver_left, not_invited, value_words

#: The settings that name a channel; their blocks have the same names.
_CHANNELS = ("channel", "escalate_to")
_MOST_ASKED = 30


def open_settings(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the window."""
    with ctx.db.read() as tx:
        settings = team_settings(tx, ctx.team.settings)
        changes = setting_changes(tx, 8)
    ctx.slack.open_modal(press.trigger_id, team_settings_modal(settings, changes))


def on_settings(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener that stores what was changed."""

    def store(member: Member, body: Body) -> Submitted:
        wanted = read_team_settings(view_of(body))
        errors = wanted.errors or _refused(ctx, wanted.values, _blocks(body))
        if errors:
            return at_fields(errors)
        _store(ctx, member, wanted)
        ctx.team.refresh()
        ctx.access.forget()
        # The tab behind the window shows what was changed.
        return Submitted({})

    def after(member: Member, _: Body) -> None:
        show_home(ctx, member.id)

    return submitting(
        ctx,
        store,
        may=may,
        field=lambda body: next(iter(_blocks(body)), "undo"),
        after=after,
    )


def _blocks(body: Body) -> tuple[str, ...]:
    return answered_blocks(view_of(body))


def _refused(
    ctx: HandlerContext, values: Mapping[str, Any], blocks: tuple[str, ...]
) -> dict[str, str]:
    """Ask Slack whether the chosen channels and approvers can serve; return errors by block."""
    errors = {}
    for name in _CHANNELS:
        if values.get(name):
            try:
                channel = ctx.slack.channel(str(values[name]))
            except SlackError:
                errors[name] = not_invited("that channel")
                continue
            if not channel.is_member:
                errors[name] = not_invited(channel.name)
    if values.get("approvers") and "approvers" in blocks and not _anybody(ctx, values):
        errors["approvers"] = no_approver_left()
    return errors


def _anybody(ctx: HandlerContext, values: Mapping[str, Any]) -> bool:
    """Tell whether one of the new approvers may decide."""
    channel = str(values.get("channel") or ctx.channel)
    asked = Access(
        ctx.slack,
        circle_of=lambda: (channel, values["approvers"]),
        team_id=ctx.access.team_id,
    )
    try:
        ids = sorted(asked.circle())[:_MOST_ASKED]
    except SlackError:
        return False
    return any(_may(asked, member_id) for member_id in ids)


def _may(access: Access, member_id: str) -> bool:
    try:
        access.member_who_may_decide(member_id)
    except GreenroomError:
        return False
    return True


def _store(ctx: HandlerContext, member: Member, wanted: Wanted) -> None:
    """Store each change with who made it and what it was before."""
    now = ctx.now()
    changed = []
    with ctx.db.write() as tx:
        before = team_settings(tx, ctx.team.settings)
        for name, value in wanted.values.items():
            was = getattr(before, name)
            if name in before.forced or was == value:
                continue
            changed.append(name)
            told = (value_words(name, was), value_words(name, value))
            _set(tx, name, value, told, member, ctx)
        if changed:
            enqueue_settings_followed(tx, changed, at=now)


def _set(
    tx: Transaction,
    name: str,
    value: Any,
    told: tuple[str, str],
    member: Member,
    ctx: HandlerContext,
) -> None:
    set_team_setting(
        tx,
        name,
        value,
        told=told,
        member_id=member.id,
        member_name=member.name,
        at=ctx.now(),
    )
