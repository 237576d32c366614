"""Who may do what: one table of every way in, from which the handlers take their question.

A way that is not in the table does not exist: `handlers/registry.py` registers what stands
here and nothing else, and tests hold the table against every id that a view may draw. What is
asked is answered by `Access.member_with`.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from handlers.entry.access import Right
from replies.steering import MessageKind
from views.blocks.action_ids import ActionId, OverflowChoice, ViewId


class Shortcut(StrEnum):
    """The callback ids in manifest.yaml."""

    FROM_MESSAGE = "suggest_from_message"
    FROM_LINK = "suggest_from_link"


class Subcommand(StrEnum):
    """What can be asked for behind `/greenroom`, by its first word."""

    HELP = "help"
    WAITING = "waiting"
    WATCH = "watch"
    VOICE = "voice"
    PLAYBOOK = "playbook"
    PEOPLE = "people"
    STATS = "stats"
    TODAY = "today"
    BUDGET = "budget"
    PAUSE = "pause"
    RESUME = "resume"
    EXPORT = "export"
    SET_UP = "setup"


class Heard(StrEnum):
    """What is taken up without a button: words to us, and the Home tab being opened."""

    QUESTION = "question"
    NAMED = "named"
    HOME = "home"


_DECIDE, _SET, _ANYONE, _NOBODY = Right.DECIDE, Right.SET, Right.ANYONE, Right.NOBODY

#: Buttons, menus and live inputs. A link opens an address in the presser's own browser.
PRESSES: Mapping[ActionId, Right] = MappingProxyType(
    {
        ActionId.APPROVE: _DECIDE,
        ActionId.EDIT: _DECIDE,
        ActionId.OTHER_IDEAS: _DECIDE,
        ActionId.SAVED_ANSWERS: _DECIDE,
        ActionId.SKIP: _DECIDE,
        ActionId.MORE: _DECIDE,
        ActionId.USE: _DECIDE,
        ActionId.OPEN_ON_X: _ANYONE,
        ActionId.POSTED: _DECIDE,
        ActionId.BACK: _DECIDE,
        ActionId.UNDO: _DECIDE,
        ActionId.CHECK_AGAIN: _DECIDE,
        ActionId.SEND_ANYWAY: _DECIDE,
        ActionId.RETRY: _DECIDE,
        ActionId.SHOW_MORE: _DECIDE,
        ActionId.SAY_HOW_WE_TALK: _DECIDE,
        ActionId.ADD_WATCH: _DECIDE,
        ActionId.START_WATCH: _DECIDE,
        ActionId.CHANGE_QUERY: _DECIDE,
        ActionId.WHO_APPROVES: _DECIDE,
        ActionId.EDIT_TEXT: _DECIDE,
        ActionId.EDIT_FROM: _DECIDE,
        ActionId.BRING_BACK: _DECIDE,
        ActionId.SNOOZE: _DECIDE,
        ActionId.GIVE_BACK: _DECIDE,
        ActionId.USE_SAVED: _DECIDE,
        ActionId.BRING_ASIDE_BACK: _DECIDE,
        ActionId.SET_UP_VOICE: _DECIDE,
        ActionId.VOICE_FROM_PAST: _DECIDE,
        ActionId.VOICE_HISTORY: _DECIDE,
        ActionId.TAKE_VOICE: _DECIDE,
        ActionId.CHANGE_VOICE: _DECIDE,
        ActionId.LEAVE_VOICE: _DECIDE,
        ActionId.LOOK_AT_VOICE: _DECIDE,
        ActionId.BRING_VOICE_BACK: _DECIDE,
        ActionId.EDIT_PLAYBOOK: _DECIDE,
        ActionId.EDIT_OCCASION: _DECIDE,
        ActionId.ADD_OCCASION: _DECIDE,
        ActionId.REMOVE_OCCASION: _DECIDE,
        ActionId.ADOPT_RULE: _DECIDE,
        ActionId.OPEN_PERSON: _DECIDE,
        ActionId.OPEN_PEOPLE: _DECIDE,
        ActionId.ADD_NOTE: _DECIDE,
        ActionId.REMOVE_NOTE: _DECIDE,
        ActionId.LIFT_OPT_OUT: _DECIDE,
        ActionId.MUTE_PERSON: _DECIDE,
        ActionId.UNMUTE_PERSON: _DECIDE,
        ActionId.DROP_RULE: _DECIDE,
        ActionId.SHOW_PILE: _DECIDE,
        ActionId.LET_PILE_BE: _DECIDE,
        ActionId.BRING_PILED_BACK: _DECIDE,
        ActionId.KEEP_FACT: _DECIDE,
        ActionId.LEAVE_FACT: _DECIDE,
        ActionId.OPEN_SETTINGS: _SET,
        ActionId.OPEN_CARD: _ANYONE,
        ActionId.HOME_PEOPLE: _DECIDE,
        ActionId.PAUSE_LISTENING: _DECIDE,
        ActionId.RESUME_LISTENING: _DECIDE,
        ActionId.REST_WATCH: _DECIDE,
        ActionId.WAKE_WATCH: _DECIDE,
        ActionId.HOME_SKIP: _DECIDE,
    }
)

#: What stands behind a card's overflow menu; asked besides what `ActionId.MORE` asks.
CHOICES: Mapping[OverflowChoice, Right] = MappingProxyType(
    {
        OverflowChoice.SNOOZE_HOUR: _DECIDE,
        OverflowChoice.SNOOZE_TOMORROW: _DECIDE,
        OverflowChoice.MUTE_PERSON: _DECIDE,
        OverflowChoice.ASSIGN: _DECIDE,
        OverflowChoice.SAVED_ANSWER: _DECIDE,
        OverflowChoice.ELSEWHERE: _DECIDE,
        OverflowChoice.SEE_PERSON: _DECIDE,
        OverflowChoice.PAUSE_WATCH: _DECIDE,
    }
)

#: Submitted windows. Those for nobody only show something and have no button to submit them.
WINDOWS: Mapping[ViewId, Right] = MappingProxyType(
    {
        ViewId.EDIT: _DECIDE,
        ViewId.OTHER_IDEAS: _DECIDE,
        ViewId.HAND_OVER: _DECIDE,
        ViewId.SNOOZE: _DECIDE,
        ViewId.ELSEWHERE: _DECIDE,
        ViewId.SAVED: _NOBODY,
        ViewId.VOICE: _DECIDE,
        ViewId.WATCH: _DECIDE,
        ViewId.INTERVIEW: _DECIDE,
        ViewId.VOICE_OFFER: _NOBODY,
        ViewId.VOICE_HISTORY: _NOBODY,
        ViewId.PLAYBOOK: _NOBODY,
        ViewId.PERSON: _NOBODY,
        ViewId.PERSON_NOTE: _DECIDE,
        ViewId.LINK: _DECIDE,
        ViewId.PILE: _NOBODY,
        ViewId.OCCASION: _DECIDE,
        ViewId.TEAM_SETTINGS: _SET,
        ViewId.PEOPLE: _NOBODY,
    }
)

SHORTCUTS: Mapping[Shortcut, Right] = MappingProxyType(
    {Shortcut.FROM_MESSAGE: _DECIDE, Shortcut.FROM_LINK: _DECIDE}
)

#: What is behind `/greenroom`; a word that is none of them asks for `UNKNOWN_WORD`.
SUBCOMMANDS: Mapping[Subcommand, Right] = MappingProxyType(
    {
        Subcommand.HELP: _DECIDE,
        Subcommand.WAITING: _DECIDE,
        Subcommand.WATCH: _DECIDE,
        Subcommand.VOICE: _DECIDE,
        Subcommand.PLAYBOOK: _DECIDE,
        Subcommand.PEOPLE: _DECIDE,
        Subcommand.STATS: _DECIDE,
        Subcommand.TODAY: _DECIDE,
        Subcommand.BUDGET: _DECIDE,
        Subcommand.PAUSE: _DECIDE,
        Subcommand.RESUME: _DECIDE,
        Subcommand.EXPORT: Right.EXPORT,
        Subcommand.SET_UP: _DECIDE,
    }
)
UNKNOWN_WORD = _DECIDE

#: What words in a card's thread may want. Chatter among people is not taken up at all.
THREAD_WORDS: Mapping[MessageKind, Right] = MappingProxyType(
    {
        MessageKind.STEER: _DECIDE,
        MessageKind.WHY: _DECIDE,
        MessageKind.WHO: _DECIDE,
        MessageKind.TAKE: _DECIDE,
        MessageKind.APPROVE: _DECIDE,
        MessageKind.SKIP: _DECIDE,
        MessageKind.SNOOZE: _DECIDE,
        MessageKind.HELP: _DECIDE,
        MessageKind.CHATTER: _ANYONE,
        MessageKind.UNSURE: _DECIDE,
    }
)

#: Who lacks the right for Home sees it closed.
HEARD: Mapping[Heard, Right] = MappingProxyType(
    {Heard.QUESTION: _DECIDE, Heard.NAMED: _DECIDE, Heard.HOME: _DECIDE}
)
