"""Slack, as the bot speaks with it: post, find and change messages, share files, open views."""

import functools
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from slack_sdk.errors import SlackApiError, SlackRequestError

from clients.slack.calls import ask_slack, pages_of
from clients.slack.refusals import BROKEN, broken, posting_refusal
from clients.slack.workspace import SlackWorkspace
from errors import SlackError, SlackUnavailable

METADATA = "greenroom"
_CLOCKS_DIFFER = timedelta(minutes=2)

Blocks = Sequence[Mapping[str, Any]]


class SlackClient(SlackWorkspace):
    """Speaks with one workspace as the bot. Threads may share it."""

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
        for page in pages:
            for message in page.get("messages") or []:
                if _key_in(message) == key:
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
            if str(message.get("ts")) == ts:
                return _key_in(message)
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


def _key_in(message: Mapping[str, Any]) -> str | None:
    """Return the key that `post` gave a message; None where it is not ours."""
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") if metadata.get("event_type") == METADATA else None
    if isinstance(payload, str):
        payload = json.loads(payload)
    return str(payload.get("key") or "") or None if isinstance(payload, dict) else None
