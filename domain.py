"""The words of Greenroom as frozen dataclasses, the states and their allowed moves; pure.

Nothing here knows a service, a database or a clock. All times are aware UTC datetimes,
all ids are strings, all money is in micro-dollars.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Lane(StrEnum):
    """Who may put the reply on X: the app after approval, or only a person by hand."""

    SEND = "send"
    BY_HAND = "by_hand"


class MentionKind(StrEnum):
    """How a watch caught the post."""

    MENTION = "mention"
    KEYWORD = "keyword"


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
    _S.APPROVED: frozenset({_S.WAITING, _S.SENDING, _S.BY_HAND, _S.FAILED, _S.GONE}),
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


class CheckLevel(StrEnum):
    """How much a check minds: stop (may not go out), mind (look twice), fine."""

    FINE = "fine"
    MIND = "mind"
    STOP = "stop"


class Move(StrEnum):
    """What a suggestion does, in a word or two: each one on a card does something else."""

    ANSWER = "answer"
    MAKE_RIGHT = "make right"
    ASK_BACK = "ask back"
    SHARE = "share something"
    THANK = "thank"
    LAUGH = "laugh along"


class Advice(StrEnum):
    """What Greenroom advises in place of a reply, or beside the ideas for one."""

    BETTER_NOT = "better_not"
    NEEDS_PERSON = "needs_person"
    HOSTILE = "hostile"


class Source(StrEnum):
    """Where a suggestion's words came from."""

    MODEL = "model"
    PLAYBOOK = "playbook"
    APPROVED_BEFORE = "approved_before"
    MEMBER = "member"


class JobKind(StrEnum):
    """The kinds of work that happen by themselves; each has one file under work/."""

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


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on X. `handle` has no @ and keeps X's spelling."""

    id: str
    handle: str
    name: str
    picture_url: str | None = None
    followers: int | None = None
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """One post on X, its text unaltered.

    `mentioned_ids` holds the ids of the people named in the text, `quoted_author_id` the
    author of a quoted post: together they decide the lane.
    """

    id: str
    text: str
    author: Person
    created_at: datetime
    conversation_id: str | None = None
    in_reply_to_id: str | None = None
    in_reply_to_author_id: str | None = None
    quoted_id: str | None = None
    quoted_author_id: str | None = None
    repost: bool = False
    mentioned_ids: tuple[str, ...] = ()
    language: str | None = None

    @property
    def url(self) -> str:
        """The post's address on X."""
        return f"https://x.com/{self.author.handle}/status/{self.id}"


@dataclass(frozen=True, slots=True)
class Watch:
    """What is listened to. The watch of kind `mention` has the query ``""``.

    `cap` is the most posts a UTC day that the watch may read; `seen_id` the newest post id
    seen; `channel` overrides the room's channel.
    """

    id: str
    kind: MentionKind
    label: str
    query: str = ""
    cap: int = 200
    channel: str | None = None
    paused: bool = False
    seen_id: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One post that a watch caught and that wants a decision. Its id is the post's id."""

    id: str
    post: Post
    kind: MentionKind
    watch_id: str
    watch_label: str
    state: MentionState
    lane: Lane
    caught_at: datetime
    changed_at: datetime
    folded: bool = False
    assignee: str | None = None
    snoozed_until: datetime | None = None
    reason: str | None = None
    note: str | None = None
    advice: Advice | None = None
    advice_why: str | None = None
    practice: bool = False


@dataclass(frozen=True, slots=True)
class SetAside:
    """A mention that triage kept from the channel: by which rule, why, and who brought it back."""

    mention: Mention
    rule: str
    why: str
    at: datetime
    brought_back_at: datetime | None = None
    brought_back_by: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One verdict on a text: `name` of the rule, its level, and a sentence quoting the words."""

    name: str
    level: CheckLevel
    why: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One drafted text. `round` counts the drafts of its mention, `place` the order in a round."""

    id: str
    mention_id: str
    round: int
    place: int
    text: str
    source: Source
    move: str = ""
    checks: tuple[Check, ...] = ()
    prompt_version: str | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that a drafter proposes, before it is stored as a suggestion."""

    text: str
    source: Source
    move: str = ""
    prompt_version: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a named member did, when, with which text, and what was changed in it."""

    id: str
    mention_id: str
    kind: DecisionKind
    member_id: str
    member_name: str
    at: datetime
    text: str | None = None
    suggestion_id: str | None = None
    change: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An approved text on its way. One open or sent reply a mention, at most."""

    id: str
    mention_id: str
    decision_id: str
    text: str
    state: ReplyState
    due_at: datetime
    member_id: str
    member_name: str
    attempted_at: datetime | None = None
    post_id: str | None = None
    reason: str | None = None
    looks: int = 0
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class SharedHistory:
    """What we and a person said to each other before the post at hand."""

    their_posts: int = 0
    our_replies: int = 0
    last_at: datetime | None = None
    last_words: str | None = None


@dataclass(frozen=True, slots=True)
class PlaybookAnswer:
    """One of the team's own ready answers. `cues` are words that call for the occasion."""

    occasion: str
    text: str
    cues: tuple[str, ...] = ()


