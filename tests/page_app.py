"""A small Bolt app for tests of the practice room's page: it posts cards and remembers presses."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from sandbox.room import PracticeRoom
from sandbox.slack.app_features import Features, OfferedPrompt, OfferedShortcut
from tests.practice_slack import web_client

FEATURES = Features(
    prompts=(
        OfferedPrompt("Who waits?", "Who still waits for us?"),
        OfferedPrompt("The week", "How was it?"),
    ),
    shortcuts=(
        OfferedShortcut("Bring this here", "bring_message", "message", "Reads the link in it."),
        OfferedShortcut("Bring a link", "bring_link", "global"),
    ),
)
HOSTILE = "<img src=x onerror=alert(1)> <!channel> *not bold* <b>hi</b>"


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def words_modal(*, seen: str = "") -> dict[str, Any]:
    """A modal with a required text whose typing the app hears, and an optional choice."""
    said = [{"type": "context", "elements": [plain(f"Heard: {seen}")]}] if seen else []
    return {
        "type": "modal",
        "callback_id": "words",
        "title": plain("Edit the reply"),
        "submit": plain("Save"),
        "notify_on_close": True,
        "blocks": [
            {
                "type": "input",
                "block_id": "reply",
                "dispatch_action": True,
                "label": plain("Reply"),
                "element": {
                    "type": "plain_text_input",
                    "action_id": "words",
                    "multiline": True,
                    "max_length": 280,
                    "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
                },
            },
            {
                "type": "input",
                "block_id": "tone",
                "optional": True,
                "label": plain("Tone"),
                "element": {
                    "type": "static_select",
                    "action_id": "tone",
                    "options": [
                        {"text": plain("Dry"), "value": "dry"},
                        {"text": plain("Warm"), "value": "warm"},
                    ],
                },
            },
            *said,
        ],
    }


class PageApp:
    """The app behind the page: everything that reached it lies in `heard`."""

    def __init__(self, room: PracticeRoom) -> None:
        self.room = room
        self.client: WebClient = web_client(room)
        self.heard: list[tuple[str, Any]] = []
        self.app = App(client=web_client(room))
        self._listen()

    def card(self, text: str, **message: Any) -> str:
        """Post a card with buttons, a menu and a quoted post; gives its ts."""
        answer = self.client.chat_postMessage(
            channel=self.room.channel_id, text="A card", blocks=card_blocks(text), **message
        )
        return str(answer["ts"])

    def said(self, kind: str) -> list[Any]:
        """List what was heard of one kind, oldest first."""
        return [what for heard, what in self.heard if heard == kind]

    def _listen(self) -> None:
        def pressed(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
            ack()
            action = body["actions"][0]
            self.heard.append((action["action_id"], (body["user"]["id"], action)))
            if action["action_id"] == "approve":
                client.chat_update(
                    channel=body["channel"]["id"],
                    ts=body["message"]["ts"],
                    text="Approved",
                    blocks=[{"type": "section", "text": plain("Approved by a person.")}],
                )

        def edit(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=words_modal())

        def typing(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
            ack()
            value = body["actions"][0]["value"]
            client.views_update(view_id=body["view"]["id"], view=words_modal(seen=value))

        def saved(ack: Ack, view: dict[str, Any]) -> None:
            values = view["state"]["values"]
            if "please" in (values["reply"]["words"]["value"] or ""):
                ack(response_action="errors", errors={"reply": "No begging."})
                return
            ack()
            self.heard.append(("saved", values))

        def closed(ack: Ack) -> None:
            ack()
            self.heard.append(("closed", None))

        def command(ack: Ack, body: dict[str, Any]) -> None:
            ack(f"You said: {body['text']}")
            self.heard.append(("command", body["text"]))

        def chosen(ack: Ack, body: dict[str, Any]) -> None:
            ack()
            self.heard.append((body["callback_id"], body))

        def message(event: dict[str, Any]) -> None:
            self.heard.append(("message", event))

        for action in ("approve", "skip", "more", "open"):
            self.app.action(action)(pressed)
        self.app.action("edit")(edit)
        self.app.action("words")(typing)
        self.app.view("words")(saved)
        self.app.view_closed("words")(closed)
        self.app.command("/greenroom")(command)
        self.app.message_shortcut("bring_message")(chosen)
        self.app.global_shortcut("bring_link")(chosen)
        self.app.event("message")(message)


def card_blocks(text: str, link: str = "https://x.com/nobody/status/1") -> list[dict[str, Any]]:
    """Blocks like those of a card, the post's words in a quote that renders no markup."""
    quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": text}]}
    return [
        {"type": "rich_text", "elements": [quote]},
        {
            "type": "section",
            "text": plain("Yes, until four."),
            "accessory": {
                "type": "button",
                "action_id": "approve",
                "text": plain("Approve"),
                "style": "primary",
                "value": "first",
            },
        },
        {
            "type": "actions",
            "elements": [
                {"type": "button", "action_id": "edit", "text": plain("Edit…")},
                {
                    "type": "button",
                    "action_id": "skip",
                    "text": plain("Skip"),
                    "confirm": {
                        "title": plain("Skip it?"),
                        "text": plain("Nobody answers then."),
                        "confirm": plain("Skip it"),
                        "deny": plain("Keep it"),
                    },
                },
                {
                    "type": "button",
                    "action_id": "open",
                    "text": plain("Open reply on X"),
                    "url": link,
                },
                {
                    "type": "overflow",
                    "action_id": "more",
                    "options": [
                        {"text": plain("Snooze"), "value": "snooze"},
                        {"text": plain("Mute"), "value": "mute"},
                    ],
                },
            ],
        },
    ]
