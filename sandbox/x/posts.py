"""What a person and a post of the practice X are, and how their ids are made."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sandbox.x import text as x_text

X_EPOCH_MS = 1_288_834_974_657  # the moment from which X's ids count their milliseconds
_ID_SHIFT = 22  # below the milliseconds an id holds 22 bits of machine and sequence


def id_at(moment: datetime) -> int:
    """Compute the smallest id that a post of this moment can bear."""
    return max(0, _milliseconds(moment) - X_EPOCH_MS) << _ID_SHIFT


def _milliseconds(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


@dataclass(frozen=True)
class XUser:
    """Somebody with an account on the practice X."""

    id: str
    handle: str
    name: str
    followers: int = 0
    following: int = 0
    bio: str = ""
    protected: bool = False
    verified: bool = False
    created_at: datetime = datetime(2019, 5, 4, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class XPost:
    """One post; `text` is what its author wrote, `full_text` what X's API answers."""

    id: str
    author_id: str
    author: str
    text: str
    created_at: datetime
    conversation_id: str
    lang: str
    in_reply_to: str | None = None
    in_reply_to_author_id: str | None = None
    quote: str | None = None
    likes: int = 0
    deleted: bool = False
    prefix: str = ""  # the handle that X puts before a reply's words when its author did not
    mentioned: frozenset[str] = frozenset()  # handles in lower case
    editions: tuple[str, ...] = ()  # every id that it ever had, oldest first, once it was edited

    @property
    def full_text(self) -> str:
        """Give the text as X's API answers it: a reply names whom it answers."""
        return self.prefix + self.text


def prefix_of(author: XUser, text: str, parent: XPost | None) -> str:
    """Find the handle that X puts before a reply whose words do not name whom it answers."""
    if parent is None or parent.author_id == author.id:
        return ""
    named = any(span.words.lower() == parent.author.lower() for span in x_text.mentions(text))
    return "" if named else f"@{parent.author} "


def new_post(
    post_id: str, author: XUser, text: str, created_at: datetime, parent: XPost | None
) -> XPost:
    """Make a post of its author's words; a reply joins the conversation of what it answers."""
    prefix = prefix_of(author, text, parent)
    return XPost(
        id=post_id,
        author_id=author.id,
        author=author.handle,
        text=text,
        created_at=created_at,
        conversation_id=parent.conversation_id if parent else post_id,
        lang=x_text.language_of(text),
        in_reply_to=parent.id if parent else None,
        in_reply_to_author_id=parent.author_id if parent else None,
        prefix=prefix,
        mentioned=frozenset(span.words.lower() for span in x_text.mentions(prefix + text)),
    )
