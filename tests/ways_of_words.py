"""Every way from a member's words to a text that can be approved: one table, held by tests.

Whose words a text holds decides who may approve it alone where the team wants a second approver;
the way that they came decides nothing. A window, a word of a thread, a button, a shortcut or a
source of drafts that is not in the table fails a test, and so does a way that no test walks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from domain import Source
from handlers.entry.permissions import Heard, Shortcut, Subcommand
from replies.steering import MessageKind
from views.blocks.action_ids import ActionId, OverflowChoice, ViewId


class Way(StrEnum):
    """One way from words to a text that can be approved."""

    GREENROOM = "greenroom"
    EDIT = "edit"
    EDIT_OF_ANOTHERS = "edit_of_anothers"
    SAID_IN_THREAD = "said_in_thread"
    SAID_TO_MODEL = "said_to_model"
    SAID_BY_SEVERAL = "said_by_several"
    OTHER_IDEAS = "other_ideas"
    KEPT_FACT = "kept_fact"
    VOICE = "voice"
    VOICE_OFFER = "voice_offer"
    VOICE_BACK = "voice_back"
    RULE = "rule"
    PLAYBOOK = "playbook"
    SAVED_ANSWER = "saved_answer"
    ENTRY_OF_TWO = "entry_of_two"
    APPROVED_BEFORE = "approved_before"
    ONCE_MORE = "once_more"
    BY_HAND = "by_hand"
    UNKNOWN = "unknown"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose words come this way, and what it takes to send them with the rule on."""

    words: str
    takes: str


_SOMEBODY_ELSE = "anybody but them"
_BOTH = "anybody but those two"

#: What docs/decisions/041 shows people, and tests walk.
WAYS: Mapping[Way, Whose] = MappingProxyType(
    {
        Way.GREENROOM: Whose("nobody's: Greenroom drafted it from the post alone", "one person"),
        Way.EDIT: Whose("who wrote in *Edit…* or *Write a reply…*", _SOMEBODY_ELSE),
        Way.EDIT_OF_ANOTHERS: Whose(
            "who changed it last; the author of the words before may approve the change",
            _SOMEBODY_ELSE,
        ),
        Way.SAID_IN_THREAD: Whose("who said it in the thread", _SOMEBODY_ELSE),
        Way.SAID_TO_MODEL: Whose(
            "who said it, whatever the model made of it; “shorter” or “in Spanish” is no word of it",
            _SOMEBODY_ELSE,
        ),
        Way.SAID_BY_SEVERAL: Whose("each who said something into the text", _BOTH),
        Way.OTHER_IDEAS: Whose("who typed the wish, if it says what to say", _SOMEBODY_ELSE),
        Way.KEPT_FACT: Whose("who said the fact, and who kept it", _BOTH),
        Way.VOICE: Whose("who wrote the line of the voice that stands in it", _SOMEBODY_ELSE),
        Way.VOICE_OFFER: Whose("who answered the interview, and who took the voice", _BOTH),
        Way.VOICE_BACK: Whose("who wrote the line once, and who brought it back", _BOTH),
        Way.RULE: Whose("nobody's: Greenroom worded the rule that somebody adopted", "one person"),
        Way.PLAYBOOK: Whose("who wrote the entry, however long ago", _SOMEBODY_ELSE),
        Way.SAVED_ANSWER: Whose("who wrote the entry, not who chose it", _SOMEBODY_ELSE),
        Way.ENTRY_OF_TWO: Whose("everybody who changed the entry", _BOTH),
        Way.APPROVED_BEFORE: Whose("whose words the earlier reply was made of", _SOMEBODY_ELSE),
        Way.ONCE_MORE: Whose(
            "as before: undone, failed, unconfirmed or brought back changes nothing", _SOMEBODY_ELSE
        ),
        Way.BY_HAND: Whose("as in the other lane", _SOMEBODY_ELSE),
        Way.UNKNOWN: Whose(
            "not known, as of what an earlier Greenroom stored",
            "two people: one hands it in with *Edit…*, another approves",
        ),
        Way.NOWHERE: Whose("never part of a text that can be approved", "–"),
    }
)

#: What is typed into a window.
BY_WINDOW: Mapping[ViewId, Way] = MappingProxyType(
    {
        ViewId.EDIT: Way.EDIT,
        ViewId.OTHER_IDEAS: Way.OTHER_IDEAS,
        ViewId.VOICE: Way.VOICE,
        ViewId.INTERVIEW: Way.VOICE_OFFER,
        ViewId.OCCASION: Way.PLAYBOOK,
        ViewId.HAND_OVER: Way.NOWHERE,
        ViewId.SNOOZE: Way.NOWHERE,
        ViewId.ELSEWHERE: Way.NOWHERE,
        ViewId.WATCH: Way.NOWHERE,
        ViewId.PERSON_NOTE: Way.NOWHERE,
        ViewId.LINK: Way.NOWHERE,
        ViewId.TEAM_SETTINGS: Way.NOWHERE,
    }
)

#: What is said in a card's thread. What no rule knows, a model may understand as a wish.
BY_THREAD_WORDS: Mapping[MessageKind, Way] = MappingProxyType(
    {
        MessageKind.STEER: Way.SAID_IN_THREAD,
        MessageKind.UNSURE: Way.SAID_TO_MODEL,
        MessageKind.WHY: Way.NOWHERE,
        MessageKind.WHO: Way.NOWHERE,
        MessageKind.TAKE: Way.NOWHERE,
        MessageKind.APPROVE: Way.NOWHERE,
        MessageKind.SKIP: Way.NOWHERE,
        MessageKind.SNOOZE: Way.NOWHERE,
        MessageKind.HELP: Way.NOWHERE,
        MessageKind.CHATTER: Way.NOWHERE,
    }
)

