"""The words of Greenroom as frozen dataclasses, the states and their allowed moves; pure.

Nothing here knows a service, a database or a clock. All times are aware UTC datetimes,
all ids are strings, all money is in micro-dollars.
"""

from domain.learning import PastReply, Proposal, ProposalState, TakenText
from domain.mentions import CardFacts, Decision, Mention, Reply, SetAside
from domain.posts import Person, Post, SharedHistory, Watch
from domain.states import (
    BUSY_STATES,
    ENDED_STATES,
    MOVES,
    OPEN_STATES,
    DecisionKind,
    JobKind,
    Lane,
    MentionKind,
    MentionState,
    ReplyState,
    may_move,
)
from domain.suggestions import (
    Advice,
    Check,
    CheckLevel,
    Draft,
    Move,
    PlaybookAnswer,
    Source,
    Suggestion,
)
from domain.team import Hours, MemberProfile, SettingChange, TeamSettings, Week
from domain.voice import Fact, OfferOrigin, OfferState, SavedVoice, Voice, VoiceOffer, VoiceRule

__all__ = [
    "BUSY_STATES",
    "ENDED_STATES",
    "MOVES",
    "OPEN_STATES",
    "Advice",
    "CardFacts",
    "Check",
    "CheckLevel",
    "Decision",
    "DecisionKind",
    "Draft",
    "Fact",
    "Hours",
    "JobKind",
    "Lane",
    "MemberProfile",
    "Mention",
    "MentionKind",
    "MentionState",
    "Move",
    "OfferOrigin",
    "OfferState",
    "PastReply",
    "Person",
    "PlaybookAnswer",
    "Post",
    "Proposal",
    "ProposalState",
    "Reply",
    "ReplyState",
    "SavedVoice",
    "SetAside",
    "SettingChange",
    "SharedHistory",
    "Source",
    "Suggestion",
    "TakenText",
    "TeamSettings",
    "Voice",
    "VoiceOffer",
    "VoiceRule",
    "Watch",
    "Week",
    "may_move",
]
