"""What a story of the practice room is made of; nothing in it can be changed once it is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Role = Literal["approver", "guest", "outsider"]
DecisionKind = Literal["approve", "edit", "skip"]


@dataclass(frozen=True)
class StoryPerson:
    """Somebody on X; the handle is written without @."""

    handle: str
    name: str
    followers: int
    bio: str
    protected: bool = False


@dataclass(frozen=True)
class StoryPost:
    """A post of the past week; `watch` is the label of the keyword watch that would catch it."""

    key: str
    author: str
    text: str
    hours_ago: float
    in_reply_to: str | None = None
    quote: str | None = None
    watch: str | None = None


@dataclass(frozen=True)
class StoryArrival:
    """A post that comes while the room is open, `gap` seconds after the arrival before it."""

    key: str
    author: str
    text: str
    gap: float
    in_reply_to: str | None = None
    quote: str | None = None
    watch: str | None = None


@dataclass(frozen=True)
class StoryMember:
    """Somebody in the Slack workspace; `tz` is an IANA time zone name."""

    id: str
    name: str
    role: Role
    title: str
    tz: str


@dataclass(frozen=True)
class StoryWatch:
    """A keyword watch: what the team calls it, and its query in X's search syntax."""

    label: str
    query: str


@dataclass(frozen=True)
class StoryDecision:
    """What a member decided about a past mention; `reply` is the key of the post that came of it.

    After `approve` the reply is one of the suggestions word for word, after `edit` it is not,
    after `skip` there is none.
    """

    mention: str
    decision: DecisionKind
    member: str
    hours_ago: float
    reply: str | None
    suggestions: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True)
class StoryVoice:
    """How the business talks: who it is, habits of speech, and facts by name."""

    who: str
    how: tuple[str, ...]
    facts: Mapping[str, str]


@dataclass(frozen=True)
class StoryAnswers:
    """Ready answers for one occasion; `words` hint at it, `{fact}` stands for a fact of the voice."""

    occasion: str
    when: str
    words: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """One business, its town and its week."""

    title: str
    town: str
    tz: str
    channel: str
    account: StoryPerson
    people: tuple[StoryPerson, ...]
    members: tuple[StoryMember, ...]
    watches: tuple[StoryWatch, ...]
    posts: tuple[StoryPost, ...]
    decisions: tuple[StoryDecision, ...]
    arrivals: tuple[StoryArrival, ...]
    voice: StoryVoice
    playbook: tuple[StoryAnswers, ...]

    @property
    def told(self) -> tuple[StoryPost | StoryArrival, ...]:
        """List every post, those of the week and then those that arrive, in order."""
        return (*self.posts, *self.arrivals)

    def ours(self, post: StoryPost | StoryArrival) -> bool:
        """Tell whether the business itself wrote this post."""
        return post.author == self.account.handle

    def caught(self, post: StoryPost | StoryArrival) -> bool:
        """Tell whether the account's mentions or a keyword watch would catch this post."""
        if self.ours(post):
            return False
        return post.watch is not None or f"@{self.account.handle}" in post.text.lower()

    def unanswered(self) -> tuple[StoryPost, ...]:
        """List the caught posts of the week on which nobody decided, oldest first."""
        decided = {decision.mention for decision in self.decisions}
        return tuple(p for p in self.posts if self.caught(p) and p.key not in decided)
