"""The practice model: an OpenAI-compatible server whose answers a script sets."""

import asyncio
import itertools
import json
import math
import time
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sandbox.escaped import EscapedJSON
from sandbox.faults.cutting import Silence
from sandbox.faults.trouble import RequestLog, Trouble, TroubleDesk
from sandbox.model.desk import ModelDesk, QueuedAnswer
from sandbox.model.schema import fitting

__all__ = ["ModelDesk", "ModelRoom", "model_routes"]

PREFIX = "/model/v1"
MODEL = "practice-model"
REFUSAL = "I'm sorry, but I can't help with that."
RUBBISH = "Sure! Here you go ~~ {not json at all: <b>hello</b>, ,, 12 O'clock]"
HUGE = 10 * 1024 * 1024


class ModelRoom(Protocol):
    """What the practice model needs of the room it stands in."""

    @property
    def model(self) -> ModelDesk: ...
    @property
    def trouble(self) -> TroubleDesk: ...
    @property
    def requests(self) -> RequestLog: ...
    @property
    def model_key(self) -> str | None: ...  # None: any key is taken


def model_routes(room: ModelRoom) -> list[BaseRoute]:
    """Make the routes of the practice model, all under `/model/v1`."""
    service = _Service(room)
    return [
        Route(f"{PREFIX}/models", service.models, methods=["GET"]),
        Route(f"{PREFIX}/chat/completions", service.chat, methods=["POST"]),
    ]


class _Service:
    def __init__(self, room: ModelRoom) -> None:
        self._room = room
        self._numbers = itertools.count(1)

    async def models(self, request: Request) -> Response:
        if not self._is_known(request):
            return self._noted(request, "models", _wrong_key(), 401)
        model = {"id": MODEL, "object": "model", "created": 1767225600, "owned_by": "practice"}
        answer = EscapedJSON({"object": "list", "data": [model]})
        return self._noted(request, "models", answer, 200)

    async def chat(self, request: Request) -> Response:
        asked = await _asked(request)
        if not self._is_known(request):
            return self._noted(request, "chat", _wrong_key(), 401, asked)
        if asked is None or not isinstance(asked.get("messages"), list):
            wrong = _error(400, "'messages' is a required property", "invalid_request_error")
            return self._noted(request, "chat", wrong, 400, asked)
        if asked.get("stream"):
            wrong = _error(400, "The practice model does not stream.", "invalid_request_error")
            return self._noted(request, "chat", wrong, 400, asked)
        trouble = self._room.trouble.take("model", "chat")
        if trouble is not None and trouble.what == "timeout":
            return self._noted(request, "chat", Silence(), None, asked)
        if trouble is not None and (refused := _refused(trouble)) is not None:
            return self._noted(request, "chat", refused, refused.status_code, asked)
        answer = _bent(trouble, self._room.model.take() or _made_up(asked), asked)
        await asyncio.sleep(answer.delay)
        whole = EscapedJSON(self._completion(asked, answer))
        return self._noted(request, "chat", whole, 200, asked)

    def _completion(self, asked: dict[str, Any], answer: QueuedAnswer) -> dict[str, Any]:
        read = sum(len(json.dumps(message)) for message in asked["messages"]) // 4 + 1
        written = len(answer.content or answer.refusal or "") // 4 + 1
        message = {"role": "assistant", "content": answer.content, "refusal": answer.refusal}
        return {
            "id": f"chatcmpl-practice-{next(self._numbers)}",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": asked.get("model", MODEL),
            "choices": [
                {
                    "index": 0,
                    "message": message,
                    "logprobs": None,
                    "finish_reason": answer.finish_reason,
                }
            ],
            "usage": {
                "prompt_tokens": read,
                "completion_tokens": written,
                "total_tokens": read + written,
            },
        }

    def _is_known(self, request: Request) -> bool:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        wanted = self._room.model_key
        return scheme.lower() == "bearer" and bool(key.strip()) and wanted in {None, "", key}

    def _noted(
        self,
        request: Request,
        call: str,
        response: Response,
        status: int | None,
        asked: dict[str, Any] | None = None,
    ) -> Response:
        path = request.url.path
        self._room.requests.note("model", call, request.method, path, status, asked)
        return response


async def _asked(request: Request) -> dict[str, Any] | None:
    try:
        body = json.loads(await request.body())
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _made_up(asked: dict[str, Any]) -> QueuedAnswer:
    wanted = asked.get("response_format")
    kind = wanted.get("type") if isinstance(wanted, dict) else None
    if isinstance(wanted, dict) and kind == "json_schema":
        schema = wanted.get("json_schema", {}).get("schema", {})
        return QueuedAnswer(json.dumps(fitting(schema), ensure_ascii=False))
    if kind == "json_object":
        return QueuedAnswer(json.dumps({"answer": fitting({"type": "string"})}))
    return QueuedAnswer(str(fitting({"type": "string"})))


def _bent(trouble: Trouble | None, answer: QueuedAnswer, asked: dict[str, Any]) -> QueuedAnswer:
    """Spoil an answer as the trouble wants it."""
    content = answer.content or ""
    half = content[: len(content) // 2]
    what = trouble.what if trouble else ""
    if what == "huge":
        return QueuedAnswer(_swollen(_made_up(asked).content or ""))
    spoiled = {
        "rubbish": QueuedAnswer(RUBBISH),
        "half_json": QueuedAnswer(half),
        "cut_off": QueuedAnswer(half, finish_reason="length"),
        "refusal": QueuedAnswer(None, refusal=REFUSAL),
        "empty": QueuedAnswer(""),
    }
    return spoiled.get(what, answer)


def _swollen(content: str) -> str:
    # Inside the first string, so that the answer stays valid JSON.
    mark = "practice answer 1"
    return content.replace(mark, mark + " and on" * (HUGE // 7 + 1), 1)


def _refused(trouble: Trouble) -> Response | None:
    match trouble.what:
        case "401":
            return _wrong_key()
        case "429":
            message = f"Rate limit reached for {MODEL}. Please try again later."
            wait = {"retry-after": str(math.ceil(trouble.seconds))}
            return _error(429, message, "requests", "rate_limit_exceeded", wait)
        case "500":
            message = "The server had an error while processing your request. Sorry about that!"
            return _error(500, message, "server_error")
        case _:
            return None


def _wrong_key() -> Response:
    return _error(401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key")


def _error(
    status: int,
    message: str,
    kind: str,
    code: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    error = {"message": message, "type": kind, "param": None, "code": code}
    return EscapedJSON({"error": error}, status, headers)
