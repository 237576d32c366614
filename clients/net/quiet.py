"""Keeps the libraries behind the doors from writing secrets into the log."""

import logging

#: At DEBUG these print Authorization headers, signatures, tickets or whole payloads.
TALKATIVE = (
    "tweepy",
    "requests_oauthlib",
    "oauthlib",
    "urllib3",
    "slack_sdk",
    "slack_sdk.web.base_client",
    "slack_bolt",
    "openai",
    "httpx2",
    "httpcore2",
)


def quiet_logs() -> None:
    """Raise the libraries' loggers to INFO where they are lower, LOG_LEVEL=DEBUG included.

    Safe to call again: openai sets its loggers anew from OPENAI_LOG when it is imported.
    """
    for name in TALKATIVE:
        logger = logging.getLogger(name)
        # An unset level (0) would follow the root logger down to DEBUG.
        logger.setLevel(max(logger.level, logging.INFO))
