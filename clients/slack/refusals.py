"""What Slack's refusals mean: its error names become our errors.

Source of the names: docs.slack.dev, the "Errors" of each method used in slack.py.
"""

import http.client
import logging
import socket
import ssl
import urllib.error
from typing import Any

from slack_sdk.errors import SlackApiError

import patterns as re
from errors import (
    SlackError,
    SlackNoChannel,
    SlackRefusedBlocks,
    SlackUnavailable,
    SlackUncertain,
    SlackWrongToken,
)

_log = logging.getLogger(__name__)

#: What slack_sdk lets through when no answer, or no readable one, came back.
BROKEN = (OSError, http.client.HTTPException, ValueError, AttributeError)

_TOKEN = frozenset(
    {
        "access_denied",
        "account_inactive",
        "invalid_auth",
        "invalid_token",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)
_CHANNEL = frozenset({"channel_not_found", "is_archived", "not_in_channel"})
_SHAPE = frozenset(
    {
        "invalid_arguments",
        "invalid_attachments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "too_many_attachments",
        "view_too_large",
    }
)
_LIMITED = frozenset({"rate_limited", "ratelimited"})
#: Slack says of these that a part may have been done all the same.
_IN_TROUBLE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
_NAME = re.compile(r"[a-z0-9_.]+")


def slack_refusal(error: SlackApiError) -> SlackError:
    """Make the error that an answer of Slack stands for."""
    answer = _answer_of(error)
    code = _code(answer)
    status = getattr(error.response, "status_code", 200)
    if code in _LIMITED or status == 429:  # noqa: PLR2004 - HTTP's number
        return SlackUnavailable("Slack asks for a pause.", code="ratelimited")
    if not code or code in _IN_TROUBLE or status >= 500:  # noqa: PLR2004
        return SlackUnavailable(f"Slack is in trouble ({code or f'HTTP {status}'}).", code=code)
    return _definite(code, answer)


def _definite(code: str, answer: dict[str, Any]) -> SlackError:
    if code == "missing_scope":
        return SlackWrongToken(
            f"The Slack app lacks the scope {answer.get('needed') or 'that it needs'}.",
            "Add it under OAuth & Permissions (manifest.yaml has all) and install the app again.",
            code=code,
        )
    if code in _TOKEN:
        return SlackWrongToken(f"Slack does not accept the token ({code}).", code=code)
    if code in _CHANNEL:
        return SlackNoChannel(_NO_CHANNEL[code], code=code)
    if code in _SHAPE:
        _log.warning("Slack refused what was sent: %s: %s", code, _complaints(answer))
        return SlackRefusedBlocks(f"Slack did not accept the message's form ({code}).", code=code)
    return SlackError(f"Slack refused: {code}.", code=code)


_NO_CHANNEL = {
    "channel_not_found": "Slack knows no such channel, or the bot cannot see it.",
    "is_archived": "The Slack channel is archived.",
    "not_in_channel": "The bot is not in the Slack channel.",
}


def posting_refusal(error: SlackApiError) -> SlackError:
    """Make the error for a message that was to be posted: uncertain where Slack is vague."""
    refusal = slack_refusal(error)
    if isinstance(refusal, SlackUnavailable) and refusal.code != "ratelimited":
        return SlackUncertain(
            "Slack did not say whether the message was posted.", code=refusal.code
        )
    return refusal


def broken(error: Exception, *, posting: bool = False) -> SlackError:
    """Make the error for an answer that never came, or came unreadable."""
    if posting and not _never_left(error):
        return SlackUncertain("Slack did not say whether the message was posted.")
    return SlackUnavailable("Slack does not answer.")


def _never_left(error: Exception) -> bool:
    # urllib wraps what happens while connecting and writing, and nothing later, in URLError.
    reason = error.reason if isinstance(error, urllib.error.URLError) else None
    return isinstance(
        reason, (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
    )


def _answer_of(error: SlackApiError) -> dict[str, Any]:
    found = getattr(error.response, "data", error.response)
    return found if isinstance(found, dict) else {}


def _code(answer: dict[str, Any]) -> str:
    # slack_sdk puts a sentence in place of the name when the answer was no JSON.
    found = str(answer.get("error") or "")
    return found if _NAME.fullmatch(found) else ""


def _complaints(answer: dict[str, Any]) -> str:
    metadata = answer.get("response_metadata")
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    return "; ".join(str(message)[:200] for message in (messages or [])[:5])
