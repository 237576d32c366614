"""Play a storm by a seed: mentions come, members press, faults strike, the program is killed."""

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

from tests.stage import Stage, until
from tests.storm.faults import Fault, Scene, every_fault
from tests.storm.members import open_cards, press_what_waits, show_what_is_folded
from tests.storm.process import Process, environment
from tests.storm.proxy import FaultProxy
from tests.storm.toll import Toll, count

_SETTLING_SECONDS = 90.0
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


def storm(stage: Stage, *, seconds: float, seed: int, mentions_a_second: float = 5.0) -> Toll:
    """Let it storm for some seconds, let everything settle, and count.

    Every other seed has a model.
    """
    dice = random.Random(seed)
    toll = Toll()
    with _lines(stage) as lines, (stage.folder / "greenroom.log").open("ab") as log:
        settings = _settings(stage, lines, model=seed % 2 == 0)
        faults = every_fault(model=seed % 2 == 0)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            _one_life(stage, toll, dice, faults, settings, lines, log, rate=mentions_a_second)
        _calm(stage, lines)
        last = Process(settings, log)
        last.wait_until_ready()
        try:
            _settle(stage, toll)
        finally:
            last.stop()
    count(stage, toll)
    return toll


def _one_life(
    stage: Stage,
    toll: Toll,
    dice: random.Random,
    faults: list[Fault],
    settings: dict[str, str],
    lines: dict[str, FaultProxy],
    log: IO[bytes],
    *,
    rate: float,
) -> None:
    """Start the program, let one or two faults strike it while people work, and kill it."""
    process = Process(_addresses(settings, toll, dice), log)
    if dice.random() < 0.9:
        process.wait_until_ready()
    scene = Scene(stage, process, lines, dice)
    for _ in range(dice.randint(1, 2)):
        fault = dice.choices(faults, [each.weight for each in faults])[0]
        toll.faults[fault.name] += 1
        with fault.happen(scene):
            _work(stage, toll, dice, dice.uniform(fault.least, fault.most), rate)
        _work(stage, toll, dice, dice.uniform(0.1, 1.0), rate)
    toll.refused_second += scene.refused_second
    if dice.random() < 0.9:
        process.kill()
        toll.kills += 1
    else:
        toll.faults["asked to stop"] += 1
        process.stop()


def _addresses(settings: dict[str, str], toll: Toll, dice: random.Random) -> dict[str, str]:
    """Return the settings, now and then with an address of X that no name or no TLS answers."""
    drawn = dice.random()
    if drawn < 0.04:
        toll.faults["X's name is not found"] += 1
        return {**settings, "X_API_URL": "http://x.greenroom.invalid/x"}
    if drawn < 0.08:
        toll.faults["X answers without TLS"] += 1
        return {**settings, "X_API_URL": settings["X_API_URL"].replace("http://", "https://", 1)}
    return settings


def _work(stage: Stage, toll: Toll, dice: random.Random, seconds: float, rate: float) -> None:
    """Let people write on X and members press buttons for a while."""
    end = time.monotonic() + seconds
    while True:
        if dice.random() < rate * 0.1:
            who = f"guest{len(toll.posted)}"
            toll.posted.append(stage.mention(random_question(dice), author=who))
        press_what_waits(stage, dice)
        if time.monotonic() >= end:
            return
        time.sleep(0.1)


def random_question(dice: random.Random) -> str:
    """Return a question that is like no other."""
    return f"{dice.choice(_OPENINGS)} {' '.join(dice.sample(_POOL, 7))}?"


def _settle(stage: Stage, toll: Toll) -> None:
    """Show folded mentions, approve and confirm whatever still waits, until nothing does."""
    dice = random.Random(0)

    def settled() -> bool:
        show_what_is_folded(stage)
        press_what_waits(stage, dice, most=20, only_forward=True)
        answered = {p["in_reply_to"] for p in stage.get("posts") if p["ours"]}
        left = set(toll.posted) - answered
        return not open_cards(stage) and len(left) <= _skipped(stage)

    try:
        until(settled, "everything has ended", _SETTLING_SECONDS + len(toll.posted))
    except AssertionError:
        toll.unsettled = open_cards(stage) or ["mentions without a card"]


def _skipped(stage: Stage) -> int:
    return sum("skipped this" in str(message["blocks"]) for message in stage.messages())


def _settings(stage: Stage, lines: dict[str, FaultProxy], *, model: bool) -> dict[str, str]:
    """Lead the program through the lines that can be broken."""
    room = stage.room
    base = f"http://127.0.0.1:{room.port}"
    through = {name: f"http://127.0.0.1:{line.port}" for name, line in lines.items()}
    # The address of the socket and of uploads is the one that the practice Slack names.
    room.slack.base_url = through["slack"]
    more = {
        "SLACK_API_URL": room.slack_api_url.replace(base, through["slack"]),
        "X_API_URL": room.x_url.replace(base, through["x"]),
    }
    if model:
        more["OPENAI_API_KEY"] = "sk-practice"
        more["OPENAI_BASE_URL"] = room.model_url.replace(base, through["model"])
    return environment(stage, **more)


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
