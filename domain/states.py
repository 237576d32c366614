"""The states of mentions and replies with their allowed moves, and the kinds of what happens."""

from enum import StrEnum


class Lane(StrEnum):
    """Who may put the reply on X: the app after approval, or only a person by hand."""

    SEND = "send"
    BY_HAND = "by_hand"


class MentionKind(StrEnum):
    """How the post came here: it named us, a keyword watch caught it, or a member brought it."""

    MENTION = "mention"
    KEYWORD = "keyword"
    BROUGHT = "brought"


class MentionState(StrEnum):
    """Where a mention stands."""

    NEW = "new"
    SET_ASIDE = "set_aside"
    DRAFTING = "drafting"
    WAITING = "waiting"
    SNOOZED = "snoozed"
    HANDED_OVER = "handed_over"
    APPROVED = "approved"
    SENDING = "sending"
    UNKNOWN = "unknown"
    BY_HAND = "by_hand"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    FAILED = "failed"
    GONE = "gone"
    EXPIRED = "expired"


_S = MentionState


#: States in which a person may still decide.
OPEN_STATES = frozenset({_S.WAITING, _S.HANDED_OVER, _S.SNOOZED, _S.FAILED})


#: States in which a reply may be on its way or already on X: nothing new may be drafted or sent.
BUSY_STATES = frozenset({_S.APPROVED, _S.SENDING, _S.UNKNOWN})


#: States in which the mention's story has ended.
ENDED_STATES = frozenset({_S.ANSWERED, _S.SKIPPED, _S.GONE, _S.EXPIRED})


_UNDECIDED_ENDS = {_S.ANSWERED, _S.SKIPPED, _S.GONE, _S.EXPIRED}


#: The allowed moves, from a state to the states that may follow it.
MOVES: dict[MentionState, frozenset[MentionState]] = {
    _S.NEW: frozenset({_S.DRAFTING, _S.SET_ASIDE} | _UNDECIDED_ENDS),
    _S.SET_ASIDE: frozenset({_S.NEW} | _UNDECIDED_ENDS),
    _S.DRAFTING: frozenset({_S.WAITING, _S.SET_ASIDE} | _UNDECIDED_ENDS),
    _S.WAITING: frozenset(
        {_S.DRAFTING, _S.SNOOZED, _S.HANDED_OVER, _S.APPROVED, _S.BY_HAND, _S.SET_ASIDE}
        | _UNDECIDED_ENDS
    ),
    _S.SNOOZED: frozenset({_S.WAITING, _S.HANDED_OVER, _S.APPROVED, _S.BY_HAND} | _UNDECIDED_ENDS),
    _S.HANDED_OVER: frozenset(
        {_S.WAITING, _S.SNOOZED, _S.HANDED_OVER, _S.APPROVED, _S.BY_HAND} | _UNDECIDED_ENDS
    ),
    _S.APPROVED: frozenset({_S.WAITING, _S.SENDING, _S.ANSWERED, _S.BY_HAND, _S.FAILED, _S.GONE}),
    _S.SENDING: frozenset({_S.APPROVED, _S.ANSWERED, _S.UNKNOWN, _S.BY_HAND, _S.FAILED, _S.GONE}),
    _S.UNKNOWN: frozenset({_S.ANSWERED, _S.APPROVED, _S.FAILED, _S.BY_HAND, _S.SKIPPED, _S.GONE}),
    _S.BY_HAND: frozenset({_S.WAITING} | _UNDECIDED_ENDS),
    _S.FAILED: frozenset({_S.WAITING, _S.APPROVED, _S.BY_HAND} | _UNDECIDED_ENDS),
    _S.ANSWERED: frozenset(),
    _S.SKIPPED: frozenset({_S.WAITING}),
    _S.GONE: frozenset(),
    _S.EXPIRED: frozenset({_S.WAITING}),
}


def may_move(before: MentionState, after: MentionState) -> bool:
    """Tell whether a mention may go from one state to another."""
    return after in MOVES[before]


class ReplyState(StrEnum):
    """Where an approved text stands on its way to X."""

    APPROVED = "approved"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


class DecisionKind(StrEnum):
    """What a member did with a mention."""

    APPROVE = "approve"
    EDIT = "edit"
    SKIP = "skip"
    SNOOZE = "snooze"
    HAND_OVER = "hand_over"
    UNDO = "undo"
    USE = "use"
    POSTED = "posted"
    STEER = "steer"
    MUTE = "mute"
    PAUSE_WATCH = "pause_watch"
    CHECK_AGAIN = "check_again"
    SEND_ANYWAY = "send_anyway"
    BRING_BACK = "bring_back"
    ESCALATE = "escalate"
    GIVE_BACK = "give_back"
    WRITE = "write"


class JobKind(StrEnum):
    """The kinds of work that happen by themselves; each has one file under jobs/."""

    LISTEN = "listen"
    FIRST_LOOK = "first_look"
    SUGGEST = "suggest"
    CARD = "card"
    SEND = "send"
    LOOK = "look"
    TIMELINE = "timeline"
    WAKE = "wake"
    TELL = "tell"
    WELCOME = "welcome"
    FOLD_LINE = "fold_line"
    ASIDE_LINE = "aside_line"
    VOICE_OFFER = "voice_offer"
    LEARN = "learn"
    THREAD = "thread"
    QUESTION = "question"
    DIGEST = "digest"
    TODAY = "today"
    ACCOUNT_DAY = "account_day"
    STATS = "stats"
    REMIND = "remind"
    HELD_CARDS = "held_cards"
    SHOW_ELSEWHERE = "show_elsewhere"
    EXPIRE = "expire"
    PILE = "pile"
    SHORTCUT = "shortcut"
    SETTINGS = "settings"
    EXPORT = "export"
    WATCH_TRIAL = "watch_trial"
    CLEAR = "clear"
    SWEEP = "sweep"
    RETENTION = "retention"
    USAGE_CHECK = "usage_check"
    READ_OVER = "read_over"
