"""`demo`: the whole of Greenroom in the practice room; no token, nothing leaves the machine.

Unless `--model` asks for it: then the model of the environment or of .env drafts, and the room says
on every page which host hears of what is written there.
"""

import contextlib
import json
import os
import sys
import tempfile
import webbrowser
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from commands.logs import set_up_logs
from commands.practice import PracticeWeek, seed_week
from commands.run import StopSignal
from commands.settings_or_exit import COULD_NOT_START, WRONG_SETTINGS, environment, unreadable_file
from commands.slack_app import FEATURES
from commands.wiring.greenroom import Greenroom
from errors import GreenroomError, SettingsError, StorageError
from jobs.engine.timings import PRACTICE
from sandbox.room import PracticeRoom
from sandbox.story.story import Story, load_story
from settings import SETTINGS, read_settings
from storage.open import lock_for_one_process

#: The settings of the environment that hold in the practice room too. Tokens, addresses, the
#: database and the model of the real accounts are never among them; .env is not read for it.
HELD = (
    "UNDO_SECONDS",
    "POLL_SECONDS",
    "X_DAILY_BUDGET_USD",
    "X_WATCHES",
    "X_STREAM",
    "FIRST_LOOK_BACK_HOURS",
    "TIMEZONE",
    "DIGEST_AT",
    "LOG_LEVEL",
)
#: What leads to a model; it holds only where `--model` asks for one.
MODEL = tuple(
    setting.name
    for setting in SETTINGS
    if setting.name.startswith(("OPENAI_", "MODEL_", "EMBEDDING_"))
)
_POLL_MOST = 3.0
_LIMITS = 20


def demo(*, port: int, headless: bool, keep: str | None, model: bool) -> int:
    """Open the practice room, run Greenroom in it until Ctrl-C, and leave nothing behind.

    With `model`, the model that the environment or .env names drafts; else none does.
    """
    story = load_story("juniper")
    room = PracticeRoom(port=port, story=story, lively=True)
    # It polls every two seconds to be quick to watch; X's own limits would end that.
    room.x.limits.scale = _LIMITS
    room.slack_features = FEATURES
    try:
        room.start()
    except (OSError, OverflowError):
        print(f"The port {port} cannot be had; choose another with --port.", file=sys.stderr)
        return COULD_NOT_START
    try:
        with _folder(keep) as folder:
            return _practise(room, story, folder, headless=headless, model=model)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return WRONG_SETTINGS
    except GreenroomError as error:
        print(error.for_person(), file=sys.stderr)
        return COULD_NOT_START
    finally:
        room.stop()


def _practise(
    room: PracticeRoom, story: Story, folder: Path, *, headless: bool, model: bool
) -> int:
    held = held_of(os.environ, HELD) | (_model_settings() if model else {})
    settings = read_settings(practice_environment(room, story, folder, held))
    # What a real environment would force is played here, and may be changed in the Home tab.
    settings = replace(settings, given=frozenset({"SLACK_CHANNEL"}))
    set_up_logs(settings.log_level)
    stop = StopSignal()
    greenroom = Greenroom(settings, timings=PRACTICE, practice=True)
    try:
        opened = greenroom.open()
        room.leaves_to = opened.model.host if opened.model else ""
        week = PracticeWeek(story, room.post_ids, settings.x.seed_watches)
        seed_week(greenroom.room, week)
        greenroom.start()
        _say_ready(room, headless=headless)
        stop.wait()
    finally:
        greenroom.stop()
    return 0


def _model_settings() -> dict[str, str]:
    """Return what the environment or .env says of the model.

    Raises:
        SettingsError: .env cannot be read, or no model is set up.
    """
    try:
        found = held_of(environment(), MODEL)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError([unreadable_file(error)]) from error
    if not {"OPENAI_API_KEY", "OPENAI_API_KEY_FILE"} & found.keys():
        raise SettingsError(
            ["--model needs OPENAI_API_KEY, in the environment or in .env; leave --model away."]
        )
    return found


def held_of(environment: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return what an environment says under some names, or in the files that it names for them."""
    both = (each for name in names for each in (name, f"{name}_FILE"))
    return {name: environment[name] for name in both if environment.get(name)}


def practice_environment(
    room: PracticeRoom, story: Story, folder: Path, held: Mapping[str, str]
) -> dict[str, str]:
    """Return the settings of the practice room, with what holds of the real ones."""
    held = dict(held)
    with contextlib.suppress(ValueError):
        held["POLL_SECONDS"] = str(min(_POLL_MOST, float(held.get("POLL_SECONDS", "2"))))
    # Nobody trains with a room that falls asleep.
    held["POLL_SECONDS_MOST"] = held.get("POLL_SECONDS", "2")
    seeds = "; ".join(f"{watch.label} = {watch.query}" for watch in story.watches)
    return {
        "TIMEZONE": story.tz,
        "X_WATCHES": seeds,
        # Made-up money: the practice X counts, but nobody pays.
        "X_DAILY_BUDGET_USD": "100",
        **held,
        "SLACK_BOT_TOKEN": room.slack_bot_token,
        "SLACK_APP_TOKEN": room.slack_app_token,
        "SLACK_CHANNEL": room.channel_id,
        "SLACK_API_URL": room.slack_api_url,
        "X_CONSUMER_KEY": room.x_consumer_key,
        "X_CONSUMER_SECRET": room.x_consumer_secret,
        "X_ACCESS_TOKEN": room.x_access_token,
        "X_ACCESS_TOKEN_SECRET": room.x_access_token_secret,
        "X_BEARER_TOKEN": room.x_bearer_token,
        "X_API_URL": room.x_url,
        "DATABASE_URL": _database_in(folder),
    }


@contextlib.contextmanager
def _folder(keep: str | None) -> Iterator[Path]:
    """Give the practice data a folder: a temporary one, or the one to keep.

    A kept folder's last practice is replaced: its posts lived in a room that is gone.
    """
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="greenroom-practice-") as name:
            yield Path(name)
        return
    folder = Path(keep).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {folder} cannot be made: {error.strerror}.", "Name another with --keep."
        ) from error
    with lock_for_one_process(_database_in(folder)):
        for name in ("practice.db", "practice.db-wal", "practice.db-shm"):
            (folder / name).unlink(missing_ok=True)
    yield folder


def _database_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'practice.db'}"


def _say_ready(room: PracticeRoom, *, headless: bool) -> None:
    if headless:
        print(room.notice, file=sys.stderr, flush=True)
        addresses = {
            "page": room.page_url,
            "slack": room.slack_api_url,
            "x": room.x_url,
            "model": room.model_url,
            "control": room.control_url,
            "account": room.account,
        }
        print(json.dumps(addresses), flush=True)
        return
    print(
        f"\nThe practice room is open: {room.page_url}\n"
        f"People and posts are made up. {room.notice} Ctrl-C closes it.\n",
        flush=True,
    )
    webbrowser.open(room.page_url)
