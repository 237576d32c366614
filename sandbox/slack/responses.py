"""What the app answers to an interaction: through its response address, or in its acknowledgement."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.block_kit.blocks import refuse_message_blocks
from sandbox.faults.trouble import RequestLog
from sandbox.slack.errors import SlackRefusal, refused_blocks
from sandbox.slack.messages import SlackMessage
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.state import SlackState
from sandbox.slack.tickets import ResponseTicket


class ResponseDesk:
    """Takes what is sent to response addresses."""

    def __init__(
        self, state: SlackState, settings: WorkspaceSettings, requests: RequestLog
    ) -> None:
        self.state = state
        self.settings = settings
        self.requests = requests

    def routes(self) -> list[BaseRoute]:
        """Name the addresses that payloads carry as response_url."""
        return [Route("/slack/respond/{ticket}", self.respond, methods=["POST"])]

    def address(
        self, member: str, channel: str, message_ts: str | None = None, thread_ts: str | None = None
    ) -> str:
        """Make a response address for one interaction."""
        ticket = self.state.tickets.new_response(member, channel, message_ts, thread_ts)
        return f"{self.state.base_url}/slack/respond/{ticket}"

    async def respond(self, request: Request) -> Response:
        """Answer one POST to a response address."""
        said: dict[str, Any] = {}
        try:
            said = _object(await request.body())
            self.apply(self.state.tickets.use_response(request.path_params["ticket"]), said)
            response: Response = PlainTextResponse("ok")
        except SlackRefusal as refusal:
            gone = refusal.error in {"expired_url", "used_url"}
            response = JSONResponse(refusal.answer(), status_code=404 if gone else 400)
        self.requests.note(
            "slack", "response_url", "POST", "/slack/respond", response.status_code, said
        )
        return response

    def apply(self, ticket: ResponseTicket, said: dict[str, Any]) -> SlackMessage | None:
        """Post, replace or delete as the app asked; refuses what Slack would refuse."""
        source = self.state.find(ticket.channel, ticket.message_ts or "")
        if said.get("delete_original"):
            if source is not None:
                self.state.remove(source)
            return None
        blocks = said.get("blocks")
        if isinstance(blocks, str):
            blocks = _parsed(blocks)
        problems = refuse_message_blocks(
            blocks or [], charts=self.settings.charts, knows_file=self.settings.files.knows
        )
        if problems:
            raise refused_blocks(problems)
        text = str(said.get("text") or "")
        if not (text or blocks or said.get("attachments")):
            raise SlackRefusal("no_text")
        if said.get("replace_original") and source is not None:
            self.state.change(source, text=text or source.text, blocks=blocks or [])
            return source
        for_all = said.get("response_type") == "in_channel"
        return self.state.post(
            self.state.channel(ticket.channel),
            self.state.bot,
            text,
            blocks=blocks,
            attachments=said.get("attachments") or [],
            thread_ts=said.get("thread_ts") or ticket.thread_ts,
            ephemeral_to=None if for_all else ticket.member,
        )


def _object(body: bytes) -> dict[str, Any]:
    said = _parsed(body)
    if not isinstance(said, dict):
        raise SlackRefusal("invalid_payload")
    return said


def _parsed(text: bytes | str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise SlackRefusal("invalid_payload") from None
