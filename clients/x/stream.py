"""The door to X's filtered stream: its rules, and one connection on which posts arrive.

X takes the app's bearer token for both and nothing else. Facts: X's pages "Filtered Stream"
and "Handling disconnections" (docs.x.com, 2026): one connection, 1,000 rules of 1,024
characters, a blank line every 20 seconds.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clients.x.connection import XConnection
from clients.x.posts import TWEET_FIELDS
from clients.x.reading import Page, read_page
from clients.x.stream_connection import SignOfLife, StreamLine
from errors import XError, XUnavailable

#: The problem types of a rule that X does not understand, or knows already by another's tag.
_BAD_RULE = ("invalid-rules", "duplicate-rules")
_RULES = "/2/tweets/search/stream/rules"


@dataclass(frozen=True, slots=True)
class StreamRule:
    """One rule as X keeps it: its query and what its owner calls it."""

    id: str
    value: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came on the stream: a page with one post, and the ids of the rules that it matches.

    A post of which only the id can be read is among the page's `torn`.
    """

    page: Page
    rule_ids: tuple[str, ...]


class StreamDoor:
    """The stream of one X app. Threads may share it; X allows one open connection.

    Args:
        x: the door whose manners these requests share.
        bearer_token: the app's; never shown or logged.
        base_url: X, or anything that behaves like it.
        silence: seconds without a sign of life after which a connection counts as dead.
    """

    def __init__(self, x: XConnection, bearer_token: str, *, base_url: str, silence: float) -> None:
        self._x = x
        self._bearer_token = bearer_token
        self._base_url = base_url
        self._silence = silence

    def rules(self) -> list[StreamRule]:
        """Return every rule of the app, other programs' included.

        Raises:
            XError: as every reading call of XDoor.
        """
        found: list[StreamRule] = []
        token: str | None = None
        while True:
            body = self._x.read(functools.partial(_ask_for_rules, token))
            found += _read_rules(body.get("data"))
            meta = body.get("meta")
            token = str(meta.get("next_token") or "") if isinstance(meta, Mapping) else ""
            if not token:
                return found

    def add_rules(
        self, wanted: Mapping[str, str], refused: set[str] | None = None
    ) -> list[StreamRule]:
        """Add rules, given as query by tag, and return those that X took.

        Queries that X will not take are added to `refused`. What is in neither X did not take for
        a reason that passes, as when there are too many rules.

        Raises:
            XQueryRefused: X took none of them, for the form of one.
            XError: as `rules`.
        """
        add = [{"value": value, "tag": tag} for tag, value in wanted.items()]
        body = self._x.read(lambda x: x.request("POST", _RULES, json={"add": add}))
        errors = body.get("errors")
        if refused is not None and isinstance(errors, list):
            refused.update(
                str(error.get("value"))
                for error in errors
                if isinstance(error, Mapping) and str(error.get("type", "")).endswith(_BAD_RULE)
            )
        return _read_rules(body.get("data"))

    def delete_rules(self, ids: Sequence[str]) -> None:
        """Delete rules by their ids; one that is not there any more is no trouble.

        Raises:
            XError: as `rules`.
        """
        self._x.read(lambda x: x.request("POST", _RULES, json={"delete": {"ids": list(ids)}}))

    def connection(
        self,
        *,
        opened: Callable[[], None],
        sign: Callable[[], None],
        heard: Callable[[Arrival], None],
    ) -> "StreamConnection":
        """Prepare a connection; nothing is sent before its `run`.

        Args:
            opened: called when X has opened the stream.
            sign: called with each line, a blank one included.
            heard: called with each post. What it raises ends the connection.
        """
        life = SignOfLife(self._silence)
        return StreamConnection(
            self._x,
            life,
            functools.partial(StreamLine, self._bearer_token, self._base_url, life),
            opened=opened,
            sign=sign,
            heard=heard,
        )


class StreamConnection:
    """One connection to the stream, for one `run`."""

    def __init__(
        self,
        x: XConnection,
        life: SignOfLife,
        make_line: Callable[..., StreamLine],
        *,
        opened: Callable[[], None],
        sign: Callable[[], None],
        heard: Callable[[Arrival], None],
    ) -> None:
        self._x = x
        self._life = life
        self._heard = heard
        self._raised: Exception | None = None
        self._ended_by_x = False
        self._line = make_line(
            opened=self._kept(opened), sign=self._kept(sign), heard=self._kept(self._read)
        )

    def run(self) -> XError | None:
        """Pass on what comes until the connection is over; return why, None when it was cut.

        Raises:
            Exception: what `heard` or `opened` raised, unchanged.
        """
        self._line.run(tweet_fields=TWEET_FIELDS)
        if self._raised is not None:
            raise self._raised
        if self._life.is_cut:
            return None
        if self._line.refused is not None:
            return self._x.read_refusal(*self._line.refused)
        return XUnavailable("X ended its stream." if self._ended_by_x else "X's stream broke off.")

    def cut(self) -> None:
        """End the connection at once, from any thread."""
        self._life.cut()

    def _kept(self, call: Callable[..., None]) -> Callable[..., None]:
        """Keep what a call of ours raises: tweepy would only log it."""

        def keeping(*args: Any) -> None:
            try:
                call(*args)
            except Exception as error:
                self._raised = error
                raise

        return keeping

    def _read(self, line: Mapping[str, Any]) -> None:
        row = line.get("data")
        if not isinstance(row, Mapping):
            # X's own word that it is about to end the stream: `operational-disconnect`.
            self._ended_by_x = self._ended_by_x or bool(line.get("errors") or line.get("title"))
            return
        page = read_page({**line, "data": [row]})
        rows = line.get("matching_rules")
        rules = rows if isinstance(rows, list) else []
        ids = tuple(str(rule.get("id")) for rule in rules if isinstance(rule, Mapping))
        if page.posts or any(each.id for each in page.torn):
            self._heard(Arrival(page, ids))


def _ask_for_rules(token: str | None, x: Any) -> object:
    return x.request("GET", _RULES, params={"pagination_token": token} if token else {})


def _read_rules(rows: object) -> list[StreamRule]:
    if not isinstance(rows, list):
        return []
    return [
        StreamRule(str(row["id"]), str(row.get("value") or ""), str(row.get("tag") or ""))
        for row in rows
        if isinstance(row, Mapping) and str(row.get("id") or "").isdigit()
    ]
