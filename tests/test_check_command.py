"""`bot.py check` as a person meets it: a real process, JSON lines in and out."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.check import answering

BOT = Path(__file__).parent.parent / "bot.py"
CLEAN = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


def check(lines: bytes, *words: str, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    """Run the command to its end in an empty folder, without any setting, in the C locale."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", str(BOT), "check", *words],
        cwd=folder,
        env={**CLEAN, "LC_ALL": "C", "PYTHONUTF8": "0"},
        input=lines,
        capture_output=True,
        timeout=60,
        check=False,
    )


def rows(*given: Any) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in given)


def answered(ended: "subprocess.CompletedProcess[bytes]") -> list[dict[str, Any]]:
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.decode("utf-8").splitlines()]


def test_one_answer_for_each_line_in_order(tmp_path: Path) -> None:
    """Good lines, bad lines and odd ones alike; unknown fields are ignored."""
    lines = [
        *b"\xef\xbb\xbf",
        *rows({"id": "a", "mention": "open sunday?", "reply": "Sure. Are you bringing the dog?"}),
        *b"\n",
        *b"{not json\n",
        *b"[1]\n",
        *rows({"id": 7, "mention": 5, "reply": "Lovely \ud800", "mood": "sad"}),
        *rows({"id": "cup", "reply": "Nice \N{HOT BEVERAGE}", "mention": None}),
        *b'{"id": "\xff", "reply": "Bytes that are no UTF-8"}\n',
        *rows({"id": "none"}),
        *rows({"id": "long", "reply": "x" * 300_000, "mention": "hi"}),
        *b'{"id": "last", "reply": "No line end", "mention": "hi"}',
    ]
    found = answered(check(bytes(lines), folder=tmp_path))
    assert [row["id"] for row in found] == [
        "a", None, None, None, 7, "cup", "\ufffd", "none", "long", "last",
    ]  # fmt: skip
    assert found[0] == {"id": "a", "level": "fine", "checks": []}
    for place in (1, 2, 3, 7):
        assert found[place]["level"] == "stop"
        assert [row["name"] for row in found[place]["checks"]] == ["unreadable"]
    assert found[4]["level"] == found[8]["level"] == "stop"
    assert found[5]["level"] == "fine"


def test_facts_count_with_a_voice_alone(tmp_path: Path) -> None:
    """Without --voice nothing is judged against facts; with it the sentence names the words."""
    (tmp_path / "voice.toml").write_text('hours = "Sunday 9 to 4"\n', "utf-8")
    line = rows({"id": 1, "mention": "open sunday?", "reply": "9 to 6 on Sundays."})
    assert answered(check(line, folder=tmp_path))[0]["level"] == "fine"
    (row,) = answered(check(line, "--voice", "voice.toml", folder=tmp_path))
    assert row["level"] == "mind"
    assert row["checks"][0]["name"] == "fact"
    assert "“9 to 6 on Sundays”" in row["checks"][0]["why"]


def test_optional_fields_are_heeded(tmp_path: Path) -> None:
    """The conversation holds facts, recent replies may be repeated, the author has a name."""
    (tmp_path / "facts.md").write_text("- Sunday 9 to 4\n", "utf-8")
    found = answered(
        check(
            rows(
                {"reply": "It's £55.", "mention": "hi", "conversation": ["£55 for a service"]},
                {"reply": "It's £55.", "mention": "hi", "conversation": [5, None, {"text": "hm"}]},
                {
                    "reply": "Glad the cake went down well with your mum",
                    "mention": "hi",
                    "recent": ["Glad the cake went down well with your dad"],
                },
                {"reply": "Thanks, Tom!", "mention": "hi", "author": {"name": "Nell Baker"}},
                {"reply": "Thanks, Nell!", "mention": "hi", "author": "Nell Baker"},
            ),
            "--voice",
            "facts.md",
            folder=tmp_path,
        )
    )
    names = [[row["name"] for row in answer["checks"]] for answer in found]
    assert "fact" not in names[0]
    assert "fact" in names[1]
    assert "said-before" in names[2]
    assert "wrong-name" in names[3]
    assert "wrong-name" not in names[4]


def test_a_voice_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    """Exit code 2, nothing on standard output."""
    ended = check(b"", "--voice", "nowhere.toml", folder=tmp_path)
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert len(ended.stderr.splitlines()) == 1
    assert b"nowhere.toml" in ended.stderr


def test_a_reader_who_leaves_ends_it_quietly(tmp_path: Path) -> None:
    """A closed pipe is no error worth a word."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", str(BOT), "check"],
        cwd=tmp_path,
        env=CLEAN,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    try:
        process.stdin.write(rows({"id": 1, "reply": "Yes", "mention": "hi"}) * 50)
        process.stdin.close()
    except BrokenPipeError:
        pass
    assert process.wait(30) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


def test_nothing_heavy_is_imported(tmp_path: Path) -> None:
    """The command starts without Slack's, X's and the model's libraries."""
    code = (
        "import sys, io; sys.argv = ['bot.py', 'check'];"
        "import bot; assert bot.main(['check']) == 0;"
        "heavy = {'slack_sdk', 'slack_bolt', 'openai', 'tweepy', 'sqlite_utils', 'psycopg'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=tmp_path,
        env={**CLEAN, "PYTHONPATH": str(BOT.parent)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


@settings(max_examples=200, deadline=None)
@given(
    st.none()
    | st.dictionaries(
        st.sampled_from(["id", "mention", "reply", "recent", "author", "conversation"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=30),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["text", "name", "handle"]), inner, max_size=2)
            ),
            max_leaves=4,
        ),
    )
)
def test_any_line_is_answered(row: dict[str, Any] | None) -> None:
    """Whatever a line holds, the answer has its three fields, and no check breaks over it."""
    answer = answering(None)(row)
    assert json.loads(json.dumps(answer)) == answer
    assert answer["level"] in {"fine", "mind", "stop"}
    assert not any("broke" in check["why"] for check in answer["checks"])


@pytest.mark.parametrize("word", ["--help"])
def test_help_says_what_goes_in_and_out(tmp_path: Path, word: str) -> None:
    """The fields are named where somebody looks for them."""
    ended = check(b"", word, folder=tmp_path)
    assert b'"reply"' in ended.stdout
    assert b"--voice" in ended.stdout
