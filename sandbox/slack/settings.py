"""What a test or a person may switch on the practice Slack, and its few side tables."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.app_features import Features
from sandbox.slack.files import FileShelf

SCOPES = (
    "app_mentions:read", "assistant:write", "channels:history", "channels:join", "channels:read",
    "chat:write", "commands", "files:read", "files:write", "groups:history", "groups:read",
    "im:history", "im:read", "im:write", "metadata.message:read", "reactions:read",
    "reactions:write", "team:read", "usergroups:read", "users:read", "users.profile:read",
)  # fmt: skip


@dataclass
class WorkspaceSettings:
    """Switches of the practice Slack.

    Attributes:
        scopes: the bot token's scopes; take one away to be refused with missing_scope.
        message_rate: messages a second in one channel before 429; None: no limit.
        charts: whether data_visualization blocks are known yet.
        event_retry_seconds: pauses before an event that was not acknowledged is sent again.
        ack_seconds: how long an acknowledgement is waited for.
        too_many: how often a message was refused with 429 for coming too soon.
        features: what the page offers of the app, as its manifest would.
    """

    bot_token: str
    app_token: str
    scopes: list[str] = field(default_factory=lambda: list(SCOPES))
    message_rate: float | None = None
    too_many: int = 0
    charts: bool = True
    event_retry_seconds: tuple[float, ...] = (1.0, 3.0, 9.0)
    ack_seconds: float = 3.0
    features: Features = field(default_factory=Features)
    files: FileShelf = field(default_factory=FileShelf)
    assistant: dict[str, dict[str, Any]] = field(default_factory=dict)
    last_post: dict[str, float] = field(default_factory=dict)
