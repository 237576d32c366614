"""What people do in Slack comes in: one file per intention; ack, ask access, record, done."""

from collections.abc import Callable

from slack_bolt import App

from handlers import (
    approve,
    aside,
    by_hand,
    commands,
    direct,
    edit,
    elsewhere,
    first_minutes,
    handing_over,
    home,
    learning,
    other_ideas,
    people,
    pile,
    playbook,
    rarer,
    saved_answers,
    shortcuts,
    skip,
    snooze,
    team_settings,
    thread,
    unconfirmed,
    voice,
    voice_offers,
)
from handlers.access import Member
from handlers.boundary import deciding
from handlers.desk import Desk, Press
from views.actions import ActionId, ViewId

_DECISIONS: dict[ActionId, Callable[[Desk, Press, Member], None]] = {
    ActionId.APPROVE: approve.approve,
    ActionId.UNDO: approve.undo,
    ActionId.USE: by_hand.use,
    ActionId.POSTED: by_hand.posted,
    ActionId.BACK: by_hand.back,
    ActionId.EDIT: edit.open_edit,
    ActionId.OTHER_IDEAS: other_ideas.open_other_ideas,
    ActionId.SKIP: skip.skip,
    ActionId.BRING_BACK: skip.bring_back,
    ActionId.BRING_ASIDE_BACK: aside.bring_aside_back,
    ActionId.MORE: rarer.choose,
    ActionId.SNOOZE: snooze.open_snooze,
    ActionId.GIVE_BACK: handing_over.give_back,
    ActionId.USE_SAVED: saved_answers.use_saved,
    ActionId.CHECK_AGAIN: unconfirmed.check_again,
    ActionId.SEND_ANYWAY: unconfirmed.send_anyway,
    ActionId.RETRY: unconfirmed.retry,
    ActionId.SHOW_MORE: first_minutes.show_more,
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
    ActionId.ADD_WATCH: first_minutes.open_watch,
    ActionId.START_WATCH: first_minutes.start_watch,
    ActionId.CHANGE_QUERY: first_minutes.change_query,
    ActionId.WHO_APPROVES: first_minutes.tell_who_approves,
    ActionId.ADOPT_RULE: learning.adopt,
    ActionId.DROP_RULE: learning.drop,
    ActionId.OPEN_PERSON: people.open_person,
    ActionId.OPEN_PEOPLE: people.open_people,
    ActionId.ADD_NOTE: people.open_note,
    ActionId.REMOVE_NOTE: people.remove_note,
    ActionId.LIFT_OPT_OUT: people.lift_opt_out,
    ActionId.MUTE_PERSON: people.mute,
    ActionId.UNMUTE_PERSON: people.unmute,
    ActionId.SHOW_PILE: pile.show,
    ActionId.BRING_PILED_BACK: pile.bring_back,
    ActionId.LET_PILE_BE: pile.let_be,
    ActionId.KEEP_FACT: thread.keep_fact,
    ActionId.LEAVE_FACT: thread.leave_fact,
    ActionId.PAUSE_LISTENING: home.pause_listening,
    ActionId.RESUME_LISTENING: home.resume_listening,
    ActionId.REST_WATCH: home.rest_watch,
    ActionId.WAKE_WATCH: home.wake_watch,
    ActionId.HOME_SKIP: home.skip_here,
    ActionId.HOME_PEOPLE: home.open_people,
}

#: What changes who may decide: Slack's events that make the memory of it worthless.
_ACCESS_EVENTS = (
    "member_joined_channel",
    "member_left_channel",
    "user_change",
    "subteam_members_changed",
)


def register(app: App, desk: Desk) -> None:
    """Register every handler with Bolt."""
    for action, decide in _DECISIONS.items():
        app.action(str(action))(deciding(desk, decide))
    for link in (ActionId.OPEN_ON_X, ActionId.OPEN_CARD):
        app.action(str(link))(lambda ack: ack())
    may_set = desk.access.member_who_may_set
    opens = deciding(desk, team_settings.open_settings, may_set)
    app.action(str(ActionId.OPEN_SETTINGS))(opens)
    app.view(str(ViewId.TEAM_SETTINGS))(team_settings.on_settings(desk))
    app.action(str(ActionId.EDIT_TEXT))(edit.on_typing(desk))
    app.action(str(ActionId.EDIT_FROM))(edit.on_start_from(desk))
    app.view(str(ViewId.EDIT))(edit.on_submit(desk))
    app.view(str(ViewId.OTHER_IDEAS))(other_ideas.on_submit(desk))
    app.view(str(ViewId.HAND_OVER))(handing_over.on_hand_over(desk))
    app.view(str(ViewId.SNOOZE))(snooze.on_snooze(desk))
    app.view(str(ViewId.ELSEWHERE))(elsewhere.on_elsewhere(desk))
    app.view(str(ViewId.VOICE))(voice.on_voice(desk))
    app.view(str(ViewId.INTERVIEW))(voice_offers.on_interview(desk))
    app.view(str(ViewId.OCCASION))(playbook.on_occasion(desk))
    app.view(str(ViewId.PERSON_NOTE))(people.on_note(desk))
    app.view(str(ViewId.WATCH))(first_minutes.on_watch(desk))
    app.view(str(ViewId.LINK))(shortcuts.on_link(desk))
    app.message_shortcut(shortcuts.FROM_MESSAGE)(shortcuts.on_message_shortcut(desk))
    app.global_shortcut(shortcuts.FROM_LINK)(shortcuts.on_global_shortcut(desk))
    app.command("/greenroom")(commands.on_command(desk))
    app.event("app_home_opened")(home.on_opened(desk))
    for event in _ACCESS_EVENTS:
        app.event(event)(desk.access.forget)
    app.event("message")(thread.on_message(desk, direct.hear_direct))
    app.event("app_mention")(direct.on_named(desk))
