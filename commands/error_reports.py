"""Errors that nobody foresaw, to Sentry, where SENTRY_DSN names one. Off unless asked for."""

import logging
from typing import Any

_MASKED = "(left out)"
#: What an event may hold: where it happened and what it was called, no values.
_KEPT = frozenset(
    {"event_id", "timestamp", "level", "logger", "platform", "exception", "logentry", "release"}
)


def report_errors(dsn: str | None) -> None:
    """Send records of level ERROR to Sentry: their form and the trace, never what they held.

    Values of variables, breadcrumbs, requests and the arguments of a record are left out: they
    could hold tokens, or what people wrote.
    """
    if not dsn:
        return
    # Whoever has no Sentry does not wait for it at every start.
    import sentry_sdk
    from sentry_sdk.integrations.logging import LoggingIntegration

    sentry_sdk.init(
        dsn,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[LoggingIntegration(level=None, event_level=logging.ERROR)],
        include_local_variables=False,
        send_default_pii=False,
        max_breadcrumbs=0,
        before_send=lambda event, _: bare(dict(event)),
        server_name="greenroom",
    )


def bare(event: dict[str, Any]) -> Any:
    """Return an event with nothing in it but its form."""
    kept = {name: value for name, value in event.items() if name in _KEPT}
    entry = kept.get("logentry")
    if isinstance(entry, dict):
        kept["logentry"] = {"message": entry.get("message", "")}
    for value in (kept.get("exception") or {}).get("values") or []:
        # A sentence of ours may quote a service; one of a library may quote anything.
        value["value"] = _MASKED
    return kept
