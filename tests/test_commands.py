"""The command line as a person meets it: real processes against the practice room."""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests

from sandbox.room import PracticeRoom
from storage.money import ledger
from storage.open import open_database
from storage.slack import notices
from tests.stage import practice_settings, until

BOT = Path(__file__).parent.parent / "bot.py"
CLEAN = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


@pytest.fixture
def room() -> Iterator[PracticeRoom]:
    with PracticeRoom() as room:
        yield room


def bot(
    *words: str, folder: Path, environment: dict[str, str] | None = None, limit: int | None = None
) -> "Ended":
    """Run a command to its end in an empty folder with a clean environment."""

    def less_disk() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, str(BOT), *words],
        cwd=folder,
        env={**CLEAN, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=less_disk,
    )


Ended = subprocess.CompletedProcess[str]


def one_sentence(ended: Ended) -> str:
    """Return what a person sees of a refusal: no trace, and no more than one line of it."""
    assert "Traceback" not in ended.stderr
    said = [line for line in ended.stderr.splitlines() if " greenroom" not in line]
    assert len(said) == 1, ended.stderr
    return said[0]


def test_without_settings_run_names_all_of_them_and_exits_2(tmp_path: Path) -> None:
    """It never falls back to the practice room."""
    ended = bot("run", folder=tmp_path)
    assert ended.returncode == 2
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "X_CONSUMER_KEY", "X_ACCESS_TOKEN"):
        assert name in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_malformed_env_file_is_named_line_by_line(tmp_path: Path, room: PracticeRoom) -> None:
    """Each wrong value in .env is said at once; none of them is repeated."""
    settings = practice_settings(room, tmp_path, UNDO_SECONDS="soon", X_API_URL="nonsense")
    lines = [f'{name}="{value}"' for name, value in settings.items()]
    (tmp_path / ".env").write_text("\n".join([*lines, "THIS IS NO SETTING"]))
    ended = bot("run", folder=tmp_path)
    assert ended.returncode == 2
    assert "UNDO_SECONDS" in ended.stderr
    assert "X_API_URL" in ended.stderr
    assert "nonsense" not in ended.stderr
    assert f"Line {len(lines) + 1} of .env" in ended.stderr
    assert "dotenv" not in ended.stderr


def test_an_env_file_that_is_no_text_is_said_plainly(tmp_path: Path) -> None:
    """A file of another kind under that name ends the start with a sentence."""
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00\x01" * 40)
    for command in ("run", "doctor"):
        ended = bot(command, folder=tmp_path)
        assert ended.returncode == 2
        assert ".env is no plain text" in ended.stderr + ended.stdout
        assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "SLACK_APP_TOKEN"),
        ({"SLACK_CHANNEL": "nowhere"}, "channel"),
        ({"SLACK_CHANNEL": "back-office"}, "/invite"),
        ({"X_ACCESS_TOKEN": "wrong"}, "X_"),
    ],
)
def test_a_wrong_key_or_channel_is_one_clear_sentence(
    tmp_path: Path, room: PracticeRoom, wrong: dict[str, str], words: str
) -> None:
    """What is wrong and what to do, and exit code 1."""
    ended = bot("run", folder=tmp_path, environment=practice_settings(room, tmp_path, **wrong))
    assert ended.returncode == 1
    assert words in one_sentence(ended)


def test_doctor_says_where_to_choose_a_channel_that_is_not_set(
    tmp_path: Path, room: PracticeRoom
) -> None:
    """An empty channel is no mistake: it is chosen in Slack."""
    environment = practice_settings(room, tmp_path, SLACK_CHANNEL="")
    ended = bot("doctor", folder=tmp_path, environment=environment)
    assert ended.returncode == 0, ended.stdout
    assert "SLACK_CHANNEL is empty" in ended.stdout
    assert "Greenroom's Home tab, Settings" in ended.stdout


def test_a_file_that_is_no_database_is_refused_and_left_alone(
    tmp_path: Path, room: PracticeRoom
) -> None:
    """Somebody's other file is not overwritten."""
    other = b"these are my holiday plans\n" * 400
    (tmp_path / "stage.db").write_bytes(other)
    ended = bot("run", folder=tmp_path, environment=practice_settings(room, tmp_path))
    assert ended.returncode == 1
    assert "database" in one_sentence(ended)
    assert (tmp_path / "stage.db").read_bytes() == other


def test_a_full_disk_is_one_clear_sentence(tmp_path: Path, room: PracticeRoom) -> None:
    """Files may not grow past a few kilobytes: the database cannot be made."""
    ended = bot("run", folder=tmp_path, limit=8192, environment=practice_settings(room, tmp_path))
    assert ended.returncode == 1
    assert "disk" in one_sentence(ended)


