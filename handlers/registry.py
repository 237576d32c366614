"""What people do in Slack comes in: one file per intention; ack, ask access, record, done."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App

from handlers.commands import slash_command
from handlers.decisions import (
    approve,
    assign,
    edit,
    edit_submitted,
    escalate,
    manual_reply,
    other_ideas,
    overflow_menu,
    people,
    saved_answers,
    skip,
    snooze,
    unconfirmed,
)
from handlers.entry.access import May, Member, Right
from handlers.entry.answers import unfurl_nothing
from handlers.entry.context import HandlerContext, Press
from handlers.entry.error_boundary import deciding
from handlers.entry.permissions import PRESSES, SHORTCUTS, WINDOWS, Shortcut
from handlers.listening import onboarding, shortcuts
from handlers.talking import direct_messages, thread
from handlers.team import home, team_settings
from handlers.triage import burst, filtered
from handlers.voice import learning, playbook, voice, voice_offers
from views.blocks.action_ids import ActionId, ViewId

_Listener = Callable[..., None]

#: What a press does, once it is known that who pressed may.
_DECISIONS: dict[ActionId, Callable[[HandlerContext, Press, Member], None]] = {
    ActionId.APPROVE: approve.approve,
    ActionId.UNDO: approve.undo,
    ActionId.USE: manual_reply.use,
    ActionId.POSTED: manual_reply.posted,
    ActionId.BACK: manual_reply.back,
    ActionId.EDIT: edit.open_edit,
    ActionId.OTHER_IDEAS: other_ideas.open_other_ideas,
    ActionId.SAVED_ANSWERS: saved_answers.open_from_card,
    ActionId.SKIP: skip.skip,
    ActionId.BRING_BACK: skip.bring_back,
    ActionId.BRING_ASIDE_BACK: filtered.bring_aside_back,
    ActionId.MORE: overflow_menu.choose,
    ActionId.SNOOZE: snooze.open_snooze,
    ActionId.GIVE_BACK: assign.give_back,
    ActionId.USE_SAVED: saved_answers.use_saved,
    ActionId.CHECK_AGAIN: unconfirmed.check_again,
    ActionId.SEND_ANYWAY: unconfirmed.send_anyway,
    ActionId.RETRY: unconfirmed.retry,
    ActionId.SHOW_MORE: onboarding.show_more,
    ActionId.SAY_HOW_WE_TALK: voice.open_voice,
    ActionId.VOICE_HISTORY: voice.open_history,
    ActionId.BRING_VOICE_BACK: voice.bring_back,
    ActionId.SET_UP_VOICE: voice_offers.open_interview,
    ActionId.VOICE_FROM_PAST: voice_offers.ask_past_replies,
    ActionId.LOOK_AT_VOICE: voice_offers.look,
    ActionId.TAKE_VOICE: voice_offers.take,
    ActionId.CHANGE_VOICE: voice_offers.change,
    ActionId.LEAVE_VOICE: voice_offers.leave,
    ActionId.EDIT_PLAYBOOK: playbook.open_playbook,
    ActionId.EDIT_OCCASION: playbook.open_occasion,
    ActionId.ADD_OCCASION: playbook.open_new,
    ActionId.REMOVE_OCCASION: playbook.remove,
    ActionId.ADD_WATCH: onboarding.open_watch,
    ActionId.START_WATCH: onboarding.start_watch,
    ActionId.CHANGE_QUERY: onboarding.change_query,
    ActionId.WHO_APPROVES: onboarding.tell_who_approves,
    ActionId.ADOPT_RULE: learning.adopt,
    ActionId.DROP_RULE: learning.drop,
    ActionId.OPEN_PERSON: people.open_person,
    ActionId.OPEN_PEOPLE: people.open_people,
    ActionId.ADD_NOTE: people.open_note,
    ActionId.REMOVE_NOTE: people.remove_note,
    ActionId.LIFT_OPT_OUT: people.lift_opt_out,
    ActionId.MUTE_PERSON: people.mute,
    ActionId.UNMUTE_PERSON: people.unmute,
    ActionId.SHOW_PILE: burst.show,
    ActionId.BRING_PILED_BACK: burst.bring_back,
    ActionId.LET_PILE_BE: burst.let_be,
    ActionId.KEEP_FACT: thread.keep_fact,
    ActionId.LEAVE_FACT: thread.leave_fact,
    ActionId.PAUSE_LISTENING: home.pause_listening,
    ActionId.RESUME_LISTENING: home.resume_listening,
    ActionId.REST_WATCH: home.rest_watch,
    ActionId.WAKE_WATCH: home.wake_watch,
    ActionId.HOME_SKIP: home.skip_here,
    ActionId.HOME_PEOPLE: home.open_people,
    ActionId.OPEN_SETTINGS: team_settings.open_settings,
}

#: Inputs that tell of themselves while a window is open.
_LIVE: dict[ActionId, Callable[[HandlerContext, May], _Listener]] = {
    ActionId.EDIT_TEXT: edit.on_typing,
    ActionId.EDIT_FROM: edit.on_start_from,
}

_SUBMISSIONS: dict[ViewId, Callable[[HandlerContext, May], _Listener]] = {
    ViewId.TEAM_SETTINGS: team_settings.on_settings,
    ViewId.EDIT: edit_submitted.on_submit,
    ViewId.OTHER_IDEAS: other_ideas.on_submit,
    ViewId.HAND_OVER: assign.on_hand_over,
    ViewId.SNOOZE: snooze.on_snooze,
    ViewId.ELSEWHERE: escalate.on_elsewhere,
    ViewId.VOICE: voice.on_voice,
    ViewId.INTERVIEW: voice_offers.on_interview,
    ViewId.OCCASION: playbook.on_occasion,
    ViewId.PERSON_NOTE: people.on_note,
    ViewId.WATCH: onboarding.on_watch,
    ViewId.LINK: shortcuts.on_link,
}

_SHORTCUTS: dict[Shortcut, Callable[[HandlerContext, May], _Listener]] = {
    Shortcut.FROM_MESSAGE: shortcuts.on_message_shortcut,
    Shortcut.FROM_LINK: shortcuts.on_global_shortcut,
}

#: What changes who may decide: Slack's events that make the memory of it worthless.
_ACCESS_EVENTS = (
    "member_joined_channel",
    "member_left_channel",
    "user_change",
    "subteam_members_changed",
)


def register(app: App, ctx: HandlerContext) -> None:
    """Register with Bolt every way in of handlers/entry/permissions.py, and nothing else."""
    app.use(unfurl_nothing)
    for action, right in PRESSES.items():
        app.action(str(action))(_pressed(ctx, action, right))
    for view, right in WINDOWS.items():
        app.view(str(view))(_submitted(ctx, view, right))
    for shortcut, right in SHORTCUTS.items():
        app.shortcut(str(shortcut))(_SHORTCUTS[shortcut](ctx, ctx.access.who_has(right)))
    app.command("/greenroom")(slash_command.on_command(ctx))
    app.event("app_home_opened")(home.on_opened(ctx))
    for event in _ACCESS_EVENTS:
        app.event(event)(ctx.access.forget)
    app.event("message")(thread.on_message(ctx, direct_messages.hear_direct))
    app.event("app_mention")(direct_messages.on_named(ctx))


def _pressed(ctx: HandlerContext, action: ActionId, right: Right) -> _Listener:
    if right is Right.ANYONE:
        return _only_acknowledged
    may = ctx.access.who_has(right)
    if action in _LIVE:
        return _LIVE[action](ctx, may)
    return deciding(ctx, _DECISIONS[action], may)


def _submitted(ctx: HandlerContext, view: ViewId, right: Right) -> _Listener:
    if right is Right.NOBODY:
        return _only_acknowledged
    return _SUBMISSIONS[view](ctx, ctx.access.who_has(right))


def _only_acknowledged(ack: Callable[..., Any]) -> None:
    ack()
