"""Play a storm by a seed: mentions come, members press, faults strike, the program is killed."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import IO

from storage.open import open_database
from tests.stage import Stage
from tests.storage.postgres_server import TestServer
from tests.storm.faults import Scene, every_fault, restore
from tests.storm.members import Members, Messages, open_cards, show_what_is_folded
from tests.storm.process import Process, environment
from tests.storm.proxy import FaultProxy
from tests.storm.toll import Toll, count, unfinished

#: So long nothing may become less of what is still to end, and it counts as never ending.
_SETTLING_SECONDS = 90.0
_READY_SECONDS = 10.0
#: How often a life ends by a kill; else the program is asked to stop.
_KILLED = 0.93
#: How often people look at the channel, in seconds.
_LOOKS_EVERY = 0.15
#: How often a life of the program has a wrong address.
_BAD_ADDRESS = 0.08
#: How often a post holds a run of signs, and which.
_RUNS_OF_SIGNS = 0.1
_SIGNS = ("_", "-", "=", "#", "_ ", "\n", "|", ".", "!", " ", "\u200b", "a ", "@", "1,", "ha", "🙂")
#: Different words each time: many who say the same are one pile-on, not many cards.
_OPENINGS = (
    "are you", "do you still", "could I", "is there", "when did you", "why is", "who makes",
    "can we", "where would", "how long does", "was that", "will there be", "what about",
)  # fmt: skip
_NOUNS = """
anchor apron barrel basket bench biscuit blanket bottle bridge bucket butter candle canvas
carrot cellar cherry chimney cinnamon compass copper corner cotton cradle cushion dagger
desert dragon engine fabric falcon feather fiddle finger flannel forest fountain garden
ginger glacier hammer harbour harvest hazel honey island jacket jungle kettle ladder lantern
lemon lentil library magnet maple marble meadow melon mirror mitten mountain mustard needle
nutmeg oatmeal orchard oven paddle parcel parrot pebble pepper piano pickle pillow plaster
pocket poppy porridge pottery pretzel pumpkin puzzle rabbit radish raisin ribbon river rocket
saddle saffron sailor scarf shadow shovel silver spinach sponge stable stove sugar sweater
tailor teapot thimble thunder ticket timber tomato tractor trumpet tunnel turnip umbrella
vanilla velvet violin wagon walnut water whistle willow window winter yarn zipper
"""
_POOL = _NOUNS.split()


@dataclass
class Storm:
    """One storm: its stage, its dice, what it cost so far, and how Greenroom is started in it.

    `database` is the address of its database, `server` the PostgreSQL behind it, None for SQLite.
    Every other seed has a model. No more than `most_mentions` are written, however long it lasts.
    """

    stage: Stage
    seed: int
    mentions_a_second: float = 3.0
    most_mentions: int = 1_000_000
    database: str = ""
    server: TestServer | None = None
    toll: Toll = field(default_factory=Toll)

    def __post_init__(self) -> None:
        self.database = self.database or f"sqlite:///{self.stage.folder / 'stage.db'}"
        self.rng = random.Random(self.seed)
        self.members = Members(self.stage, self.rng)
        self._unwritten = 0.0
        self.model = self.seed % 2 == 0
        self.faults = every_fault(model=self.model, postgres=self.server is not None)

    def blow(self, seconds: float, lives: int = 1) -> Toll:
        """Let it storm for some seconds and so many lives at least, let all settle, and count."""
        with _lines(self.stage) as lines, (self.stage.folder / "greenroom.log").open("ab") as log:
            settings = self._settings(lines)
            end, lived = time.monotonic() + seconds, 0
            while time.monotonic() < end or lived < lives:
                self._one_life(settings, lines, log)
                lived += 1
            _calm(self.stage, lines)
            last = Process(settings, log)
            last.wait_until_ready()
            try:
                self._settle()
            finally:
                self._stop(last)
        count(self.stage, self.toll, self.database)
        return self.toll

    def _one_life(
        self, settings: dict[str, str], lines: dict[str, FaultProxy], log: IO[bytes]
    ) -> None:
        """Start the program, let a fault or two strike it while people work, and kill it."""
        process = Process(self._addresses(settings), log)
        patience = time.monotonic() + _READY_SECONDS * self.rng.choice((0.1, 1, 1, 1, 1))
        # Nobody stops to write or to press while it starts.
        while not process.is_ready() and time.monotonic() < patience:
            self._work(0.2)
        scene = Scene(self.stage, process, lines, self.rng, settings, self.server)
        for _ in range(1 if self.rng.random() < 0.7 else 2):
            fault = self.rng.choices(self.faults, [each.weight for each in self.faults])[0]
            self.toll.faults[fault.name] += 1
            with fault.happen(scene):
                self._work(self.rng.uniform(fault.least, fault.most))
            self._work(self.rng.uniform(0.1, 0.7))
        if self.rng.random() < _KILLED:
            process.kill()
            self.toll.kills += 1
        else:
            self.toll.faults["asked to stop"] += 1
            self._stop(process)
        if scene.backup is not None and not restore(scene, log):
            # Everything stays as it was; the log of the storm has its sentence.
            self.toll.faults["a restore that was refused"] += 1

    def _stop(self, process: Process) -> None:
        """Ask a process to end, and write down one that had to be killed."""
        if not process.stop():
            self.toll.frozen.append(f"seed {self.seed}, after {len(self.toll.posted)} mentions")

    def _addresses(self, settings: dict[str, str]) -> dict[str, str]:
        """Return the settings, now and then with a service that no name or no TLS answers."""
        drawn = self.rng.random()
        if drawn >= _BAD_ADDRESS:
            return settings
        served = ["SLACK_API_URL", "X_API_URL", *(["OPENAI_BASE_URL"] if self.model else [])]
        name = self.rng.choice(served)
        who = name.split("_")[0].lower()
        if drawn < _BAD_ADDRESS / 2:
            self.toll.faults[f"{who}: the name is not found"] += 1
            return {**settings, name: f"http://{who}.greenroom.invalid/"}
        self.toll.faults[f"{who}: no TLS"] += 1
        return {**settings, name: settings[name].replace("http:", "https:", 1)}

    def _work(self, seconds: float) -> None:
        """Let people write on X and members press buttons for a while."""
        begun = last = time.monotonic()
        while True:
            now = time.monotonic()
            self._unwritten += self.mentions_a_second * (now - last)
            last = now
            while self._unwritten >= 1:
                self._unwritten -= 1
                if len(self.toll.posted) >= self.most_mentions:
                    continue
                who = f"guest{len(self.toll.posted)}"
                words = _some_words(self.rng)
                self.toll.posted.append(self.stage.mention(words, author=who))
            self.members.press_what_waits(self.stage.messages())
            if time.monotonic() >= begun + seconds:
                return
            time.sleep(_LOOKS_EVERY)

    def _settle(self) -> None:
        """Show what is folded, approve and confirm whatever still waits, until nothing does."""
        stage, toll = self.stage, self.toll
        members = Members(stage, random.Random(0))

        def left_over() -> tuple[int, int]:
            time.sleep(_LOOKS_EVERY)
            messages = stage.messages()
            show_what_is_folded(stage, messages)
            members.press_what_waits(messages, most=20, only_forward=True)
            answered = {p["in_reply_to"] for p in stage.get("posts") if p["ours"]}
            left = len(set(toll.posted) - answered) - _skipped(messages)
            if shown := len(open_cards(messages)) + max(0, left):
                return shown, len(toll.posted)
            # A card may lag behind what was decided: what is stored must have ended as well.
            with db.read() as tx:
                return 0, len(unfinished(tx, toll.posted))

        db = open_database(self.database)
        try:
            if not _ended(left_over):
                toll.unsettled = open_cards(stage.messages()) or ["mentions without a card"]
        finally:
            db.close()

    def _settings(self, lines: dict[str, FaultProxy]) -> dict[str, str]:
        """Lead the program through the lines that can be broken."""
        room = self.stage.room
        base = f"http://127.0.0.1:{room.port}"
        through = {name: f"http://127.0.0.1:{line.port}" for name, line in lines.items()}
        # The address of the socket and of uploads is the one that the practice Slack names.
        room.slack.base_url = through["slack"]
        more = {
            "DATABASE_URL": self.database,
            "SLACK_API_URL": room.slack_api_url.replace(base, through["slack"]),
            "X_API_URL": room.x_url.replace(base, through["x"]),
        }
        if self.model:
            more["OPENAI_API_KEY"] = "sk-practice"
            more["OPENAI_BASE_URL"] = room.model_url.replace(base, through["model"])
        return environment(self.stage, **more)


def random_question(dice: random.Random) -> str:
    """Return a question that is like no other."""
    return f"{dice.choice(_OPENINGS)} {' '.join(dice.sample(_POOL, 7))}?"


def _some_words(dice: random.Random) -> str:
    """Return a question, or now and then a long run of signs, as a form or a bored person has it."""
    asked = random_question(dice)
    if dice.random() >= _RUNS_OF_SIGNS:
        return asked
    sign = dice.choice(_SIGNS)
    run = sign * (dice.choice((45, 200, 3_000)) // len(sign))
    return dice.choice((f"finish: {run} and {asked}", f"{asked} {run}", f"{asked}\n{run}\n!"))


def _ended(left_over: Callable[[], tuple[int, int]]) -> bool:
    """Wait until nothing is left; say no when nothing has become less for a while."""
    least, patience = left_over(), time.monotonic() + _SETTLING_SECONDS
    while any(least) and time.monotonic() < patience:
        if (left := left_over()) < least:
            least, patience = left, time.monotonic() + _SETTLING_SECONDS
    return not any(least)


def _skipped(messages: Messages) -> int:
    return sum("skipped this" in str(message["blocks"]) for message in messages)


@contextmanager
def _lines(stage: Stage) -> Iterator[dict[str, FaultProxy]]:
    with ExitStack() as closing:
        lines = {name: FaultProxy(stage.room.port) for name in ("slack", "x", "model")}
        for line in lines.values():
            closing.callback(line.close)
        yield lines


def _calm(stage: Stage, lines: dict[str, FaultProxy]) -> None:
    """End what was still to happen."""
    stage.forget_trouble()
    for line in lines.values():
        line.hang_up()
