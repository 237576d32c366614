"""The control API: what scripts and the page ask of the practice room, JSON in and out."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sandbox.control.changes import Changes
from sandbox.control.errors import ControlError, asked, check_origin, maybe, not_found, words
from sandbox.control.forms import Forms
from sandbox.control.people import People
from sandbox.control.raw import Raw
from sandbox.control.shown import shown_member, shown_message, shown_post, shown_view
from sandbox.escaped import EscapedJSON
from sandbox.faults.trouble import DEFAULT_SECONDS, KNOWN, RequestLog, TroubleDesk
from sandbox.model.service import ModelDesk
from sandbox.slack.people import BOT_USER_ID
from sandbox.slack.responses import ResponseDesk
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.socket import SocketHub
from sandbox.slack.state import CHANNEL_ID, SlackState
from sandbox.x.asking import TWEET_FIELDS
from sandbox.x.state import XState

Doing = Callable[[Request], Awaitable[Any]]


class ControlRoom(Protocol):
    """What the control API needs of the room it stands in."""

    @property
    def notice(self) -> str: ...
    @property
    def x(self) -> XState: ...
    @property
    def slack(self) -> SlackState: ...
    @property
    def slack_settings(self) -> WorkspaceSettings: ...
    @property
    def hub(self) -> SocketHub: ...
    @property
    def responses(self) -> ResponseDesk: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def trouble(self) -> TroubleDesk: ...
    @property
    def requests(self) -> RequestLog: ...
    @property
    def model(self) -> ModelDesk: ...
    @property
    def model_url(self) -> str: ...


def control_routes(room: ControlRoom) -> list[BaseRoute]:
    """Make every route of the control API, all under `/control`."""
    control = _Control(room)
    people = People(room.slack, room.hub, room.responses)
    forms = Forms(people, room.slack_settings)
    raw = Raw(room.slack, room.hub)

    def acting(do: Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]) -> Doing:
        async def endpoint(request: Request) -> Any:
            return await do(await asked(request))

        return endpoint

    calls: list[tuple[str, str, Doing]] = [
        ("GET", "posts", control.posts),
        ("POST", "posts", control.add_post),
        ("DELETE", "posts/{id}", control.delete_post),
        ("POST", "lacking", control.leave_out),
        ("GET", "messages", control.messages),
        ("GET", "views", control.views),
        ("GET", "members", control.members),
        ("GET", "state", control.state),
        ("GET", "requests", control.requests),
        ("GET", "trouble", control.troubles),
        ("POST", "trouble", control.add_trouble),
        ("DELETE", "trouble", control.clear_trouble),
        ("GET", "model", control.model),
        ("POST", "model", control.set_model),
        ("DELETE", "model", control.clear_model),
        ("POST", "click", acting(people.click)),
        ("POST", "say", acting(people.say)),
        ("POST", "command", acting(people.command)),
        ("POST", "home", acting(people.home)),
        ("POST", "shortcut", acting(people.shortcut)),
        ("POST", "submit", acting(forms.submit)),
        ("POST", "close", acting(forms.close)),
        ("POST", "payload", acting(raw.deliver)),
    ]
    routes: list[BaseRoute] = [
        Route(f"/control/{path}", _answering(do), methods=[method]) for method, path, do in calls
    ]
    return [*routes, Route("/control/changes", room.changes.stream, methods=["GET"])]


def _answering(do: Doing) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            check_origin(request)
            return EscapedJSON(await do(request))
        except ControlError as error:
            return EscapedJSON({"ok": False, "error": str(error)}, status_code=error.status)

    return endpoint


class _Control:
    def __init__(self, room: ControlRoom) -> None:
        self._room = room

    async def posts(self, _request: Request) -> Any:
        x = self._room.x
        return [shown_post(post, x) for post in x.posts()]

    async def add_post(self, request: Request) -> Any:
        said = await asked(request)
        try:
            post = self._room.x.add_post(
                words(said, "author").removeprefix("@"),
                words(said, "text"),
                in_reply_to=maybe(said, "in_reply_to"),
                quote=maybe(said, "quote"),
                late=timedelta(seconds=float(said.get("late", 0))),
            )
        except (ValueError, TypeError) as error:
            raise ControlError(str(error)) from None
        return {"ok": True, "id": post.id}

    async def leave_out(self, request: Request) -> Any:
        said = await asked(request)
        fields = said.get("fields", [])
        if not isinstance(fields, list) or not set(fields) <= set(TWEET_FIELDS):
            raise ControlError("fields must be a list of X's names for a post's fields.")
        self._room.x.leave_out(fields, maybe(said, "id") or "")
        return {"ok": True}

    async def delete_post(self, request: Request) -> Any:
        post_id = request.path_params["id"]
        if not self._room.x.delete_post(post_id):
            raise not_found(f"There is no post {post_id}.")
        return {"ok": True}

    async def messages(self, _request: Request) -> Any:
        slack = self._room.slack
        return [shown_message(message, slack) for message in slack.messages()]

    async def views(self, _request: Request) -> Any:
        return [shown_view(view) for view in self._room.slack.views.all()]

    async def members(self, _request: Request) -> Any:
        slack = self._room.slack
        return [shown_member(m, slack) for m in slack.members.values() if m.id != BOT_USER_ID]

    async def state(self, request: Request) -> Any:
        room = self._room
        channel = room.slack.channel(CHANNEL_ID)
        account = room.x.account
        return {
            "practice": True,
            "notice": f"Practice room: {room.notice[0].lower()}{room.notice[1:]}",
            "channel": {"id": channel.id, "name": channel.name},
            "account": {
                "id": account.id,
                "handle": account.handle,
                "name": account.name,
                "followers": account.followers,
                "bio": account.bio,
                "picture": f"{room.slack.base_url}/avatars/{account.handle}.png",
            },
            "members": await self.members(request),
            "bot": {
                "id": BOT_USER_ID,
                "name": room.slack.bot.name,
                "connected": room.hub.connected,
                "picture": f"{room.slack.base_url}/avatars/{room.slack.bot.handle}.png",
            },
            "assistant": room.slack_settings.assistant,
            "app": room.slack_settings.features.shown(),
            "model": {"url": room.model_url, "queued": len(room.model.waiting())},
            "bill": room.x.bill(),
            "troubles": {where: list(names) for where, names in KNOWN.items()},
        }

    async def requests(self, request: Request) -> Any:
        asked_for = request.query_params
        return [
            entry
            for entry in self._room.requests.all()
            if all(
                entry[name] == asked_for[name] for name in ("where", "call") if name in asked_for
            )
        ]

    async def troubles(self, _request: Request) -> Any:
        return self._room.trouble.waiting()

    async def add_trouble(self, request: Request) -> Any:
        said = await asked(request)
        try:
            self._room.trouble.queue(
                words(said, "where"),
                words(said, "what"),
                int(said.get("times", 1)),
                maybe(said, "on"),
                float(said.get("seconds", DEFAULT_SECONDS)),
            )
        except (ValueError, TypeError) as error:
            raise ControlError(str(error)) from None
        return {"ok": True, "waiting": self._room.trouble.waiting()}

    async def clear_trouble(self, _request: Request) -> Any:
        self._room.trouble.clear()
        return {"ok": True}

    async def model(self, _request: Request) -> Any:
        return self._room.model.waiting()

    async def set_model(self, request: Request) -> Any:
        answers = (await asked(request)).get("answers")
        if not isinstance(answers, list):
            raise ControlError("answers must be a list of strings or objects.")
        try:
            self._room.model.queue(answers)
        except ValueError as error:
            raise ControlError(str(error)) from None
        return {"ok": True, "queued": len(self._room.model.waiting())}

    async def clear_model(self, _request: Request) -> Any:
        self._room.model.clear()
        return {"ok": True}
