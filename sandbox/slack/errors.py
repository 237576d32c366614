"""How the practice Slack says no: one exception that carries Slack's own word for it."""

from typing import Any


class SlackRefusal(Exception):
    """A refusal; `error` is Slack's error name, `more` goes into the answer beside it."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more

    def answer(self) -> dict[str, Any]:
        """Show the refusal as the Web API does."""
        return {"ok": False, "error": self.error, **self.more}


def refused_blocks(messages: list[str], error: str = "invalid_blocks") -> SlackRefusal:
    """Refuse blocks or a view the way Slack lists what is wrong with them.

    Args:
        messages: sentences ending in `[json-pointer:…]`.
        error: `invalid_blocks` for messages, `invalid_arguments` for views.
    """
    metadata = {"messages": [f"[ERROR] {message}" for message in messages]}
    if error == "invalid_blocks":
        return SlackRefusal(error, errors=messages, response_metadata=metadata)
    return SlackRefusal(error, response_metadata=metadata)
