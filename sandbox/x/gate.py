"""The gate before every endpoint of the practice X: sign-in, troubles, limits, log."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sandbox.escaped import EscapedJSON
from sandbox.faults.cutting import CutConnection, HalfAnswer, Silence
from sandbox.faults.trouble import LACKING, RequestLog, Trouble, TroubleDesk
from sandbox.x.asking import XRequest
from sandbox.x.auth import Caller, Keys, Signed, SignIn, accepted_names, used_name
from sandbox.x.refusals import Refusal, from_trouble, invalid, too_many_requests, wrong_sign_in
from sandbox.x.shapes import without_field
from sandbox.x.state import XState

PREFIX = "/x"


class XRoom(Protocol):
    """What the practice X needs of the room it stands in."""

    @property
    def x(self) -> XState: ...
    @property
    def trouble(self) -> TroubleDesk: ...
    @property
    def requests(self) -> RequestLog: ...
    @property
    def notice(self) -> str: ...
    @property
    def x_consumer_key(self) -> str: ...
    @property
    def x_consumer_secret(self) -> str: ...
    @property
    def x_access_token(self) -> str: ...
    @property
    def x_access_token_secret(self) -> str: ...
    @property
    def x_bearer_token(self) -> str: ...


@dataclass(frozen=True)
class Answer:
    """What an endpoint says: a JSON body and status, or a response of its own (a stream)."""

    body: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    response: Response | None = None


Endpoint = Callable[[XRequest], Answer]
EVERYBODY: tuple[Caller, ...] = ("user", "app")


class Gate:
    """Lets requests through to the endpoints, or refuses them as X does."""

    def __init__(self, room: XRoom) -> None:
        self._room = room
        self._sign_in = SignIn(
            Keys(
                room.x_consumer_key,
                room.x_consumer_secret,
                room.x_access_token,
                room.x_access_token_secret,
                room.x_bearer_token,
            )
        )

    def route(
        self,
        method: str,
        path: str,
        call: str,
        endpoint: Endpoint,
        callers: Sequence[Caller] = EVERYBODY,
    ) -> Route:
        """Make the route of one endpoint; `call` names it in troubles, limits and the log."""

        async def respond(request: Request) -> Response:
            return await self._respond(request, call, endpoint, callers)

        return Route(PREFIX + path, respond, methods=[method])

    async def _respond(
        self, request: Request, call: str, endpoint: Endpoint, callers: Sequence[Caller]
    ) -> Response:
        raw = await request.body()
        trouble: Trouble | None = None
        # By X's clock, from before it looks: an answer holds nothing that is newer.
        date = {"Date": format_datetime(self._room.x.clock(), usegmt=True)}
        headers: dict[str, str] = {}
        try:
            caller = self._sign_in.caller(*_credentials(request))
            if caller not in callers:
                raise wrong_sign_in(used_name(caller), accepted_names(callers))
            trouble = self._room.trouble.take("x", call)
            if trouble is not None:
                if trouble.what == "timeout":
                    return self._noted(request, call, raw, Silence(), None)
                await self._strike(trouble, call, caller)
            allowed, headers = self._room.x.limits.use(call, caller)
            if not allowed:
                raise too_many_requests(headers)
            answer = endpoint(_asking(request, caller, raw))
        except Refusal as refusal:
            page = HTMLResponse(refusal.page, refusal.status) if refusal.page else None
            answer = Answer(refusal.body, refusal.status, page)
            headers = {**headers, **refusal.headers}
        response, status = _response(answer, {**headers, **date}, trouble)
        return self._noted(request, call, raw, response, status)

    async def _strike(self, trouble: Trouble, call: str, caller: Caller) -> None:
        if trouble.what == "slow":
            await asyncio.sleep(trouble.seconds)
        limit = self._room.x.limits.limit_of(call, caller) or 0
        refusal = from_trouble(trouble, limit, self._room.x.clock().timestamp())
        if refusal is not None:
            raise refusal

    def _noted(
        self, request: Request, call: str, raw: bytes, response: Response, status: int | None
    ) -> Response:
        detail: dict[str, Any] = dict(request.query_params)
        if raw:
            body = _parsed(raw)
            detail = body if isinstance(body, dict) else {"body": raw.decode(errors="replace")}
        self._room.requests.note("x", call, request.method, request.url.path, status, detail)
        return response


def _response(
    answer: Answer, headers: dict[str, str], trouble: Trouble | None
) -> tuple[Response, int | None]:
    what = trouble.what if trouble else None
    if what == "posted_but_lost" and answer.status == 201:  # noqa: PLR2004 - created
        return CutConnection(), None
    if answer.response is not None:
        if what == "cut_off":
            return CutConnection(), None
        return answer.response, answer.status
    body = without_field(answer.body, LACKING[what]) if what in LACKING else answer.body
    whole = EscapedJSON(body, answer.status, headers)
    if what == "cut_off":
        half = HalfAnswer(whole.body, answer.status, dict(whole.headers))
        return half, answer.status
    return whole, answer.status


def _credentials(request: Request) -> tuple[str, Signed]:
    path = request.scope["raw_path"].decode("ascii").removeprefix(PREFIX)
    origin = f"{request.url.scheme}://{request.url.netloc}{PREFIX}"
    query = request.scope["query_string"].decode("ascii")
    return request.headers.get("authorization", ""), Signed(request.method, path, origin, query)


def _asking(request: Request, caller: Caller, raw: bytes) -> XRequest:
    body = None
    if raw:
        body = _parsed(raw)
        if not isinstance(body, dict):
            raise invalid("body", "", "The request body is not a JSON object.")
    return XRequest(caller, dict(request.query_params), dict(request.path_params), body)


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None
