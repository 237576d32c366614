"""`bot.py triage` as a person meets it: a real process, JSON lines in and out."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from commands.json_lines import read_lines
from commands.triage import answering

BOT = Path(__file__).parent.parent / "bot.py"
CLEAN = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
MARK = b"\xef\xbb\xbf"


def triage(lines: bytes, *words: str, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    """Run the command to its end in an empty folder, without any setting, in the C locale."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", str(BOT), "triage", *words],
        cwd=folder,
        env={**CLEAN, "LC_ALL": "C", "PYTHONUTF8": "0"},
        input=lines,
        capture_output=True,
        timeout=60,
        check=False,
    )


def line(**row: Any) -> bytes:
    return json.dumps(row).encode() + b"\n"


def answered(ended: "subprocess.CompletedProcess[bytes]") -> list[dict[str, Any]]:
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == b""
    return [json.loads(each) for each in ended.stdout.decode("utf-8").splitlines()]


def test_one_answer_for_each_line_in_order(tmp_path: Path) -> None:
    """Good lines, bad ones and odd ones alike, with marks of joined files among them."""
    lines = [
        MARK + line(id="a", text="@oakrye_cafe do you open on sundays?"),
        b"\n",
        b"{not json\n",
        b"[1]\n",
        MARK + line(id="joined", text="giveaway, tag a friend to win", mood="none", lang=7),
        line(id=7, text="@oakrye_cafe lovely \ud800 cake"),
        b'{"id": "\xff", "text": "bytes that are no UTF-8"}\r\n',
        line(id="none"),
        line(id="long", text="x" * 300_000),
        line(id="odd", text="@a hi", author=[1], watch=3, account={"x": 1}),
        line(id=None, text=""),
        b'{"id": "last", "text": "@oakrye_cafe no line end"}',
    ]
    found = answered(triage(b"".join(lines), folder=tmp_path))
    assert [row["id"] for row in found] == [
        "a", None, None, None, "joined", 7, "\ufffd", "none", "long", "odd", None, "last",
    ]  # fmt: skip
    assert all(row.keys() == {"id", "worth_answering", "why"} for row in found)
    worth = {row["id"]: row["worth_answering"] for row in found}
    assert (worth["a"], worth["joined"], worth[7], worth["last"]) == (True, False, True, True)
    for place in (1, 2, 3, 7):
        assert found[place]["why"] == "The line is no JSON object with a text."
    assert list(tmp_path.iterdir()) == []


def test_author_watch_and_account_are_heeded(tmp_path: Path) -> None:
    """Names as words or as objects, whichever is at hand."""
    found = answered(
        triage(
            line(text="plum cake on the high street", author="@bathnews")
            + line(text="plum cake on the high street", author={"handle": "bathnews"})
            + line(text="raining again", watch={"kind": "mention", "label": "Mentions"})
            + line(text="raining again", watch="Rain")
            + line(text="@nell see you at six then", account="@oakrye_cafe")
            + line(text="@nell see you at six then", account="nell"),
            folder=tmp_path,
        )
    )
    assert "news feed" in found[0]["why"]
    assert "news feed" in found[1]["why"]
    assert [row["worth_answering"] for row in found[2:]] == [True, False, False, True]


def test_a_line_without_an_end_is_answered_and_the_next_one_read() -> None:
    """So much in one line is no post, and is never held in memory as a whole."""
    lines = b'{"text": "' + b"x" * 9_000_000 + b'"}\n' + line(text="hi")
    assert list(read_lines(io.BytesIO(lines))) == [None, {"text": "hi"}]


def test_a_reader_who_leaves_ends_it_quietly(tmp_path: Path) -> None:
    """A closed pipe is no error worth a word."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", str(BOT), "triage"],
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
        process.stdin.write(line(id=1, text="hi") * 50)
        process.stdin.close()
    except BrokenPipeError:
        pass
    assert process.wait(30) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


def test_names_of_earlier_lines_count_as_businesses() -> None:
    """Unless a line names its account."""
    answer = answering()
    said = "oakrye dining is not what i thought"
    first = answer({"text": "@oakryedining are you open?"})
    assert first["worth_answering"]
    assert "about us" in answer({"text": said})["why"]
    assert "about us" not in answer({"text": said, "account": "someone_else"})["why"]


def test_help_says_what_goes_in_and_out(tmp_path: Path) -> None:
    """The fields are named where somebody looks for them, and so is the memory for names."""
    ended = triage(b"", "--help", folder=tmp_path)
    assert b'"worth_answering"' in b" ".join(ended.stdout.split())
    assert b"earlier lines" in b" ".join(ended.stdout.split())


@settings(max_examples=150, deadline=None)
@given(
    st.none()
    | st.dictionaries(
        st.sampled_from(["id", "text", "author", "watch", "account"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=30),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["handle", "name", "label", "kind", "followers"]),
                    inner,
                    max_size=3,
                )
            ),
            max_leaves=4,
        ),
    )
)
def test_any_line_is_answered(row: dict[str, Any] | None) -> None:
    """Whatever a line holds, the answer has its three fields."""
    answer = answering()(row)
    assert json.loads(json.dumps(answer)) == answer
    assert answer.keys() == {"id", "worth_answering", "why"}