#: Commands, shortcuts and words to us open windows or show something: none makes a text.
BY_OTHER_WORDS: Mapping[Subcommand | Shortcut | Heard, Way] = MappingProxyType(
    dict.fromkeys(
        (
            Subcommand.HELP,
            Subcommand.WAITING,
            Subcommand.WATCH,
            Subcommand.VOICE,
            Subcommand.PLAYBOOK,
            Subcommand.PEOPLE,
            Subcommand.STATS,
            Subcommand.TODAY,
            Subcommand.BUDGET,
            Subcommand.PAUSE,
            Subcommand.RESUME,
            Subcommand.EXPORT,
            Subcommand.SET_UP,
            Shortcut.FROM_MESSAGE,
            Shortcut.FROM_LINK,
            Heard.QUESTION,
            Heard.NAMED,
            Heard.HOME,
        ),
        Way.NOWHERE,
    )
)

#: Buttons that open, show or settle something: whatever is typed then comes by a window.
_NO_WORDS = (
    ActionId.OTHER_IDEAS,
    ActionId.SKIP,
    ActionId.MORE,
    ActionId.OPEN_ON_X,
    ActionId.POSTED,
    ActionId.CHECK_AGAIN,
    ActionId.SHOW_MORE,
    ActionId.SAY_HOW_WE_TALK,
    ActionId.ADD_WATCH,
    ActionId.START_WATCH,
    ActionId.CHANGE_QUERY,
    ActionId.WHO_APPROVES,
    ActionId.SNOOZE,
    ActionId.GIVE_BACK,
    ActionId.BRING_ASIDE_BACK,
    ActionId.SET_UP_VOICE,
    ActionId.VOICE_FROM_PAST,
    ActionId.VOICE_HISTORY,
    ActionId.LEAVE_VOICE,
    ActionId.LOOK_AT_VOICE,
    ActionId.EDIT_PLAYBOOK,
    ActionId.EDIT_OCCASION,
    ActionId.ADD_OCCASION,
    ActionId.REMOVE_OCCASION,
    ActionId.OPEN_PERSON,
    ActionId.OPEN_PEOPLE,
    ActionId.ADD_NOTE,
    ActionId.REMOVE_NOTE,
    ActionId.LIFT_OPT_OUT,
    ActionId.MUTE_PERSON,
    ActionId.UNMUTE_PERSON,
    ActionId.DROP_RULE,
    ActionId.SHOW_PILE,
    ActionId.LET_PILE_BE,
    ActionId.BRING_PILED_BACK,
    ActionId.LEAVE_FACT,
    ActionId.OPEN_SETTINGS,
    ActionId.OPEN_CARD,
    ActionId.HOME_PEOPLE,
    ActionId.PAUSE_LISTENING,
    ActionId.RESUME_LISTENING,
    ActionId.REST_WATCH,
    ActionId.WAKE_WATCH,
    ActionId.HOME_SKIP,
)

#: Buttons that take a text as it stands, or make one of what was stored before.
BY_PRESS: Mapping[ActionId, Way] = MappingProxyType(
    {
        **dict.fromkeys(_NO_WORDS, Way.NOWHERE),
        ActionId.APPROVE: Way.GREENROOM,
        ActionId.EDIT: Way.EDIT,
        ActionId.EDIT_TEXT: Way.EDIT,
        ActionId.EDIT_FROM: Way.EDIT,
        ActionId.USE: Way.BY_HAND,
        ActionId.SAVED_ANSWERS: Way.SAVED_ANSWER,
        ActionId.USE_SAVED: Way.SAVED_ANSWER,
        ActionId.RETRY: Way.ONCE_MORE,
        ActionId.SEND_ANYWAY: Way.ONCE_MORE,
        ActionId.UNDO: Way.ONCE_MORE,
        ActionId.BACK: Way.ONCE_MORE,
        ActionId.BRING_BACK: Way.ONCE_MORE,
        ActionId.KEEP_FACT: Way.KEPT_FACT,
        ActionId.TAKE_VOICE: Way.VOICE_OFFER,
        ActionId.CHANGE_VOICE: Way.VOICE_OFFER,
        ActionId.BRING_VOICE_BACK: Way.VOICE_BACK,
        ActionId.ADOPT_RULE: Way.RULE,
    }
)

#: What stands behind a card's overflow menu.
BY_CHOICE: Mapping[OverflowChoice, Way] = MappingProxyType(
    {
        OverflowChoice.SNOOZE_HOUR: Way.NOWHERE,
        OverflowChoice.SNOOZE_TOMORROW: Way.NOWHERE,
        OverflowChoice.MUTE_PERSON: Way.NOWHERE,
        OverflowChoice.ASSIGN: Way.NOWHERE,
        OverflowChoice.SAVED_ANSWER: Way.SAVED_ANSWER,
        OverflowChoice.ELSEWHERE: Way.NOWHERE,
        OverflowChoice.SEE_PERSON: Way.NOWHERE,
        OverflowChoice.PAUSE_WATCH: Way.NOWHERE,
    }
)

#: Where a draft may come from.
BY_SOURCE: Mapping[Source, Way] = MappingProxyType(
    {
        Source.MODEL: Way.SAID_TO_MODEL,
        Source.PLAYBOOK: Way.PLAYBOOK,
        Source.APPROVED_BEFORE: Way.APPROVED_BEFORE,
        Source.MEMBER: Way.EDIT,
    }
)
