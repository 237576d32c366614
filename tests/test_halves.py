"""Half an emoji and NUL, from wherever they come in: cleaned at the door, never a crash."""

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clients.slack.client import SlackClient
from clients.x.stream import StreamDoor
from commands.json_lines import read_lines
from domain.cleaning import clean, clean_json, clean_value
from errors import XError
from replies.voice.file import read_voice_file
from sandbox.room import PracticeRoom
from setting_values import WrongValue, secret_in_file
from tests.clients.raw_server import RawServer, answering
from tests.clients.test_model_door import ASKED, Greeting, completion
from tests.clients.test_model_door import door as model_door
from tests.clients.x_doors import door as x_door
from tests.stage import Stage, open_stage, until
from tests.test_commands import BOT, CLEAN, bot

HALF, OTHER_HALF, NUL = "\\ud83d", "\\ude00", "\\u0000"
#: As JSON has them, and what is to be made of them.
BROKEN = [
    (f"oat milk {HALF}", "oat milk \N{REPLACEMENT CHARACTER}"),
    (f"{OTHER_HALF} oat milk", "\N{REPLACEMENT CHARACTER} oat milk"),
    (f"oat{NUL}milk", "oat\N{REPLACEMENT CHARACTER}milk"),
    (f"oat {HALF}{OTHER_HALF} milk", "oat 😀 milk"),
    (f"{HALF}{HALF}{OTHER_HALF}", "\N{REPLACEMENT CHARACTER}😀"),
]
broken = pytest.mark.parametrize(("written", "right"), BROKEN)

