"""`/greenroom`: private unless asked otherwise, who waits with the way to the card, the export."""

import io
import json
import zipfile
from typing import Any

import pytest

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
    assert exported(stage) == []


def test_the_channel_is_told_who_took_everything_along(stage: Stage) -> None:
    """The name and nothing of the content, in the channel, once the file was handed over."""
    post = stage.mention("do you sell the blue cups?", author="ruth")
    stage.card_with(post, "Approve")
    name = stage.room.slack.members[stage.maya].name

    ask(stage, "export")

    said = until(lambda: exported(stage), "the channel is told")
    assert [message["channel"] for message in said] == [stage.room.channel_id]
    assert name in shown(said[0])
    assert not any(words in shown(said[0]) for words in ("ruth", "cups", "jsonl"))
    assert "ephemeral_to" not in said[0] or not said[0]["ephemeral_to"]


def exported(stage: Stage) -> list[dict[str, Any]]:
    return [m for m in stage.messages() if "exported everything" in m["text"]]


@pytest.mark.parametrize("named", [False, True])
def test_only_an_admin_takes_everything_along(empty_stage: Stage, named: bool) -> None:
    """An approver who is no admin of the workspace gets no file, also one that settings name."""
    stage = empty_stage
    approvers = f"{stage.tom},{stage.maya}" if named else ""
    stage.open(SLACK_APPROVERS=approvers)
    ask(stage, "export", stage.tom)
    told(stage, "owners and admins", stage.tom)
    ask(stage, "export")
    until(lambda: exported(stage), "the admin's export is told")
    files = [m for m in stage.messages() if m.get("files")]
    assert [m["channel"] for m in files] == [stage.room.slack.direct(stage.maya).id]


def test_a_guest_takes_nothing_along(stage: Stage) -> None:
    """Who may not decide gets no data."""
    ask(stage, "export", stage.guest)
    told(stage, "owners and admins", stage.guest)
    assert file_message(stage) is None
