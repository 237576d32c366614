"""What was caught, what was decided on it, and what went out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.posts import Post, SharedHistory
from domain.states import DecisionKind, Lane, MentionKind, MentionState, ReplyState
from domain.suggestions import Advice, Suggestion


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
class CardFacts:
    """Everything a card shows, read from storage in one go.

    `escalated` is who showed it in another channel last; `second_approver` tells that what a
    member wrote needs another's approval; `names` has those of members whose words are suggested.
    """

    mention: Mention
    suggestions: tuple[Suggestion, ...] = ()
    above: tuple[Post, ...] = ()
    history: SharedHistory = field(default_factory=SharedHistory)
    decision: Decision | None = None
    reply: Reply | None = None
    answer: Post | None = None
    account_handle: str = ""
    model_on: bool = False
    escalated: Decision | None = None
    second_approver: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