texts = st.text(st.characters(exclude_categories=()), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(texts)
def test_a_cleaned_text_can_be_encoded_and_stays(text: str) -> None:
    """Whole texts are not touched, and cleaning again changes nothing."""
    cleaned = clean(text)
    assert "\x00" not in cleaned
    assert cleaned.encode().decode() == clean(cleaned) == cleaned
    if "\x00" not in text and text.isascii():
        assert cleaned == text


@settings(max_examples=100, deadline=None)
@given(values)
def test_json_is_cleaned_as_the_value_that_it_says(value: Any) -> None:
    """However it is written: with escapes, or with the characters themselves."""
    right = clean_value(value)
    json.dumps(right, ensure_ascii=False).encode()
    for ascii_only in (True, False):
        assert json.loads(clean_json(json.dumps(value, ensure_ascii=ascii_only))) == right


def test_what_is_no_json_is_still_a_text() -> None:
    """A page of HTML, or half a document."""
    assert clean_json("<html>\x00") == "<html>\N{REPLACEMENT CHARACTER}"
    assert clean_json(f'{{"a": "{HALF}') == f'{{"a": "{HALF}'
    assert clean_json("[" * 100_000 + "\\ud83d").startswith("[[")


# --- X ----------------------------------------------------------------------------------------


def x_page(written: str) -> str:
    post = f'{{"id": "1990000000000000001", "text": "{written}", "author_id": "12"}}'
    user = f'{{"id": "12", "username": "nell", "name": "{written}"}}'
    return f'{{"data": [{post}], "includes": {{"users": [{user}]}}, "meta": {{}}}}'


@broken
def test_a_post_of_x_and_its_author_come_whole(written: str, right: str) -> None:
    """Text and name alike."""
    with RawServer(answering("200 OK", x_page(written))) as server:
        page = x_door(server.url).mentions("1", since_id=None)
    (post,) = page.posts
    assert post.text == right
    assert post.author.name == right


@broken
def test_a_line_of_x_s_stream_comes_whole(written: str, right: str) -> None:
    """What arrives over the stream is read as what is asked for."""
    heard: list[Any] = []
    line = (
        x_page(written).replace('"data": [', '"data": ').replace('}], "includes"', '}, "includes"')
    )
    with RawServer(answering("200 OK", line + "\r\n")) as server:
        x = x_door(server.url)
        stream = StreamDoor(x, "bearer", base_url=server.url, silence=5.0)
        listen(stream, heard)
    assert right in str(heard)


def listen(stream: StreamDoor, heard: list[Any]) -> None:
    """Open one line and read it to its end."""
    with_line = stream.connection(opened=lambda: None, sign=lambda: None, heard=heard.append)
    with contextlib.suppress(XError):
        with_line.run()


# --- Slack ------------------------------------------------------------------------------------


@broken
def test_a_name_from_slack_comes_whole(written: str, right: str) -> None:
    """Answers of the Web API, refusals too, are cleaned before slack_sdk reads them."""
    who = '"ok": true, "user_id": "U1", "team_id": "T1", "bot_id": "B1", "url": "https://a.b/"'
    with RawServer(answering("200 OK", f'{{{who}, "user": "{written}"}}')) as server:
        assert SlackClient("xoxb-1", base_url=f"{server.url}/").whoami().name == right


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with open_stage(tmp_path_factory.mktemp("stage")) as stage:
        stage.open()
        yield stage


@broken
def test_words_in_slack_come_whole(stage: Stage, written: str, right: str) -> None:
    """What a member types is cleaned before any handler sees it: the answer repeats it whole."""
    said = {"user_id": stage.maya, "channel_id": stage.room.channel_id, "command": "/greenroom"}
    typed = json.loads(f'"{written}"').replace(" ", "_")
    stage.do("payload", kind="slash_commands", payload={**said, "text": typed})
    shown = right.replace(" ", "_")
    until(lambda: [w for w in stage.whispers(stage.maya) if f"“{shown}”" in w], f"told {shown!a}")


# --- the model --------------------------------------------------------------------------------


def escaped_once(written: str) -> str:
    """The half stands in the answer's outer JSON."""
    return completion(json.dumps({"words": "@", "loud": True})).replace("@", written)


def escaped_twice(written: str) -> str:
    """The half stands in the JSON that the model wrote."""
    return completion(f'{{"words": "{written}", "loud": true}}')


def fenced(written: str) -> str:
    """The model put its JSON into a code fence."""
    return completion(f'```json\n{{"words": "{written}", "loud": true}}\n```')


@broken
@pytest.mark.parametrize("wrapped", [escaped_once, escaped_twice, fenced])
def test_an_answer_of_the_model_comes_whole(
    wrapped: Callable[[str], str], written: str, right: str
) -> None:
    """It is used, and not thrown away for the half."""
    with RawServer(answering("200 OK", wrapped(written))) as server:
        answer = model_door(server.url).ask(ASKED, Greeting, max_tokens=100)
    assert answer.parsed.words == right
    assert answer.output_tokens == 7


# --- files, lines and words of the command line --------------------------------------------------


@broken
def test_json_lines_come_whole(written: str, right: str) -> None:
    """For `check` and `triage`, keys too."""
    lines = io.BytesIO(f'{{"reply": "{written}", "{written}": ["{written}"]}}\n'.encode())
    assert list(read_lines(lines)) == [{"reply": right, right: [right]}]


@pytest.mark.parametrize("command", ["check", "triage"])
@broken
def test_lines_are_answered_in_plain_utf_8(command: str, written: str, right: str) -> None:
    """Whoever reads the answer needs no mercy with halves either."""
    row = (
        f'{{"id": "{written}", "text": "{written}", "mention": "{written}", "reply": "{written}"}}'
    )
    ended = subprocess.run(
        [sys.executable, str(BOT), command],
        input=row.encode() + b"\n",
        capture_output=True,
        env=CLEAN,
        timeout=60,
        check=True,
    )
    assert json.loads(ended.stdout.decode())["id"] == right


@broken
def test_a_voice_in_a_file_comes_whole(tmp_path: Path, written: str, right: str) -> None:
    """As JSON, and as plain text with a NUL in it."""
    file = tmp_path / "voice.json"
    file.write_text(f'{{"who": "{written}", "facts": ["{written}"], "how": "plain"}}')
    voice = read_voice_file(file)
    assert voice.who == right
    assert right in str(voice.facts)


def test_a_plain_voice_file_may_hold_a_nul(tmp_path: Path) -> None:
    """It becomes a mark, and the fact is kept."""
    (tmp_path / "voice.txt").write_bytes(b"Open at 7\x00 on Sundays\n")
    (fact,) = read_voice_file(tmp_path / "voice.txt").facts
    assert "\x00" not in fact.text


def test_a_nul_in_env_is_no_crash(tmp_path: Path) -> None:
    """The value is refused, or used, as any other; no trace."""
    (tmp_path / ".env").write_bytes(b"SLACK_CHANNEL=gr\x00een\nDATABASE_URL=sqlite:///a\x00b.db\n")
    for command in ("run", "doctor"):
        ended = bot(command, folder=tmp_path)
        assert ended.returncode == 2
        assert "Traceback" not in ended.stderr


def test_a_secret_with_a_nul_is_no_secret(tmp_path: Path) -> None:
    """No header could carry it."""
    (tmp_path / "token").write_bytes(b"xoxb-1\x002")
    with pytest.raises(WrongValue, match="no text"):
        secret_in_file(str(tmp_path / "token"))


@pytest.mark.parametrize(
    "words",
    [("forget", "nell"), ("export", "out"), ("backup", "copy.db"), ("check", "--voice", "v")],
)
def test_a_name_on_the_command_line_that_is_no_text_is_said_all_the_same(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Linux allows any byte in a file's name; the terminal gets its escape."""
    with PracticeRoom() as room:
        settings = {
            "DATABASE_URL": f"sqlite:///{tmp_path / 'stage.db'}",
            "SLACK_BOT_TOKEN": room.slack_bot_token,
            "SLACK_APP_TOKEN": room.slack_app_token,
            "SLACK_API_URL": room.slack_api_url,
            "X_API_URL": room.x_url,
            "X_CONSUMER_KEY": room.x_consumer_key,
            "X_CONSUMER_SECRET": room.x_consumer_secret,
            "X_ACCESS_TOKEN": room.x_access_token,
            "X_ACCESS_TOKEN_SECRET": room.x_access_token_secret,
        }
        ended = subprocess.run(
            [sys.executable, str(BOT), *words[:-1], os.fsencode(words[-1]) + b"\xed\xa0\xbd"],
            cwd=tmp_path,
            env={**CLEAN, "LANG": "C.UTF-8", **settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
    assert b"Traceback" not in ended.stderr
    (ended.stdout + ended.stderr).decode()


def test_a_post_with_half_an_emoji_goes_the_whole_way(stage: Stage) -> None:
    """It becomes a card, and its reply is sent."""
    post = stage.mention("what time do you open on Sunday? \ud83d")
    stage.press(stage.card_with(post, "No ready answer fits"), "Write a reply…")
    stage.submit(stage.view(), {"edit_text": "See you on Sunday!"})
    assert stage.reply_to(post)
