"""The names of everything that can be pressed, and what a press carries."""

from dataclasses import dataclass
from enum import StrEnum


class ActionId(StrEnum):
    """The action ids of all buttons, menus and live inputs."""

    APPROVE = "approve"
    EDIT = "edit"
    OTHER_IDEAS = "other_ideas"
    SAVED_ANSWERS = "saved_answers"
    SKIP = "skip"
    MORE = "more"
    USE = "use"
    OPEN_ON_X = "open_on_x"
    POSTED = "posted"
    BACK = "back"
    UNDO = "undo"
    CHECK_AGAIN = "check_again"
    SEND_ANYWAY = "send_anyway"
    RETRY = "retry"
    SHOW_MORE = "show_more"
    SAY_HOW_WE_TALK = "say_how_we_talk"
    ADD_WATCH = "add_watch"
    START_WATCH = "start_watch"
    CHANGE_QUERY = "change_query"
    WHO_APPROVES = "who_approves"
    EDIT_TEXT = "edit_text"
    EDIT_FROM = "edit_from"
    BRING_BACK = "bring_back"
    SNOOZE = "snooze"
    GIVE_BACK = "give_back"
    USE_SAVED = "use_saved"
    BRING_ASIDE_BACK = "bring_aside_back"
    SET_UP_VOICE = "set_up_voice"
    VOICE_FROM_PAST = "voice_from_past"
    VOICE_HISTORY = "voice_history"
    TAKE_VOICE = "take_voice"
    CHANGE_VOICE = "change_voice"
    LEAVE_VOICE = "leave_voice"
    LOOK_AT_VOICE = "look_at_voice"
    BRING_VOICE_BACK = "bring_voice_back"
    EDIT_PLAYBOOK = "edit_playbook"
    EDIT_OCCASION = "edit_occasion"
    ADD_OCCASION = "add_occasion"
    REMOVE_OCCASION = "remove_occasion"
    ADOPT_RULE = "adopt_rule"
    OPEN_PERSON = "open_person"
    OPEN_PEOPLE = "open_people"
    ADD_NOTE = "add_note"
    REMOVE_NOTE = "remove_note"
    LIFT_OPT_OUT = "lift_opt_out"
    MUTE_PERSON = "mute_person"
    UNMUTE_PERSON = "unmute_person"
    DROP_RULE = "drop_rule"
    SHOW_PILE = "show_pile"
    LET_PILE_BE = "let_pile_be"
    BRING_PILED_BACK = "bring_piled_back"
    KEEP_FACT = "keep_fact"
    LEAVE_FACT = "leave_fact"
    OPEN_SETTINGS = "open_settings"
    OPEN_CARD = "open_card"
    HOME_PEOPLE = "home_people"
    PAUSE_LISTENING = "pause_listening"
    RESUME_LISTENING = "resume_listening"
    REST_WATCH = "rest_watch"
    WAKE_WATCH = "wake_watch"
    HOME_SKIP = "home_skip"


class ViewId(StrEnum):
    """The callback ids of all modals."""

    EDIT = "edit_reply"
    OTHER_IDEAS = "other_ideas"
    HAND_OVER = "hand_over"
    SNOOZE = "snooze"
    ELSEWHERE = "elsewhere"
    SAVED = "saved_answers"
    VOICE = "voice"
    WATCH = "watch"
    INTERVIEW = "interview"
    VOICE_OFFER = "voice_offer"
    VOICE_HISTORY = "voice_history"
    PLAYBOOK = "playbook"
    PERSON = "person"
    PERSON_NOTE = "person_note"
    LINK = "link"
    PILE = "pile"
    OCCASION = "occasion"
    TEAM_SETTINGS = "team_settings"
    PEOPLE = "people"


class OverflowChoice(StrEnum):
    """What the card's overflow menu offers. The first part of an option's value."""

    # Not offered any more, but cards that were posted before still have them.
    SNOOZE_HOUR = "snooze:60"
    SNOOZE_TOMORROW = "snooze:tomorrow"
    MUTE_PERSON = "mute_person"
    ASSIGN = "assign"
    SAVED_ANSWER = "saved_answer"
    ELSEWHERE = "elsewhere"
    SEE_PERSON = "see_person"
    PAUSE_WATCH = "pause_watch"


@dataclass(frozen=True, slots=True)
class PickedOverflow:
    """What an overflow option's value says."""

    choice: OverflowChoice
    mention_id: str


def button_value(mention_id: str, beside_id: str | None = None) -> str:
    """Write a button's value; `beside_id` is the suggestion or reply whose words it is about."""
    return mention_id if beside_id is None else f"{mention_id}|{beside_id}"


def option_value(choice: OverflowChoice, mention_id: str) -> str:
    """Write an overflow option's value.

    Slack keeps no other trace of the mention: an overflow menu itself carries no value.
    """
    return f"{choice}|{mention_id}"


def read_option(value: str) -> PickedOverflow:
    """Read an overflow option's value.

    Raises:
        ValueError: the value is none of ours.
    """
    choice, _, mention_id = value.partition("|")
    return PickedOverflow(OverflowChoice(choice), mention_id)
