"""`doctor` names files that others on the machine may read, and ways that others may listen on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.room import PracticeRoom
from storage.open import open_database
from tests.stage import practice_settings
from tests.test_commands import Ended, bot


@pytest.fixture
def room() -> Iterator[PracticeRoom]:
    with PracticeRoom() as room:
        yield room


def doctor(folder: Path, room: PracticeRoom, **more: str) -> Ended:
    return bot("doctor", folder=folder, environment=practice_settings(room, folder, **more))


def looked_at(ended: Ended) -> str:
    """Return what doctor names and its advice, a line each."""
    lines = ended.stdout.splitlines()
    heads = [i for i, line in enumerate(lines) if line.startswith("look")]
    return "\n".join(part for i in heads for part in lines[i : i + 2])


@pytest.mark.parametrize(
    ("mode", "may"),
    [(0o644, "read"), (0o640, "read"), (0o622, "change"), (0o666, "read and change")],
)
def test_an_env_file_that_others_may_read_is_named(
    tmp_path: Path,
    room: PracticeRoom,
    mode: int,
    may: str,
) -> None:
    """Group or others, reading or changing; with what to do."""
    (tmp_path / ".env").write_text("LOG_LEVEL=INFO\n")
    (tmp_path / ".env").chmod(mode)
    said = looked_at(doctor(tmp_path, room))
    assert f"others on this machine may {may} .env" in said
    assert "chmod 600 .env" in said


def test_files_of_their_owner_alone_are_not_spoken_of(
    tmp_path: Path,
    room: PracticeRoom,
) -> None:
    """Nothing is named that is well."""
    for name in (".env", "token"):
        (tmp_path / name).write_text("")
        (tmp_path / name).chmod(0o600)
    (tmp_path / "token").write_text(room.slack_bot_token)
    settings = practice_settings(room, tmp_path, SLACK_BOT_TOKEN_FILE=str(tmp_path / "token"))
    del settings["SLACK_BOT_TOKEN"]
    ended = bot("doctor", folder=tmp_path, environment=settings)
    assert ended.returncode == 0, ended.stdout
    assert "others on this machine" not in ended.stdout
    assert "plain http" not in ended.stdout


def test_a_secrets_file_that_others_may_read_is_named(
    tmp_path: Path,
    room: PracticeRoom,
) -> None:
    """By its setting and its place, never by what is in it."""
    (tmp_path / "token").write_text(room.slack_bot_token)
    (tmp_path / "token").chmod(0o644)
    settings = practice_settings(room, tmp_path, SLACK_BOT_TOKEN_FILE=str(tmp_path / "token"))
    del settings["SLACK_BOT_TOKEN"]
    ended = bot("doctor", folder=tmp_path, environment=settings)
    said = looked_at(ended)
    assert "SLACK_BOT_TOKEN_FILE" in said
    assert str(tmp_path / "token") in said
    assert room.slack_bot_token not in ended.stdout


def test_the_record_its_copies_and_its_folder_are_looked_at(
    tmp_path: Path,
    room: PracticeRoom,
) -> None:
    """What is open is named; what opening the database closes is said to be closed."""
    open_database(f"sqlite:///{tmp_path / 'stage.db'}").close()
    (tmp_path / "backups").mkdir(mode=0o700)
    for name in ("stage.db", "stage.before-0001_x.db", "backups/monday.db"):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o644)
    tmp_path.chmod(0o777)
    said = looked_at(doctor(tmp_path, room))
    assert f"may read {tmp_path / 'stage.db'}; that was closed just now" in said
    assert f"may read {tmp_path / 'stage.before-0001_x.db'}\n" in said
    assert f"chmod 600 {tmp_path / 'backups' / 'monday.db'}" in said
    assert f"chmod go-w {tmp_path}" in said


@pytest.mark.parametrize("name", ["SLACK_API_URL", "X_API_URL", "OPENAI_BASE_URL", "SENTRY_DSN"])
@pytest.mark.parametrize("host", ["192.0.2.1", "10.255.255.1", "ollama.invalid"])
def test_plain_http_to_another_machine_is_named(
    tmp_path: Path,
    room: PracticeRoom,
    name: str,
    host: str,
) -> None:
    """With the host alone: an address may hold a key. A private network is another machine."""
    gone = {"SLACK_BOT_TOKEN": "", "X_CONSUMER_KEY": ""}
    more = {**gone, name: f"http://hushkey@{host}:9/v1/"}
    ended = doctor(tmp_path, room, **more)
    assert f"look    {name}" in ended.stdout
    assert f"speaks plain http with {host}" in looked_at(ended)
    assert "hushkey" not in ended.stdout


def test_loopback_and_https_are_well(tmp_path: Path, room: PracticeRoom) -> None:
    """The practice room's own addresses are this machine's."""
    more = {"OPENAI_BASE_URL": "https://models.invalid/v1", "SENTRY_DSN": "http://a@localhost/1"}
    assert "plain http" not in doctor(tmp_path, room, **more).stdout


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("postgresql://me:hush@10.255.255.1:9/g?sslmode=prefer&connect_timeout=1", True),
        ("postgresql://me:hush@10.255.255.1:9/g?sslmode=disable&connect_timeout=1", True),
        ("postgresql://me:hush@10.255.255.1:9/g?connect_timeout=1", False),
        ("postgresql://me:hush@127.0.0.1:9/g?sslmode=disable", False),
    ],
)
def test_postgresql_in_the_clear_is_named(
    tmp_path: Path,
    room: PracticeRoom,
    address: str,
    named: bool,
) -> None:
    """To another host, where somebody chose it; the host alone is said."""
    ended = doctor(tmp_path, room, DATABASE_URL=address)
    assert ("PostgreSQL without certain TLS to 10.255.255.1" in looked_at(ended)) is named
    assert "hush" not in ended.stdout
