"""`/greenroom`: private unless asked otherwise, who waits with the way to the card, the export."""

import io
import json
import zipfile
from typing import Any

from tests.stage import Stage, shown, until


def ask(stage: Stage, text: str, member: str | None = None) -> None:
    """Type the command."""
    stage.do("command", command="/greenroom", text=text, member=member or stage.maya)


def told(stage: Stage, words: str, member: str | None = None) -> str:
    """Return the private words that answer the member's last act, with `words` in them."""
    return shown(stage.answer_to(member or stage.maya, words))


def file_message(stage: Stage) -> dict[str, Any] | None:
    return next((m for m in stage.messages() if m.get("files")), None)


def test_who_waits_is_shown_with_the_way_to_the_card(stage: Stage) -> None:
    """Longest first, each with a link that leads to the card in Slack."""
    first = stage.mention("are you open now?", author="ruth")
    card = stage.card_with(first, "Approve")
    stage.card_with(stage.mention("do you have oat milk?"), "Approve")
    ask(stage, "waiting")
    words = told(stage, "2 people wait for us.")
    assert words.index("are you open now?") < words.index("oat milk")
    assert (
        f"/archives/{stage.room.channel_id}/p{card['ts'].replace('.', '')}|Open the card" in words
    )


def test_an_answer_is_private_unless_public_is_asked_for(stage: Stage) -> None:
    """The word `public` shows the same to the whole channel."""
    ask(stage, "waiting")
    told(stage, "Nobody waits")
    assert not [
        m for m in stage.messages() if "Nobody waits" in m["text"] and not m["ephemeral_to"]
    ]
    ask(stage, "waiting public")
    until(
        lambda: [
            m for m in stage.messages() if "Nobody waits" in m["text"] and not m["ephemeral_to"]
        ],
        "everybody sees it",
    )


def test_a_typo_gets_the_nearest_word_and_markup_stays_text(stage: Stage) -> None:
    """Whatever somebody types, they get one plain sentence."""
    ask(stage, "wating")
    told(stage, "`/greenroom waiting`")
    ask(stage, "<!channel> *hello*")
    assert "&lt;!channel&gt;" in told(stage, "There is no")


def test_everything_can_be_taken_along(stage: Stage) -> None:
    """The file comes as a direct message: JSON lines that hold the conversation, and no key."""
    post = stage.mention("are you open now?", author="ruth")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    reply = stage.reply_to(post)
    stage.card_with(post, "Answered by")
    ask(stage, "export")
    told(stage, "direct message from me")
    message = until(lambda: file_message(stage), "the file comes")
    assert message["channel"].startswith("D")
    assert "Everything that is stored" in message["text"]
    content = stage.room.slack_settings.files.find(message["files"][0]["id"]).content
    assert content is not None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        lists = {name: archive.read(name).decode() for name in archive.namelist()}
    posts = [json.loads(line) for line in lists["posts.jsonl"].splitlines()]
    assert {post, reply["id"]} <= {row["id"] for row in posts}
    assert "posts.jsonl: " in lists["README.txt"]
    everything = "\n".join(lists.values())
    for secret in (stage.room.slack_bot_token, stage.room.x_access_token_secret):
        assert secret not in everything


def test_an_export_that_slack_refuses_is_told(stage: Stage) -> None:
    """Without the right to send files, who asked hears what is missing."""
    stage.room.slack_scopes = [s for s in stage.room.slack_scopes if s != "files:write"]
    ask(stage, "export")
    assert "files:write" in told(stage, "could not be sent")


def test_a_guest_takes_nothing_along(stage: Stage) -> None:
    """Who may not decide gets no data."""
    ask(stage, "export", stage.guest)
    told(stage, "full members", stage.guest)
    assert file_message(stage) is None
