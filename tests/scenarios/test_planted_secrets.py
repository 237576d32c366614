"""Marked secrets go in by every setting; the bot works and fails; no output holds one of them."""

import base64
import gzip
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests

from settings import SETTINGS
from tests.clients.raw_server import RawServer, answering, closed_port, free_port
from tests.scenarios.test_permissions import direct
from tests.stage import Stage, open_stage, practice_settings, until
from tests.ways_in import Known, message

ROOT = Path(__file__).parent.parent.parent
#: So many characters in a row of a secret are too many.
_PART = 12
_OWN = {
    "OPENAI_API_KEY": "sk-Qx7Lw2Zr9Tv4Ky6M",
    "SENTRY_DSN": "Hj3Np8Vb5Gd1Sf0C",
    "DATABASE_URL": "Wm4Rk9Yx2Bq7Jt6U",
}


def environment(stage: Stage, sentry: str, **more: str) -> dict[str, str]:
    """Return the stage's settings with a marked secret in each that can hold one."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    dsn = sentry.replace("http://", f"http://{_OWN['SENTRY_DSN']}@") + "/1"
    return {
        **kept,
        **practice_settings(stage.room, stage.folder),
        "X_BEARER_TOKEN": stage.room.x_bearer_token,
        "OPENAI_API_KEY": _OWN["OPENAI_API_KEY"],
        "OPENAI_BASE_URL": stage.room.model_url,
        "SENTRY_DSN": dsn,
        "LOG_LEVEL": "DEBUG",
        **more,
    }


def in_files(settings: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Put every secret into a file of its own."""
    moved = dict(settings)
    for setting in SETTINGS:
        if setting.secret and setting.name in moved:
            file = folder / setting.name.lower()
            file.write_text(moved.pop(setting.name) + "\n")
            moved[setting.file_name] = str(file)
    return moved


def forms(secret: str) -> set[bytes]:
    """Return what would give a secret away: parts of it, and its common disguises."""
    parts = {secret[at : at + _PART] for at in range(len(secret) - _PART + 1)}
    found = {part.encode() for part in parts} | {part[::-1].encode() for part in parts}
    found.add(quote(secret, safe="").encode())
    found.add(secret.encode().hex().encode())
    for shift in range(3):
        coded = base64.b64encode(b"\x00" * shift + secret.encode())
        # The first and last characters depend on what stands beside it.
        found.add(coded[4:-4])
    return found


@contextmanager
def running(settings: Mapping[str, str], folder: Path) -> Iterator[Path]:
    """Run `bot.py run` until the block ends; yield the file of all that it prints."""
    log = folder / "printed.log"
    with log.open("wb") as printed:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "bot.py"), "run"],
            cwd=folder,
            env=dict(settings),
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        try:
            until(lambda: "ready: @" in log.read_text("utf-8"), "it is ready")
            yield log
        finally:
            process.terminate()
            process.wait(20)


def ask(settings: Mapping[str, str], folder: Path, *words: str) -> bytes:
    """Return everything that a command prints."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "bot.py"), *words],
        cwd=folder,
        env=dict(settings),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.stdout + done.stderr


def work_and_trouble(stage: Stage) -> None:
    """Let a mention be answered; then let every service fail, and something unforeseen happen."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    stage.press(card, "Approve")
    stage.reply_to(post)
    for where, what, on in (
        ("slack", "500", "users.info"),
        ("slack", "cut_off", "chat.update"),
        ("slack", "not_in_channel", "chat.postEphemeral"),
        ("model", "rubbish", None),
        ("model", "401", None),
    ):
        stage.trouble(where, what, on=on)
    known = Known(stage.room.channel_id, card["ts"], post, "s", "p", "w", card["ts"])
    for author in ("ruth", "nell"):
        stage.mention("do you have oat milk?", author=author)
    until(lambda: gone(stage, "model"), "the model was in trouble")
    stage.forget_trouble()
    for what in ("cut_off", "401"):
        stage.trouble("x", what, on="mentions")
        until(lambda: gone(stage, "x"), f"X was in trouble: {stage.get('trouble')}")
    talk = direct(stage, stage.maya)
    asked = message(known, stage.maya, "who came back this week?", channel=talk, channel_type="im")
    stage.do("payload", kind="events_api", payload=asked)
    # Somebody else's program broke a row: nothing of ours foresees that.
    before = len(stage.whispers(stage.maya))
    spoil(stage, "nonsense")
    listed = {"user_id": stage.maya, "channel_id": stage.room.channel_id, "text": "watch list"}
    stage.do("payload", kind="slash_commands", payload={"command": "/greenroom", **listed})
    until(lambda: len(stage.whispers(stage.maya)) > before, "a private word")
    assert "(id " in stage.whispers(stage.maya)[-1]
    spoil(stage, "mention")


def spoil(stage: Stage, kind: str) -> None:
    with sqlite3.connect(stage.folder / "stage.db", timeout=10) as other:
        other.execute("UPDATE watches SET kind = ?", (kind,))


