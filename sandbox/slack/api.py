"""The practice Slack's Web API: who may call what, what goes wrong on purpose, and the routes."""

import json
import math
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.escaped import EscapedJSON
from sandbox.faults.cutting import CutConnection, HalfAnswer, Silence
from sandbox.faults.trouble import RequestLog, Trouble, TroubleDesk
from sandbox.slack import api_chat as chat
from sandbox.slack import api_files as files
from sandbox.slack import api_people as people
from sandbox.slack import api_rooms as rooms
from sandbox.slack import api_views as views
from sandbox.slack.arguments import Arguments, read_arguments, token_of
from sandbox.slack.errors import SlackRefusal, refused_blocks
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.state import SlackState

Method = Callable[[SlackState, WorkspaceSettings, Arguments], dict[str, Any]]


def _open_socket(
    state: SlackState, _settings: WorkspaceSettings, _arguments: Arguments
) -> dict[str, Any]:
    address = state.base_url.replace("http://", "ws://", 1)
    return {"url": f"{address}/slack/socket/{state.tickets.new_socket()}"}


# Each method with the scope its bot token needs (docs.slack.dev, method reference).
METHODS: dict[str, tuple[Method, str | None]] = {
    "apps.connections.open": (_open_socket, None),
    "auth.test": (people.auth_test, None),
    "assistant.threads.setStatus": (views.assistant, "chat:write"),
    "assistant.threads.setSuggestedPrompts": (views.assistant, "assistant:write"),
    "assistant.threads.setTitle": (views.assistant, "assistant:write"),
    "bots.info": (people.bot_info, "users:read"),
    "chat.delete": (chat.delete, "chat:write"),
    "chat.getPermalink": (chat.permalink, None),
    "chat.postEphemeral": (chat.post_ephemeral, "chat:write"),
    "chat.postMessage": (chat.post_message, "chat:write"),
    "chat.update": (chat.update, "chat:write"),
    "conversations.history": (rooms.history, "channels:history"),
    "conversations.info": (rooms.info, "channels:read"),
    "conversations.join": (rooms.join, "channels:join"),
    "conversations.list": (rooms.list_channels, "channels:read"),
    "conversations.members": (rooms.members, "channels:read"),
    "conversations.open": (rooms.open_direct, "im:write"),
    "conversations.replies": (rooms.replies, "channels:history"),
    "files.completeUploadExternal": (files.complete, "files:write"),
    "files.getUploadURLExternal": (files.upload_url, "files:write"),
    "files.info": (files.info, "files:read"),
    "reactions.add": (chat.add_reaction, "reactions:write"),
    "reactions.remove": (chat.remove_reaction, "reactions:write"),
    "team.info": (people.team_info, "team:read"),
    "usergroups.list": (people.list_groups, "usergroups:read"),
    "usergroups.users.list": (people.group_users, "usergroups:read"),
    "users.info": (people.user_info, "users:read"),
    "users.list": (people.list_users, "users:read"),
    "views.open": (views.open_view, None),
    "views.publish": (views.publish, None),
    "views.push": (views.push, None),
    "views.update": (views.update, None),
}
_WITH_BLOCKS = "must be valid blocks [json-pointer:/blocks]"


