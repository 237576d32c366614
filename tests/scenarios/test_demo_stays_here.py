"""The demo says that nothing leaves this machine, and nothing does, unless `--model` asks for it."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.room import PracticeRoom
from tests.clients.raw_server import RawServer, answering
from tests.stage import shown, until
from tests.test_commands import BOT, CLEAN, bot

KEY = "sk-hush-0123456789"

#: Runs in the demo's own process before anything else, and writes down who is called or looked up.
_WITNESS = """
import os, sys
_calls = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
          "socket.gethostbyname", "socket.gethostbyaddr"}
def _witness(event, arguments):
    if event in _calls:
        with open(os.environ["WITNESS"], "a") as seen:
            seen.write(event + " " + repr(arguments[:2][-1] if event.startswith("socket.c")
                                          or event.startswith("socket.s") else arguments[0]) + "\\n")
sys.addaudithook(_witness)
"""


class Demo:
    """A practice room in a process of its own, and what a visitor does there."""

    def __init__(self, addresses: dict[str, str]) -> None:
        self.page, self.control = addresses["page"], addresses["control"]
        self.account, self.x = addresses["account"], addresses["x"]

    def get(self, what: str) -> Any:
        return requests.get(f"{self.control}/{what}", timeout=10).json()

    def do(self, what: str, **body: Any) -> Any:
        return requests.post(f"{self.control}/{what}", json=body, timeout=20).json()

    def admin(self) -> str:
        """Return the id of the owner, who may do everything."""
        return next(str(m["id"]) for m in self.get("members") if m["role"] == "approver")

    def card(self, post: str) -> dict[str, Any] | None:
        for message in self.get("messages"):
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("key") == f"card:{post}" and "Approve" in shown(message):
                return dict(message)
        return None


@contextmanager
def demo(folder: Path, environment: dict[str, str], *more: str) -> Iterator[tuple[Demo, list[str]]]:
    """Run the demo in a folder; the list holds what it said on standard error, once it has ended."""
    said: list[str] = []
    (folder / "sitecustomize.py").write_text(_WITNESS)
    watched = {"PYTHONPATH": str(folder), "WITNESS": str(folder / "seen")}
    process = subprocess.Popen(
        [sys.executable, str(BOT), "demo", "--headless", *more],
        cwd=folder,
        env={**CLEAN, **environment, **watched},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield Demo(json.loads(process.stdout.readline())), said
    finally:
        process.send_signal(signal.SIGINT)
        said.append(process.communicate(timeout=30)[1])


def everything(url: str) -> dict[str, str]:
    """Return an environment in which every setting leads to one server, proxies included."""
    host = url.removeprefix("http://")
    return {
        "OPENAI_API_KEY": KEY,
        "OPENAI_BASE_URL": f"{url}/v1",
        "OPENAI_MODEL": "theirs",
        "EMBEDDING_MODEL": "theirs",
        "OPENAI_ORG_ID": "theirs",
        "SENTRY_DSN": f"http://hush@{host}/1",
        "SLACK_API_URL": f"{url}/api/",
        "SLACK_BOT_TOKEN": "xoxb-theirs",
        "SLACK_APP_TOKEN": "xapp-theirs",
        "SLACK_CLIENT_ID": "theirs",
        "SLACK_CLIENT_SECRET": "theirs",
        "SLACK_SIGNING_SECRET": "theirs",
        "X_API_URL": url,
        "X_BEARER_TOKEN": "theirs",
        "DATABASE_URL": f"postgresql://me:hush@{host}/greenroom",
        "METRICS_PORT": "1",
        # What holds in the practice room too, to be quick.
        "UNDO_SECONDS": "0",
        **{
            name: url
            for way in ("http_proxy", "https_proxy", "all_proxy")
            for name in (way, way.upper())
        },
    }


def use_everything(room: Demo) -> None:
    """Bring a post up, answer it, ask a question, and look at what a newcomer looks at."""
    maya = room.admin()
    text = f"{room.account} what time do you open on Sunday?"
    post = room.do("posts", author="nell", text=text)["id"]
    card = until(lambda: room.card(post), "a card with suggestions")
    pressed = room.do("click", ts=card["ts"], text="Approve", member=maya)
    assert pressed["ok"], pressed
    until(
        lambda: [p for p in room.get("posts") if p["ours"] and p["in_reply_to"] == post],
        "a reply",
        60,
    )
    room.do("home", member=maya)
    room.do("say", text="what did people say this week?", channel="dm", member=maya)
    for words in ("stats", "today", "people", "export"):
        room.do("command", command="/greenroom", text=words, member=maya)
    until(lambda: [m for m in room.get("messages") if m.get("files")], "the export")


def test_nothing_leaves_the_machine_whatever_the_environment_holds(tmp_path: Path) -> None:
    """Key, addresses, proxies, error reports, a .env beside it: none of them is called."""
    with RawServer(answering("200 OK", "{}")) as elsewhere:
        settings = everything(elsewhere.url)
        lines = [f"{name}={value}" for name, value in settings.items()]
        (tmp_path / ".env").write_text("\n".join([*lines, "POLL_SECONDS=nonsense"]))
        with demo(tmp_path, settings) as (room, said):
            use_everything(room)
            pages = pages_of(room)
    assert elsewhere.visits == []
    seen = (tmp_path / "seen").read_text().splitlines()
    assert any("127.0.0.1" in line for line in seen), "the witness saw something"
    assert [line for line in seen if not stays_here(line)] == []
    for name, page in pages.items():
        assert "othing leaves this machine" in page, name
    assert "Nothing leaves this machine." in said[0]


def stays_here(line: str) -> bool:
    """Tell whether a call or a look-up is of this machine alone."""
    here = ("127.0.0.1", "localhost", "::1", "b'127.0.0.1'", "b'localhost'")
    return any(line.split(" ", 1)[1].strip("('\"").startswith(name.strip("b'")) for name in here)


def pages_of(room: Demo) -> dict[str, str]:
    """Return every page of the room, and what its Slack says of practice, by a name."""
    post = room.get("posts")[-1]
    maya = room.admin()
    room.do("home", member=maya)
    home = until(
        lambda: [v for v in room.get("views") if v["type"] == "home" and v["member"] == maya],
        "the Home tab",
    )
    welcome = until(
        lambda: [m for m in room.get("messages") if "Hello! I listen" in m["text"]], "the welcome"
    )
    addresses = {
        "front": room.page,
        "index": f"{room.page.rstrip('/')}/index.html",
        "post": post["url"],
        "composer": f"{room.x}/intent/tweet?in_reply_to={post['id']}",
        "nothing": f"{room.x}/nell/status/1",
    }
    pages = {name: requests.get(url, timeout=10).text for name, url in addresses.items()}
    pages["state"] = room.get("state")["notice"]
    # These say it in words of their own.
    for name, words in (("home", json.dumps(home)), ("welcome", json.dumps(welcome))):
        assert "Practice: " in words, name
        pages[name] = words.replace("nobody outside this room sees", "nothing leaves this machine")
    return pages


@pytest.mark.parametrize("place", ["environment", ".env"])
def test_with_model_every_page_names_the_server(tmp_path: Path, place: str) -> None:
    """The host alone, never the key; and what is written does go there."""
    with PracticeRoom() as theirs:
        theirs.model_key = KEY
        # The name in the address is what pages are to show.
        address = theirs.model_url.replace("127.0.0.1", "localhost")
        settings = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": address, "OPENAI_MODEL": "m"}
        if place == ".env":
            lines = [f"{name}={value}" for name, value in settings.items()]
            (tmp_path / ".env").write_text("\n".join(lines))
            settings = {}
        with demo(tmp_path, settings, "--model") as (room, said):
            pages = pages_of(room)
            room.do("posts", author="nell", text=f"{room.account} is the cellar dry?")
            until(
                lambda: any("cellar" in str(c) for c in theirs.requests.of("model")),
                "the model is asked",
                60,
            )
            messages = json.dumps(room.get("messages"))
    for name, page in {**pages, "terminal": said[0]}.items():
        assert "the model at localhost" in page, name
        assert "othing leaves this machine" not in page, name
        assert "hush" not in page, name
    assert KEY not in messages


def test_model_without_a_key_is_one_sentence(tmp_path: Path) -> None:
    """Asked for and not to be had: it does not quietly go on without."""
    ended = bot("demo", "--headless", "--model", folder=tmp_path)
    assert ended.returncode == 2
    assert "--model needs OPENAI_API_KEY" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_model_with_an_env_file_that_cannot_be_read(tmp_path: Path) -> None:
    """The file is read only when it is asked for, and then its trouble is said."""
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    ended = bot("demo", "--headless", "--model", folder=tmp_path)
    assert ended.returncode == 2
    assert ".env is no plain text" in ended.stderr


def test_make_passes_only_what_was_typed() -> None:
    """A MODEL that stands in the environment is nobody's wish."""

    def given(*words: str, **environment: str) -> str:
        return subprocess.run(
            ["make", "-n", "demo", *words],
            cwd=BOT.parent,
            env={**CLEAN, **environment},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    assert "bot.py demo --model" in given("MODEL=1")
    for without in (given(), given(MODEL="gpt-5"), given("MODEL=0"), given("MODEL=")):
        assert "bot.py demo" in without
        assert "--model" not in without