def test_a_second_process_on_the_same_file_is_refused(tmp_path: Path, room: PracticeRoom) -> None:
    """Two Greenrooms would answer twice: the second one says so and ends."""
    settings = practice_settings(room, tmp_path)
    first = subprocess.Popen(
        [sys.executable, str(BOT), "run"],
        cwd=tmp_path,
        env={**CLEAN, **settings},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert first.stderr is not None
        line = ""
        while "ready" not in line:
            line = first.stderr.readline()
            assert line, "the first one did not start"
        second = bot("run", folder=tmp_path, environment=settings)
        assert second.returncode == 1
        assert "Another Greenroom" in one_sentence(second)
    finally:
        first.send_signal(signal.SIGTERM)
        first.communicate(timeout=60)
    assert first.returncode == 0


def test_doctor_finds_everything_working(tmp_path: Path, room: PracticeRoom) -> None:
    """With right settings the table has no broken line."""
    stream = {"X_BEARER_TOKEN": room.x_bearer_token, "X_STREAM": "on"}
    settings = practice_settings(room, tmp_path, **stream)
    ended = bot("doctor", folder=tmp_path, environment=settings)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "works   x stream         open to this app; 0 rules stand at X" in ended.stdout
    assert "broken" not in ended.stdout
    assert "Everything works." in ended.stdout
    with closing(open_database(settings["DATABASE_URL"])) as db, db.read() as tx:
        booked = ledger.spent(tx, "x", db.now().date())
    assert booked == sum(room.x.costs.by_kind().values()) > 0, "what it read stands in the ledger"


def test_doctor_says_what_keeps_greenroom_from_reading(tmp_path: Path, room: PracticeRoom) -> None:
    """What the channel was told and is still true, beside what works."""
    settings = practice_settings(room, tmp_path)
    told = "X sends a post for “Mentions” that cannot be read: author_id is missing."
    with closing(open_database(settings["DATABASE_URL"])) as db, db.write() as tx:
        notices.raise_notice(tx, "x-rows:mentions:poll", sentence=told, at=db.now())
        notices.raise_notice(tx, "x-send", sentence="About sending.", at=db.now())
    ended = bot("doctor", folder=tmp_path, environment=settings)
    assert f"look    reading x        {told}" in ended.stdout
    assert "About sending" not in ended.stdout


def test_doctor_checks_the_step_that_is_made_already(tmp_path: Path, room: PracticeRoom) -> None:
    """With Slack set up and X still missing, Slack is checked for real and X's gaps are said."""
    whole = practice_settings(room, tmp_path)
    half = {name: value for name, value in whole.items() if not name.startswith("X_")}
    ended = bot("doctor", folder=tmp_path, environment=half)
    assert ended.returncode == 2
    assert "works   slack bot token" in ended.stdout
    assert "X_ACCESS_TOKEN_SECRET is missing" in ended.stdout
    assert "x account" not in ended.stdout


def test_doctor_says_what_to_do_about_each_broken_part(tmp_path: Path, room: PracticeRoom) -> None:
    """Each part is checked for real, whatever the others say, and no secret is shown."""
    room.slack_scopes = [scope for scope in room.slack_scopes if scope != "usergroups:read"]
    (tmp_path / "stage.db").write_bytes(b"no database" * 500)
    wrong = {"X_ACCESS_TOKEN_SECRET": "MARKED", "SLACK_APP_TOKEN": "xapp-MARKED"}
    ended = bot("doctor", folder=tmp_path, environment=practice_settings(room, tmp_path, **wrong))
    assert ended.returncode == 1
    broken = [line for line in ended.stdout.splitlines() if line.startswith("broken")]
    for part in ("slack app token", "slack scopes", "x account", "database"):
        assert any(part in line for line in broken), ended.stdout
    assert "usergroups:read" in ended.stdout
    assert "MARKED" not in ended.stdout + ended.stderr


def test_demo_says_one_line_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """Scripts read the addresses; Ctrl-C ends it cleanly."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    demo = subprocess.Popen(
        [sys.executable, str(BOT), "demo", "--headless"],
        cwd=tmp_path,
        env={**CLEAN, "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert demo.stdout is not None
        ready = json.loads(demo.stdout.readline())
        assert set(ready) == {"page", "slack", "x", "model", "control", "account"}
        assert requests.get(ready["page"], timeout=30).ok
        messages = until(
            lambda: requests.get(f"{ready['control']}/messages", timeout=30).json(),
            "the channel is greeted",
        )
        assert messages
    finally:
        demo.send_signal(signal.SIGINT)
        rest, errors = demo.communicate(timeout=60)
    assert demo.returncode == 0, errors
    assert rest == ""
    assert "Traceback" not in errors
    assert list(scratch.iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} == {"scratch"}
    assert tempfile.gettempdir() != str(scratch)
