"""The door to Slack: post, find, change and whisper messages, open views, look people up."""

import functools
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from slack_sdk.errors import SlackApiError, SlackRequestError

import patterns as re
from clients.net.network import is_loopback, keep_loopback_direct
from clients.slack.calls import PatientHandler, ask_slack, pages_of
from clients.slack.rate_limit import Pace
from clients.slack.refusals import BROKEN, broken, posting_refusal
from clients.slack.shapes import BotIdentity, Channel, channel_of
from clients.slack.users import member_profile
from clients.slack.web_client import BoundedWebClient
from domain import MemberProfile
from errors import SlackError, SlackNoChannel, SlackUnavailable

METADATA = "greenroom"
_CLOCKS_DIFFER = timedelta(minutes=2)
_CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{6,}")

Blocks = Sequence[Mapping[str, Any]]


class SlackClient:
    """Speaks with one workspace as the bot. Threads may share it.

    Every call may raise SlackWrongToken, SlackNoChannel, SlackRefusedBlocks, SlackUnavailable, or
    SlackError with Slack's own name in `code`. A pause that Slack asks for is waited for, twice
    at most; nothing else is tried again here.

    Args:
        token: the bot's token (xoxb-…), never logged.
        base_url: the Web API, or anything that behaves like it.
        timeout: seconds for connecting and for each wait for an answer.
    """

    def __init__(
        self, token: str, *, base_url: str = "https://slack.com/api/", timeout: int = 15
    ) -> None:
        if is_loopback(base_url):
            keep_loopback_direct()
        self._pace = Pace()
        # slack_sdk's own default would post again after a broken connection.
        self.client = BoundedWebClient(
            token,
            base_url=base_url,
            timeout=timeout,
            retry_handlers=[PatientHandler(self._pace, max_retry_count=2)],
        )
        # A trigger_id lives for 3 s: nothing that needs one waits.
        self._hasty = BoundedWebClient(token, base_url=base_url, timeout=timeout, retry_handlers=[])

    @functools.cached_property
    def _identity(self) -> BotIdentity:
        return self.whoami()

    def whoami(self) -> BotIdentity:
        """Ask Slack who the token belongs to."""
        answer = ask_slack(self.client.auth_test)
        scopes = next((v for k, v in answer.headers.items() if k.lower() == "x-oauth-scopes"), "")
        return BotIdentity(
            bot_member_id=str(answer["user_id"]),
            team_id=str(answer["team_id"]),
            bot_id=str(answer["bot_id"] or ""),
            name=str(answer["user"]),
            scopes=frozenset(s.strip() for s in scopes.split(",") if s.strip()),
            url=str(answer.get("url") or ""),
        )

    def post(
        self, channel: str, *, text: str, blocks: Blocks, key: str, thread_ts: str | None = None
    ) -> str:
        """Post a message and return its ts; `key` goes into its metadata for `find`.

        Raises:
            SlackUncertain: it may have been posted: look with `find` before posting again.
        """
        self._pace.wait()
        try:
            answer = self.client.chat_postMessage(
                channel=channel,
                text=text,
                blocks=[dict(block) for block in blocks],
                thread_ts=thread_ts,
                metadata={"event_type": METADATA, "event_payload": {"key": key}},
            )
        except SlackApiError as error:
            raise posting_refusal(error) from None
        except BROKEN as error:
            raise broken(error, posting=True) from error
        return str(answer["ts"])

    def delete(self, channel: str, ts: str) -> None:
        """Take one of our messages away; one that is not there any more is well."""
        try:
            ask_slack(self.client.chat_delete, channel=channel, ts=ts)
        except SlackError as error:
            if error.code not in {"message_not_found", "cant_delete_message"}:
                raise

    def find(
        self, channel: str, *, key: str, since: datetime, thread_ts: str | None = None
    ) -> str | None:
        """Look for a message of ours by its key; return its ts, or None.

        Args:
            channel: the channel's id.
            key: as given to `post`.
            since: aware; how far back to look, and two minutes more for clocks that differ.
            thread_ts: look in this thread instead.
        """
        oldest = f"{(since - _CLOCKS_DIFFER).timestamp():.6f}"
        kept: dict[str, Any] = {
            "channel": channel,
            "oldest": oldest,
            "include_all_metadata": True,
            "limit": 200,
        }
        if thread_ts is None:
            pages = pages_of(functools.partial(self.client.conversations_history, **kept))
        else:
            pages = pages_of(
                functools.partial(self.client.conversations_replies, ts=thread_ts, **kept)
            )
        wanted = {"key": key}
        for page in pages:
            for message in page.get("messages") or []:
                metadata = message.get("metadata") or {}
                if metadata.get("event_type") == METADATA and _payload(metadata) == wanted:
                    return str(message["ts"])
        return None

    def key_of(self, channel: str, ts: str) -> str | None:
        """Return the key of our message that stands at a place, None when it is not ours."""
        answer = ask_slack(
            self.client.conversations_replies,
            channel=channel,
            ts=ts,
            limit=1,
            include_all_metadata=True,
        )
        for message in answer.get("messages") or []:
            metadata = message.get("metadata") or {}
            payload = _payload(metadata) if metadata.get("event_type") == METADATA else None
            if str(message.get("ts")) == ts and isinstance(payload, dict):
                return str(payload.get("key") or "") or None
        return None

    def update(self, channel: str, ts: str, *, text: str, blocks: Blocks) -> None:
        """Change a message of ours; its metadata stays."""
        ask_slack(
            self.client.chat_update,
            channel=channel,
            ts=ts,
            text=text,
            blocks=[dict(block) for block in blocks],
        )

    def post_ephemeral(
        self,
        channel: str,
        member: str,
        *,
        text: str,
        blocks: Blocks | None = None,
        thread_ts: str | None = None,
    ) -> None:
        """Show a message to one member only; it is gone when they reload."""
        ask_slack(
            self.client.chat_postEphemeral,
            channel=channel,
            user=member,
            text=text,
            blocks=None if blocks is None else [dict(block) for block in blocks],
            thread_ts=thread_ts,
        )

    def say_thinking(self, channel: str, thread_ts: str, words: str) -> None:
        """Show a status in a thread, also of the agent view, until our next message stands there.

        Slack takes it away after two minutes (docs.slack.dev, assistant.threads.setStatus).
        """
        ask_slack(
            self.client.assistant_threads_setStatus,
            channel_id=channel,
            thread_ts=thread_ts,
            status=words,
        )

    def upload(
        self,
        content: bytes | Path,
        *,
        name: str,
        title: str,
        alt_text: str = "",
        channel: str = "",
        words: str = "",
    ) -> str:
        """Upload a file and return its id, for an image block or to share it.

        Without a channel nobody sees it until a message shows it. Slack needs a moment before a
        new picture may stand in a block: it refuses the block (SlackRefusedBlocks) until then.

        Args:
            content: its bytes, or the file that holds them.
            name: with the ending that says what it is.
            title: what people see.
            alt_text: what a screen reader says of a picture, up to 1,000 characters.
            channel: the id of a channel to share it in.
            words: what is said with it there; no link, since what is said with a file cannot be
                kept from being unfurled.

        Raises:
            SlackUnavailable: it did not arrive.
            ValueError: the words hold a link.
        """
        if "://" in words:
            raise ValueError("what is said with a file holds no link: Slack would unfurl it")
        try:
            answer = ask_slack(
                self.client.files_upload_v2,
                file=content if isinstance(content, bytes) else str(content),
                filename=name,
                title=title,
                alt_txt=alt_text or None,
                channel=channel or None,
                initial_comment=words or None,
            )
        except SlackRequestError as error:
            raise SlackUnavailable("Slack did not take the file.") from error
        return str(answer["files"][0]["id"])

    def open_modal(self, trigger_id: str, view: Mapping[str, Any]) -> str:
        """Open a modal and return its view id."""
        answer = ask_slack(self._hasty.views_open, trigger_id=trigger_id, view=dict(view))
        return str(answer["view"]["id"])

    def push_modal(self, trigger_id: str, view: Mapping[str, Any]) -> str:
        """Open a modal on top of the one that was pressed in; Slack takes three deep."""
        answer = ask_slack(self._hasty.views_push, trigger_id=trigger_id, view=dict(view))
        return str(answer["view"]["id"])

    def update_modal(
        self,
        view_id: str,
        view: Mapping[str, Any],
        hash: str | None = None,  # noqa: A002 - Slack's own name
    ) -> None:
        """Change an open modal; with `hash` only if nobody changed it meanwhile."""
        ask_slack(self.client.views_update, view_id=view_id, view=dict(view), hash=hash)

    def publish_home(self, member: str, view: Mapping[str, Any]) -> None:
        """Set what a member sees in the bot's Home tab."""
        ask_slack(self.client.views_publish, user_id=member, view=dict(view))

    def member(self, member_id: str) -> MemberProfile:
        """Look a member up, as far as access needs to know."""
        answer = ask_slack(self.client.users_info, user=member_id)
        return member_profile(answer["user"], our_team=self._identity.team_id)

    def admins(self) -> list[MemberProfile]:
        """Return the workspace's owners and admins, by their ids."""
        ask = functools.partial(self.client.users_list, limit=200)
        rows = [row for page in pages_of(ask) for row in page.get("members") or []]
        team = self._identity.team_id
        found = [member_profile(row, our_team=team) for row in rows if not row.get("deleted")]
        return sorted((each for each in found if each.admin), key=lambda each: each.id)

    def channel_members(self, channel: str) -> frozenset[str]:
        """Return the ids of everybody in a channel, bots included."""
        ask = functools.partial(self.client.conversations_members, channel=channel, limit=1000)
        return frozenset(str(m) for page in pages_of(ask) for m in page.get("members") or [])

    def group_members(self, group: str) -> frozenset[str]:
        """Return the ids of a user group's members."""
        answer = ask_slack(self.client.usergroups_users_list, usergroup=group)
        return frozenset(str(member) for member in answer["users"] or [])

    def channel(self, name_or_id: str) -> Channel:
        """Find a channel by its id, or by its name with or without #.

        Raises:
            SlackNoChannel: there is none, or the bot cannot see it.
        """
        wanted = name_or_id.strip().removeprefix("#")
        if _CHANNEL_ID.fullmatch(wanted):
            return channel_of(ask_slack(self.client.conversations_info, channel=wanted)["channel"])
        ask = functools.partial(
            self.client.conversations_list,
            types="public_channel,private_channel",
            exclude_archived=True,
            limit=1000,
        )
        for page in pages_of(ask):
            for channel in page.get("channels") or []:
                if str(channel.get("name", "")).lower() == wanted.lower():
                    return channel_of(channel)
        raise SlackNoChannel(f"Slack has no channel #{wanted} that the bot can see.")

    def link_to(self, channel: str, ts: str) -> str:
        """Write a message's address without asking Slack; in a thread it leads to its channel.

        It is the form that chat.getPermalink answers with: workspace, archives, channel, `p` and
        the ts without its dot (docs.slack.dev/reference/methods/chat.getPermalink).
        """
        return f"{self._identity.url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"

    def direct_channel(self, member: str) -> str:
        """Return the id of the conversation between the bot and a member; opens it if need be."""
        return str(ask_slack(self.client.conversations_open, users=member)["channel"]["id"])

    def permalink(self, channel: str, ts: str) -> str:
        """Return a message's address."""
        return str(
            ask_slack(self.client.chat_getPermalink, channel=channel, message_ts=ts)["permalink"]
        )

    def check_app_token(self, app_token: str) -> None:
        """Try whether Socket Mode would open with this token (xapp-…)."""
        ask_slack(self.client.apps_connections_open, app_token=app_token)


def _payload(metadata: Mapping[str, Any]) -> object:
    payload = metadata.get("event_payload")
    return json.loads(payload) if isinstance(payload, str) else payload
