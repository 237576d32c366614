"""The filtered stream of the practice X: rules, and one connection on which posts arrive."""

import asyncio
import contextlib
import itertools
import json
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from sandbox.faults.cutting import line_of
from sandbox.faults.trouble import TroubleDesk
from sandbox.x import query
from sandbox.x.asking import SHAPE_PARAMETERS, XRequest
from sandbox.x.gate import Answer
from sandbox.x.posts import XPost
from sandbox.x.refusals import invalid, rule_problem, stream_taken
from sandbox.x.shapes import Shapes, moment
from sandbox.x.state import XState

HEARTBEAT = 20.0  # seconds between the empty lines that keep a quiet stream alive
MOST_RULES = 1000


@dataclass(frozen=True)
class KeptRule:
    """One rule: a query, its test, and what its owner calls it."""

    id: str
    value: str
    tag: str | None
    test: query.Test

    def shaped(self) -> dict[str, str]:
        """Shape the rule as X answers it."""
        shape = {"id": self.id, "value": self.value}
        return shape if self.tag is None else {**shape, "tag": self.tag}


@dataclass(frozen=True)
class _Listener:
    """The one connection: where its posts go, and the event that cuts it."""

    loop: asyncio.AbstractEventLoop
    arrivals: asyncio.Queue[XPost]
    cut: asyncio.Event = field(default_factory=asyncio.Event)

    def call(self, do: Callable[..., Any], *what: Any) -> None:
        """Do something on the server's loop, from any thread."""
        with contextlib.suppress(RuntimeError):  # the room is closing: nobody listens
            self.loop.call_soon_threadsafe(do, *what)


