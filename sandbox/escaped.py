"""JSON as Slack and X send it: in ASCII, so that half an emoji that a post ends with can be said."""

import json
from typing import Any

from starlette.responses import JSONResponse


class EscapedJSON(JSONResponse):
    """Writes every character beyond ASCII as an escape."""

    def render(self, content: Any) -> bytes:
        """Return the body's bytes."""
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode()