class SlackApi:
    """Answers the Web API over HTTP."""

    def __init__(
        self,
        state: SlackState,
        settings: WorkspaceSettings,
        trouble: TroubleDesk,
        requests: RequestLog,
    ) -> None:
        self.state = state
        self.settings = settings
        self.trouble = trouble
        self.requests = requests

    def routes(self) -> list[BaseRoute]:
        """Name the addresses of the Web API and of files."""
        return [
            Route("/slack/api/{method}", self.call, methods=["GET", "POST"]),
            Route("/slack/files/upload/{file_id}", self.receive_file, methods=["POST"]),
            Route("/slack/files/{file_id}/{name}", self.show_file),
            # As an image block names it: by its id alone.
            Route("/slack/files/{file_id}", self.show_file),
        ]

    async def call(self, request: Request) -> Response:
        """Answer one Web API call, troubles included."""
        method = request.path_params["method"]
        arguments = Arguments({})
        trouble = self.trouble.take("slack", method)
        before = _trouble_instead(trouble)
        if before is None:
            try:
                arguments = await read_arguments(request)
                token = token_of(request, arguments)
                answer = self._answer(method, token, arguments, trouble)
                response: Response = EscapedJSON({"ok": True, **answer})
            except SlackRefusal as refusal:
                response = _refused(refusal)
            response.headers["X-OAuth-Scopes"] = ",".join(self.settings.scopes)
            needed = METHODS.get(method, (None, None))[1]
            response.headers["X-Accepted-OAuth-Scopes"] = needed or ""
        else:
            # What was asked for is on record also where nothing is done about it.
            with suppress(SlackRefusal):
                arguments = await read_arguments(request)
            response = before
        silent = isinstance(before, Silence) or (trouble and trouble.what == "posted_but_lost")
        self.requests.note(
            "slack",
            method,
            request.method,
            request.url.path,
            None if silent else response.status_code,
            arguments.given,
        )
        return _trouble_after(trouble, response)

    def _answer(
        self, method: str, token: str, arguments: Arguments, trouble: Trouble | None
    ) -> dict[str, Any]:
        self._check_token(method, token)
        if method not in METHODS:
            raise SlackRefusal("unknown_method", req_method=method)
        function, scope = METHODS[method]
        if scope and scope not in self.settings.scopes:
            provided = ",".join(self.settings.scopes)
            raise SlackRefusal("missing_scope", needed=scope, provided=provided)
        if trouble is not None and trouble.what == "not_in_channel":
            raise SlackRefusal("not_in_channel")
        if trouble is not None and trouble.what == "invalid_blocks":
            kind = "invalid_arguments" if method.startswith("views.") else "invalid_blocks"
            raise refused_blocks([_WITH_BLOCKS], kind)
        arguments.given["_token"] = token
        try:
            return function(self.state, self.settings, arguments)
        finally:
            del arguments.given["_token"]

    def _check_token(self, method: str, token: str) -> None:
        if not token:
            raise SlackRefusal("not_authed")
        known = {self.settings.bot_token, self.settings.app_token}
        if token not in known:
            raise SlackRefusal("invalid_auth")
        for_app = method == "apps.connections.open"
        wrong_kind = for_app != (token == self.settings.app_token)
        if wrong_kind and method != "auth.test":
            raise SlackRefusal("not_allowed_token_type")

    async def receive_file(self, request: Request) -> Response:
        """Take the bytes of a file that was announced."""
        try:
            stored = self.settings.files.find(request.path_params["file_id"])
        except SlackRefusal:
            return PlainTextResponse("file_not_found", status_code=404)
        stored.content = await request.body()
        self.requests.note("slack", "upload", "POST", request.url.path, 200)
        return PlainTextResponse(f"OK - {len(stored.content)}")

    async def show_file(self, request: Request) -> Response:
        """Show a file's bytes."""
        try:
            stored = self.settings.files.find(request.path_params["file_id"])
        except SlackRefusal:
            return PlainTextResponse("file_not_found", status_code=404)
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return Response(stored.content or b"", media_type=stored.mimetype, headers=headers)


def _refused(refusal: SlackRefusal) -> Response:
    if isinstance(refusal, chat.RateLimited):
        return _too_many(refusal.seconds)
    return EscapedJSON(refusal.answer())


def _too_many(seconds: float) -> Response:
    return EscapedJSON(
        {"ok": False, "error": "ratelimited"},
        status_code=429,
        headers={"Retry-After": str(math.ceil(seconds))},
    )


def _trouble_instead(trouble: Trouble | None) -> Response | None:
    """Choose what a trouble answers without the call being done at all."""
    if trouble is None:
        return None
    if trouble.what == "429":
        return _too_many(trouble.seconds)
    if trouble.what == "500":
        return EscapedJSON({"ok": False, "error": "internal_error"}, status_code=500)
    if trouble.what == "timeout":
        return Silence()
    return None


def _trouble_after(trouble: Trouble | None, response: Response) -> Response:
    """Choose how a trouble spoils the answer of a call that was done."""
    if trouble is None:
        return response
    if trouble.what == "posted_but_lost":
        return CutConnection()
    if trouble.what == "cut_off":
        content = bytes(response.body)
        return HalfAnswer(content or json.dumps({}), media_type="application/json")
    return response
