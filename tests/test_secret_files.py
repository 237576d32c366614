"""A secret may stand in a file that the environment names; what is wrong is said without it."""

import os
from pathlib import Path

import pytest

from commands.env_file import env_gaps, env_values
from commands.settings_or_exit import unreadable_file
from errors import SettingsError
from settings import SETTINGS, Setting, gaps_in, read_settings
from tests.test_settings import GOOD

SECRETS = [setting for setting in SETTINGS if setting.secret]
VALUES = {
    "SLACK_BOT_TOKEN": "xoxb-SECRET",
    "SLACK_APP_TOKEN": "xapp-SECRET",
    "DATABASE_URL": "postgresql://u:SECRET@h/d",
    "SENTRY_DSN": "https://SECRET@sentry.example/1",
}


def value_of(name: str) -> str:
    return VALUES.get(name, "SECRET")


def test_every_token_key_and_address_with_a_password_is_a_secret() -> None:
    """A new one is not forgotten: its name says what it is."""
    told = {s.name for s in SETTINGS if s.name.endswith(("TOKEN", "KEY", "SECRET", "DSN"))}
    assert {s.name for s in SECRETS} == told | {"DATABASE_URL"}


@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "  \n\n"])
@pytest.mark.parametrize("setting", SECRETS, ids=lambda s: s.name)
def test_a_secret_is_read_from_its_file(tmp_path: Path, setting: Setting, ending: str) -> None:
    """The line's end that editors add is no part of it."""
    name = setting.name
    file = tmp_path / "secret"
    file.write_text(value_of(name) + ending)
    rest = {known: value for known, value in GOOD.items() if known != name}
    by_file = read_settings({**rest, f"{name}_FILE": str(file)})
    assert by_file == read_settings({**rest, name: value_of(name)})


def gap(name: str, path: str, **more: str) -> str:
    """Return the only gap, of a required setting or another."""
    rest = {known: value for known, value in GOOD.items() if known != name}
    with pytest.raises(SettingsError) as refused:
        read_settings({**rest, f"{name}_FILE": path, **more})
    (sentence,) = refused.value.gaps
    assert set(gaps_in({**rest, f"{name}_FILE": path, **more})) == {name}
    assert "SECRET" not in sentence
    assert "SECRET" not in repr(refused.value)
    return sentence


def test_a_secret_that_is_given_twice_is_refused(tmp_path: Path) -> None:
    """Nobody has to guess which one holds."""
    file = tmp_path / "secret"
    file.write_text("xoxb-SECRET")
    said = gap("SLACK_BOT_TOKEN", str(file), SLACK_BOT_TOKEN="xoxb-SECRET2")
    assert said == "SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set: leave one of them away."


def test_what_is_wrong_with_a_file_is_said_with_its_path_and_without_its_words(
    tmp_path: Path,
) -> None:
    """Missing, a folder, empty, too large, no text, or no such token."""
    file = tmp_path / "secret"
    name = "SLACK_BOT_TOKEN"
    begins = f"{name}_FILE names {file}, "
    assert gap(name, str(file)) == begins + "where no file is."
    file.mkdir()
    assert gap(name, str(file)) == begins + "where no file is."
    file.rmdir()
    file.write_text(" \n")
    assert gap(name, str(file)) == begins + "which is empty."
    file.write_bytes(b"xoxb-SECRET" * 10_000)
    assert gap(name, str(file)) == begins + "which is too large for a secret."
    file.write_bytes(b"xoxb-SECRET\xff")
    assert gap(name, str(file)) == begins + "which is no text in UTF-8."
    file.write_text("xoxp-SECRET")
    assert gap(name, str(file)) == f"{name}_FILE must begin with xoxb- and hold no spaces."


def test_an_endless_or_silent_file_is_not_read(tmp_path: Path) -> None:
    """A device that never ends and a pipe that nobody writes to are no files of a secret."""
    assert "where no file is" in gap("OPENAI_API_KEY", "/dev/zero")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "where no file is" in gap("OPENAI_API_KEY", str(pipe))


def test_a_file_that_cannot_be_read_is_named() -> None:
    """With the system's own reason; the start of this file of Linux's is closed to everybody."""
    said = gap("X_CONSUMER_KEY", "/proc/self/mem")
    assert (
        said
        == "X_CONSUMER_KEY_FILE names /proc/self/mem, which cannot be read (Input/output error)."
    )


@pytest.mark.parametrize(
    "pasted",
    ["xoxb-SECRET", "postgresql://u:SECRET@h/d", "SECRET/with/slashes", "a\x00SECRET", "S" * 9000],
)
def test_a_secret_that_was_pasted_in_place_of_a_path_is_not_shown(pasted: str) -> None:
    """Somebody wrote _FILE and then the token itself."""
    assert "S" * 9000 not in gap("DATABASE_URL", pasted)


def test_other_settings_are_not_read_from_files(tmp_path: Path) -> None:
    """Only secrets; a time zone's file would be taken for something that it is not."""
    file = tmp_path / "zone"
    file.write_text("Europe/London")
    assert read_settings({**GOOD, "TIMEZONE_FILE": str(file)}).timezone.key == "UTC"


def test_a_dot_env_that_is_far_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not read to its end; a link to an endless device is none at all."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("A=1\n" * 300_000)
    for read in (env_values, env_gaps):
        with pytest.raises(OSError, match="far too large") as refused:
            read()
        assert "look at its owner and rights" in unreadable_file(refused.value)
    (tmp_path / ".env").unlink()
    (tmp_path / ".env").symlink_to("/dev/zero")
    assert env_values() == {}
