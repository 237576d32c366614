"""Everything a drafter may know about the post it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain import Lane, PlaybookAnswer, Post, SharedHistory, TheirWords, Voice
from replies.text.portion import read_by_model


@dataclass(frozen=True, slots=True)
class ReplyContext:
    """The post and what stands around it.

    Attributes:
        post: what is answered.
        lane: who may put the reply on X.
        account_handle: our handle, without the @.
        account_id: our id on X.
        local_time: now, aware, in the business's own time zone.
        above: the conversation above the post, oldest first.
        history: what we and the author shared before, counted.
        said_before: our last exchanges with the author, elsewhere than above, oldest first.
        voice: how the business talks and what it may state.
        playbook: the team's own answers; empty means the default ones.
        approved_before: (their post, the text we approved) for similar posts, best first.
        earlier_texts: drafts already shown for this post, not to be shown again.
        recent_texts: what the account said lately, to anybody, newest first.
        steer: a member's words about what should be different; "" when they asked for other
            ideas without a word, None when nobody asked.
        steered: the one text that `steer` is about; "" for a whole round of ideas.
        team_said: what members of the team told us to say; its facts may be stated.
        steered_by: the id of the member who asked; "" where nobody knows.
        members_words: all that members wrote and a draft could be made of.
        approved_by: whose words are in each text of `approved_before`.
        other_language: a member asked for another language than the post's.
    """

    post: Post
    lane: Lane
    account_handle: str
    account_id: str
    local_time: datetime
    above: tuple[Post, ...] = ()
    history: SharedHistory = field(default_factory=SharedHistory)
    said_before: tuple[Post, ...] = ()
    voice: Voice = field(default_factory=Voice)
    playbook: tuple[PlaybookAnswer, ...] = ()
    approved_before: tuple[tuple[str, str], ...] = ()
    earlier_texts: tuple[str, ...] = ()
    recent_texts: tuple[str, ...] = ()
    steer: str | None = None
    steered: str = ""
    team_said: tuple[str, ...] = ()
    other_language: bool = False
    steered_by: str = ""
    members_words: tuple[TheirWords, ...] = ()
    approved_by: Mapping[str, frozenset[str] | None] = field(default_factory=dict)

    def as_read(self) -> "ReplyContext":
        """Return it with what a model reads of each post."""
        return replace(
            self,
            post=_as_read(self.post),
            above=tuple(map(_as_read, self.above)),
            said_before=tuple(map(_as_read, self.said_before)),
            approved_before=tuple(
                (read_by_model(post), text) for post, text in self.approved_before
            ),
        )

    @property
    def also_known(self) -> tuple[str, ...]:
        """The texts whose facts may be stated, too: the conversation, examples, the team's word."""
        return (
            *(post.text for post in self.above),
            *(text for _, text in self.approved_before),
            *self.team_said,
        )


def _as_read(post: Post) -> Post:
    return replace(post, text=read_by_model(post.text))