_NAMED_FACT = re.compile(r"([^\W\d][\w -]{0,29}):\s+(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that suggestions may state about the business.

    `name` lets an answer of the playbook call for it (`{hours}`); `checked_on` is the day on
    which somebody last made sure of it.
    """

    text: str
    name: str = ""
    checked_on: date | None = None

    @property
    def line(self) -> str:
        """The fact as one line, its name in front."""
        return f"{self.name}: {self.text}" if self.name else self.text

    @classmethod
    def from_line(cls, line: str, checked_on: date | None = None) -> "Fact":
        """Read a fact as people write it: `hours: 7 to 5` has a name, `Dogs are welcome` none."""
        named = _NAMED_FACT.fullmatch(line.strip())
        if named is None:
            return cls(line.strip(), "", checked_on)
        return cls(named.group(2).strip(), named.group(1).strip(), checked_on)


@dataclass(frozen=True, slots=True)
class VoiceRule:
    """A rule that the team adopted or wrote: `text` as the voice's page and the model read it.

    `trait` names the habit of replies/learning/__init__.py that it came from; "" when a person wrote
    it. `phrases` are words that a check minds from then on.
    """

    text: str
    trait: str = ""
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """How the business talks and the facts it may state; one version of it.

    `use` and `avoid` are words it likes and never uses; `signs` the initials that may close a
    reply; `hand_over` the topics (replies/drafting/hand_over.toml) that go to a person without a draft,
    None for all of them; `refund_limit` the refund, in the business's own currency, above
    which a person decides; `rules` what the team added, `silenced` the checks it does not
    want.
    """

    who: str = ""
    how: str = ""
    facts: tuple[Fact, ...] = ()
    avoid: tuple[str, ...] = ()
    use: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    hand_over: tuple[str, ...] | None = None
    refund_limit: Decimal | None = None
    rules: tuple[VoiceRule, ...] = ()
    silenced: tuple[str, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class SavedVoice:
    """One version of the voice: who saved it, when, and what it changed, in a few words."""

    voice: Voice
    member_id: str
    member_name: str
    changed: str
    at: datetime


class OfferOrigin(StrEnum):
    """What an offered voice was worked out from."""

    INTERVIEW = "interview"
    PAST_REPLIES = "past_replies"


class OfferState(StrEnum):
    """Where an offered voice stands; a newer offer replaces one that nobody decided on."""

    OPEN = "open"
    TAKEN = "taken"
    LEFT = "left"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class VoiceOffer:
    """A voice that waits for somebody's yes; nothing talks like it before.

    `voice` bears the version that it was worked out from; `evidence` are lines that say why,
    `asked_by` and `decided_by` ids of members.
    """

    id: str
    origin: OfferOrigin
    voice: Voice
    evidence: tuple[str, ...]
    asked_by: str
    at: datetime
    state: OfferState = OfferState.OPEN
    decided_by: str | None = None


@dataclass(frozen=True, slots=True)
class TakenText:
    """A suggestion that a member decided on, and the text that was taken in its place.

    The two are the same when it was kept as it was. `person` is the display name of whom it
    answers; `traits` what the edit did (replies/learning/traits.py).
    """

    before: str
    after: str
    at: datetime
    person: str = ""
    traits: frozenset[str] = frozenset()


class ProposalState(StrEnum):
    """Where a proposed rule stands; one is open at a time."""

    OPEN = "open"
    ADOPTED = "adopted"
    DROPPED = "dropped"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that the team's own edits speak for, until somebody adopts or drops it.

    `trait` names the habit (replies/learning/traits.py), `told` says in one sentence what was seen,
    `pairs` show it: suggestions, each with the text that the team made of it.
    """

    id: str
    trait: str
    rule: VoiceRule
    told: str
    pairs: tuple[tuple[str, str], ...]
    at: datetime
    state: ProposalState = ProposalState.OPEN
    decided_at: datetime | None = None
    member_id: str | None = None
    member_name: str | None = None


@dataclass(frozen=True, slots=True)
class PastReply:
    """One of our own replies on X; `their_text` is "" where the post above is not known.

    `answered_back` tells that somebody wrote once more below it.
    """

    id: str
    text: str
    their_text: str = ""
    answered_back: bool = False


@dataclass(frozen=True, slots=True)
class MemberProfile:
    """A Slack person as far as access needs to know. Unknown flags count as not allowed."""

    id: str
    name: str
    team_id: str
    guest: bool
    outsider: bool
    bot: bool = False
    deleted: bool = False
    tz: str | None = None


@dataclass(frozen=True, slots=True)
class CardFacts:
    """Everything a card shows, read from storage in one go."""

    mention: Mention
    suggestions: tuple[Suggestion, ...] = ()
    above: tuple[Post, ...] = ()
    history: SharedHistory = field(default_factory=SharedHistory)
    decision: Decision | None = None
    reply: Reply | None = None
    answer: Post | None = None
    account_handle: str = ""
    model_on: bool = False
