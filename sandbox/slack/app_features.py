"""What the app's manifest shows of it beside its messages: suggested prompts and shortcuts."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class OfferedPrompt:
    """A question offered in the agent view; pressed, its message is sent as the member's words."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class OfferedShortcut:
    """An entry of the lightning menu (kind `global`) or of a message's menu (kind `message`)."""

    name: str
    callback_id: str
    kind: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Features:
    """What the page offers of the app; nothing of it limits what the app may do."""

    prompts: tuple[OfferedPrompt, ...] = ()
    shortcuts: tuple[OfferedShortcut, ...] = ()

    def shown(self) -> dict[str, Any]:
        """Show them as the control API does."""
        return asdict(self)