class FilteredStream:
    """Keeps the rules and feeds the one listener."""

    def __init__(self, state: XState, trouble: TroubleDesk) -> None:
        self._state = state
        self._trouble = trouble
        self._lock = threading.Lock()
        self._rules: dict[str, KeptRule] = {}
        self._numbers = itertools.count(1_500_000_000_000_000_001)
        self._listener: _Listener | None = None
        state.on_post(self._heard)
        trouble.on_change(self._cut_if_asked)

    def rules(self, asking: XRequest) -> Answer:
        """List the rules."""
        asking.only("ids", "max_results", "pagination_token")
        with self._lock:
            shaped = [rule.shaped() for rule in self._rules.values()]
        wanted = asking.ids(most=MOST_RULES) if "ids" in asking.params else None
        shaped = [rule for rule in shaped if wanted is None or rule["id"] in wanted]
        meta = {"sent": moment(self._state.clock()), "result_count": len(shaped)}
        return Answer({"data": shaped, "meta": meta} if shaped else {"meta": meta})

    def change_rules(self, asking: XRequest) -> Answer:
        """Add rules, or delete them by id or value."""
        asking.only("dry_run", "delete_all")
        dry = asking.params.get("dry_run") == "true"
        body = asking.body or {}
        if isinstance(added := body.get("add"), list):
            return self._add(added, dry)
        if isinstance(deleted := body.get("delete"), dict):
            return self._delete(deleted, dry)
        raise invalid("add", "", "Rules are added with `add` or deleted with `delete`.")

    def _add(self, added: list[Any], dry: bool) -> Answer:
        made, errors = [], []
        with self._lock:
            for wish in added:
                value = str(wish.get("value", "")) if isinstance(wish, dict) else ""
                problem, test = self._examined(value)
                if test is None:
                    errors.append(problem)
                    continue
                rule = KeptRule(str(next(self._numbers)), value, wish.get("tag"), test)
                made.append(rule.shaped())
                if not dry:
                    self._rules[rule.id] = rule
        summary = {
            "created": len(made),
            "not_created": len(errors),
            "valid": len(made),
            "invalid": len(errors),
        }
        meta = {"sent": moment(self._state.clock()), "summary": summary}
        body: dict[str, Any] = {"meta": meta}
        if made:
            body["data"] = made
        if errors:
            body["errors"] = errors
        return Answer(body, 201 if made else 200)

    def _examined(self, value: str) -> tuple[dict[str, Any], query.Test | None]:
        same = next((rule for rule in self._rules.values() if rule.value == value), None)
        if same is not None:
            problem = rule_problem("duplicate-rules", "DuplicateRule", value, "Duplicate rule")
            return {**problem, "id": same.id}, None
        if len(self._rules) >= MOST_RULES:
            return rule_problem("rule-cap", "RulesCapExceeded", value, "Too many rules"), None
        try:
            return {}, query.parse(value, self._state)
        except query.QueryError as complaint:
            return rule_problem("invalid-rules", "UnprocessableEntity", value, str(complaint)), None

    def _delete(self, deleted: dict[str, Any], dry: bool) -> Answer:
        ids = {str(rule_id) for rule_id in deleted.get("ids", [])}
        values = {str(value) for value in deleted.get("values", [])}
        with self._lock:
            found = [r.id for r in self._rules.values() if r.id in ids or r.value in values]
            for rule_id in [] if dry else found:
                del self._rules[rule_id]
        summary = {"deleted": len(found), "not_deleted": len(ids) + len(values) - len(found)}
        return Answer({"meta": {"sent": moment(self._state.clock()), "summary": summary}})

    def listen(self, asking: XRequest) -> Answer:
        """Open the stream; X allows one connection."""
        asking.only("backfill_minutes", "start_time", "end_time", *SHAPE_PARAMETERS)
        shapes = Shapes(self._state, asking)
        loop = asyncio.get_running_loop()
        arrivals: asyncio.Queue[XPost] = asyncio.Queue()

        listener = _Listener(loop, arrivals)
        with self._lock:
            if self._listener is not None:
                raise stream_taken()
            self._listener = listener
        self._cut_if_asked()
        lines = self._lines(arrivals, shapes)
        return Answer(response=_Stream(lines, self._hung_up, listener.cut))

    def _heard(self, post: XPost) -> None:
        with self._lock:
            listener = self._listener
        if listener is not None and self._state.can_see(post):
            listener.call(listener.arrivals.put_nowait, post)

    def _cut_if_asked(self) -> None:
        with self._lock:
            listener = self._listener
        if listener is not None and self._trouble.take("x", "open_stream") is not None:
            listener.call(listener.cut.set)

    def _hung_up(self) -> None:
        with self._lock:
            self._listener = None

    async def _lines(self, arrivals: asyncio.Queue[XPost], shapes: Shapes) -> AsyncIterator[bytes]:
        while True:
            try:
                post = await asyncio.wait_for(arrivals.get(), HEARTBEAT)
            except TimeoutError:
                yield b"\r\n"
                continue
            line = self._line(post, shapes)
            if line is not None:
                yield json.dumps(line).encode() + b"\r\n"

    def _line(self, post: XPost, shapes: Shapes) -> dict[str, Any] | None:
        with self._lock:
            matching = [rule for rule in self._rules.values() if rule.test(post)]
        if not matching:
            return None
        self._state.costs.read("post_read", post.id)
        includes, errors = shapes.around([post])
        line: dict[str, Any] = {"data": shapes.post(post)}
        if includes:
            line["includes"] = includes
        if errors:
            line["errors"] = errors
        line["matching_rules"] = [{"id": r.id, "tag": r.tag or ""} for r in matching]
        return line


class _Stream(StreamingResponse):
    """A stream that ends when its client leaves, the room closes or a trouble cuts it."""

    def __init__(
        self, lines: AsyncIterator[bytes], hung_up: Callable[[], None], cut: asyncio.Event
    ) -> None:
        super().__init__(lines, media_type="application/json")
        self._hung_up = hung_up
        self._cut = cut

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        sending = asyncio.ensure_future(super().__call__(scope, receive, send))
        closing = asyncio.ensure_future(line_of(scope).closing.wait())
        cut = asyncio.ensure_future(self._cut.wait())
        try:
            await asyncio.wait({sending, closing, cut}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._hung_up()
            closing.cancel()
            cut.cancel()
            sending.cancel()
            line_of(scope).transport.close()
            with contextlib.suppress(asyncio.CancelledError):
                await sending