def gone(stage: Stage, where: str) -> bool:
    """Tell whether every trouble of a service has struck."""
    return all(waiting["where"] != where for waiting in stage.get("trouble"))


@pytest.mark.parametrize(
    "shown", ["Qx7Lw2Zr9Tv4", "a sk-Qx7Lw2Zr9Tv4Ky6M b", "Qx7Lw2Zr9Tv4Ky6M"[::-1], "%2F%40Qx7%26"]
)
def test_the_search_finds_what_it_looks_for(shown: str) -> None:
    """Whole, in part, backwards, in base64 whatever stands before it, percent-encoded."""
    mark = "/@Qx7&" if "%" in shown else _OWN["OPENAI_API_KEY"]
    assert any(part in shown.encode() for part in forms(mark))
    for before in ("", "Bearer ", "a:"):
        coded = base64.b64encode(f"{before}{_OWN['OPENAI_API_KEY']}:b".encode())
        assert any(part in coded for part in forms(_OWN["OPENAI_API_KEY"]))


@pytest.mark.slow
def test_no_output_holds_a_secret(tmp_path: Path) -> None:
    """Whole, in parts, or in disguise: log, messages, prompts, files, metrics, error reports."""
    port = free_port()
    outputs: dict[str, bytes] = {}
    with open_stage(tmp_path) as stage, RawServer(answering("200 OK", "{}")) as sentry:
        secrets_folder = tmp_path / "secrets"
        secrets_folder.mkdir()
        settings = environment(stage, sentry.url, LOG_FORMAT="json", METRICS_PORT=str(port))
        marks = [stage.room.x_bearer_token.rsplit("-", 1)[1], *_OWN.values()]
        settings = in_files(settings, secrets_folder)
        with running(settings, tmp_path) as log:
            work_and_trouble(stage)
            for page in ("metrics", "healthz"):
                answer = requests.get(f"http://127.0.0.1:{port}/{page}", timeout=10)
                outputs[page] = answer.content
            for words in (("doctor",), ("backup", "kept.db"), ("export", "out.db")):
                outputs[" ".join(words)] = ask(settings, tmp_path, *words)
        outputs["log"] = log.read_bytes()
        outputs |= refused_starts(settings, tmp_path)
        outputs["error reports"] = reports(sentry)
        outputs["services"] = received(stage)
        for file in tmp_path.glob("*.db*"):
            outputs[file.name] = file.read_bytes()
        outputs["export"] = b"\n".join(f.read_bytes() for f in tmp_path.glob("out*") if f.is_file())
    held_together(outputs)
    # Payloads hold what people wrote, and addresses at which anybody answers in our name.
    assert b"practice-verification" not in outputs["log"]
    assert b"oat milk" not in outputs["log"]
    assert b"/slack/response/" not in outputs["log"]
    for name, told in outputs.items():
        for mark in marks:
            shown = [part for part in forms(mark) if part in told]
            assert not shown, (name, shown, told[max(0, told.find(shown[0]) - 200) :][:400])


def held_together(outputs: Mapping[str, bytes]) -> None:
    """Hold that there was something to search: the probes happened."""
    assert b"step=sent" in outputs["log"]
    assert b"unforeseen" in outputs["log"]
    assert b"ValueError" in outputs["error reports"]
    assert b"does not know our keys" in outputs["log"] or b"401" in outputs["log"]
    assert b"greenroom_" in outputs["metrics"]
    assert b"works" in outputs["doctor"]
    assert b"SQLite format" in outputs["kept.db"]
    assert outputs["PostgreSQL is away"]


def refused_starts(settings: Mapping[str, str], folder: Path) -> dict[str, bytes]:
    """Start it where it cannot start: each prints one sentence, in `run` and in `doctor`."""
    told = {}
    away = f"postgresql://shop:{_OWN['DATABASE_URL']}@127.0.0.1:{closed_port()}/greenroom"
    rest = {name: v for name, v in settings.items() if name != "DATABASE_URL_FILE"}
    rest["LOG_FORMAT"] = "text"
    wrong = {
        "PostgreSQL is away": {"DATABASE_URL": away},
        "an address that is none": {"DATABASE_URL": f"mysql://u:{_OWN['DATABASE_URL']}@h/d"},
        "a broken address": {"DATABASE_URL": f"postgresql://u:{_OWN['DATABASE_URL']}%zz@[h/d"},
    }
    for name, changed in wrong.items():
        for command in ("run", "doctor"):
            said = ask({**rest, **changed}, folder, command)
            told[name if command == "run" else f"doctor: {name}"] = said
    return told


def reports(sentry: RawServer) -> bytes:
    """Return the bodies that Sentry got, unpacked; its key belongs into the head alone."""
    bodies = []
    for visit in sentry.visits:
        _, _, body = visit.received.partition(b"\r\n\r\n")
        bodies.append(gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body)
    return b"\n".join(bodies)


def received(stage: Stage) -> bytes:
    """Return everything that the three services got, their sign-in headers left out."""
    room: dict[str, Any] = {
        name: stage.get(name) for name in ("messages", "views", "requests", "posts")
    }
    return json.dumps(room).encode()
