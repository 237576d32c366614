"""Reads the parameters of a request to X and refuses what X refuses."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sandbox.x.auth import Caller
from sandbox.x.refusals import invalid

TWEET_FIELDS = (
    "article", "attachments", "author_id", "card_uri", "community_id", "context_annotations",
    "conversation_id", "created_at", "display_text_range", "edit_controls",
    "edit_history_tweet_ids", "entities", "geo", "id", "in_reply_to_user_id", "lang",
    "media_metadata", "non_public_metrics", "note_tweet", "organic_metrics", "possibly_sensitive",
    "promoted_metrics", "public_metrics", "referenced_tweets", "reply_settings", "scopes",
    "source", "text", "withheld",
)  # fmt: skip
USER_FIELDS = (
    "affiliation", "connection_status", "created_at", "description", "entities", "id", "location",
    "most_recent_tweet_id", "name", "pinned_tweet_id", "profile_banner_url", "profile_image_url",
    "protected", "public_metrics", "receives_your_dm", "subscription_type", "url", "username",
    "verified", "verified_type", "withheld",
)  # fmt: skip
TWEET_EXPANSIONS = (
    "attachments.media_keys", "attachments.media_source_tweet", "attachments.poll_ids",
    "author_id", "edit_history_tweet_ids", "entities.mentions.username", "geo.place_id",
    "in_reply_to_user_id", "entities.note.mentions.username", "referenced_tweets.id",
    "referenced_tweets.id.attachments.media_keys", "referenced_tweets.id.author_id",
)  # fmt: skip
USER_EXPANSIONS = ("affiliation.user_id", "most_recent_tweet_id", "pinned_tweet_id")
USAGE_FIELDS = (
    "cap_reset_day", "daily_client_app_usage", "daily_project_usage", "project_cap", "project_id",
    "project_usage",
)  # fmt: skip
SHAPE_PARAMETERS = (
    "tweet.fields", "user.fields", "media.fields", "poll.fields", "place.fields", "expansions",
)  # fmt: skip
_ID = re.compile(r"[0-9]{1,19}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class XRequest:
    """One request: who asks, the query parameters, the parts of the path, the JSON body."""

    caller: Caller
    params: Mapping[str, str] = field(default_factory=dict)
    path: Mapping[str, str] = field(default_factory=dict)
    body: Any = None

    def only(self, *names: str) -> None:
        """Refuse parameters that this endpoint does not know."""
        for name in self.params:
            if name not in names:
                known = ",".join(names)
                message = f"The query parameter [{name}] is not one of [{known}]"
                raise invalid(name, self.params[name], message)

    def listed(self, name: str, allowed: Collection[str]) -> frozenset[str]:
        """Read a comma-separated list whose values are known."""
        values = [value for value in self.params.get(name, "").split(",") if value]
        for value in values:
            if value not in allowed:
                message = (
                    f"The `{name}` query parameter value [{value}] is not one of"
                    f" [{','.join(allowed)}]"
                )
                raise invalid(name, self.params[name], message)
        return frozenset(values)

    def ids(self, name: str = "ids", most: int = 100) -> list[str]:
        """Read 1 to 100 ids, in the order asked for, each once."""
        raw = self.params.get(name, "")
        values = [value for value in raw.split(",") if value]
        if not 1 <= len(values) <= most:
            message = f"The number of values in the `{name}` query parameter list [{len(values)}] is not between 1 and {most}"
            raise invalid(name, raw, message)
        return [valid_id(name, value) for value in dict.fromkeys(values)]

    def number(self, name: str, low: int, high: int, default: int) -> int:
        """Read a whole number between two bounds."""
        raw = self.params.get(name)
        if raw is None:
            return default
        if not raw.isdecimal() or not low <= int(raw) <= high:
            message = f"The `{name}` query parameter value [{raw}] is not between {low} and {high}"
            raise invalid(name, raw, message)
        return int(raw)

    def post_id(self, name: str) -> int | None:
        """Read the id of a post, if given."""
        raw = self.params.get(name)
        return None if raw is None else int(valid_id(name, raw))

    def moment(self, name: str) -> datetime | None:
        """Read a time in UTC, if given."""
        raw = self.params.get(name)
        if raw is None:
            return None
        if _MOMENT.fullmatch(raw):
            try:
                return datetime.fromisoformat(raw).astimezone(UTC)
            except ValueError:
                pass
        message = f"Invalid time value for [{name}]: the format is YYYY-MM-DDTHH:mm:ssZ."
        raise invalid(name, raw, message)

    def page_begins_below(self) -> int | None:
        """Read the page token: the next page holds only ids below this one."""
        for name in ("next_token", "pagination_token"):
            if raw := self.params.get(name):
                if not re.fullmatch(r"p[0-9a-z]{1,13}", raw):
                    message = f"The `{name}` query parameter value [{raw}] is not valid"
                    raise invalid(name, raw, message)
                return int(raw[1:], 36)
        return None


def page_token(last_id: str) -> str:
    """Make the token of the page that follows the one ending with this id."""
    number = int(last_id)
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return f"p{digits}"


def valid_id(name: str, value: str) -> str:
    """Hand an id back if it is one, else refuse."""
    if not _ID.fullmatch(value):
        message = f"The `{name}` query parameter value [{value}] is not valid"
        raise invalid(name, value, message)
    return value
