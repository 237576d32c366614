"""What Greenroom costs while nothing happens, beside a Bolt app that only stays connected."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.figure import Figure
from bench.practice import practice_room
from bench.processes import Running, bare_bolt, greenroom
from bench.watching import wait_for_cards, wait_for_quiet
from sandbox.room import PracticeRoom

_MENTIONS = 20
_MEMORY_AIM = 110.0
_CPU_AIM = 0.5
_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Idler:
    """One process that idles, in a practice room of its own."""

    what: str
    running: Running
    room: PracticeRoom
    ours: bool


def measure(*, quick: bool) -> Iterator[Figure]:
    """Let three processes idle side by side: without a model, with one, and bare Bolt."""
    seconds = 10.0 if quick else 60.0
    with ExitStack() as closing:
        idlers = [
            _greenroom(closing, "no model", {}),
            _greenroom(closing, "with a model", {"OPENAI_API_KEY": "practice"}),
            _bare(closing),
        ]
        for idler in idlers:
            wait_for_quiet(idler.room)
        calls = [len(idler.room.requests.of("x")) for idler in idlers]
        shares = _cpu_shares([idler.running.process for idler in idlers], seconds)
        for idler, cpu, before in zip(idlers, shares, calls, strict=True):
            polls = len(idler.room.requests.of("x")) - before
            yield from _figures(idler, cpu, f"over {seconds:g} s, {polls} calls of X in it")


def _figures(idler: _Idler, cpu: float, note: str) -> Iterator[Figure]:
    memory = idler.running.process.memory_full_info()
    name, what = "idle", idler.what
    aims = (_MEMORY_AIM, _CPU_AIM) if idler.ours else (None, None)
    own = f"USS {memory.uss / _MB:.1f} MB; {idler.running.process.num_threads()} threads"
    yield Figure(name, f"resident memory, {what}", memory.rss / _MB, "MB", aims[0], own)
    yield Figure(name, f"share of a core, {what}", cpu, "%", aims[1], note)


def _greenroom(closing: ExitStack, what: str, settings: dict[str, str]) -> _Idler:
    room, folder = _room(closing)
    if settings:
        settings = {**settings, "OPENAI_BASE_URL": room.model_url}
    for number in range(_MENTIONS):
        room.x.add_post(f"guest{number}", f"{room.account} are you open on Sunday? ({number})")
    running = closing.enter_context(greenroom(room, folder, **settings))
    _bring_all_up(room)
    return _Idler(what, running, room, ours=True)


def _bring_all_up(room: PracticeRoom) -> None:
    """Press *Show more* until every mention has its card: five stand there by themselves."""
    import requests

    member = next(m.id for m in room.members if m.role == "approver")
    for shown in range(5, _MENTIONS, 5):
        wait_for_cards(room, shown)
        wait_for_quiet(room)
        fold = next(m for m in room.slack.messages() if "Show more" in str(m.blocks))
        press = {"ts": fold.ts, "text": "Show more", "member": member}
        requests.post(f"{room.control_url}/click", json=press, timeout=10).raise_for_status()
    wait_for_cards(room, _MENTIONS)


def _bare(closing: ExitStack) -> _Idler:
    room, folder = _room(closing)
    running = closing.enter_context(bare_bolt(room, folder))
    return _Idler("bare Bolt", running, room, ours=False)


def _room(closing: ExitStack) -> tuple[PracticeRoom, Path]:
    folder = closing.enter_context(tempfile.TemporaryDirectory(prefix="greenroom-bench-"))
    return closing.enter_context(practice_room()), Path(folder)


def _cpu_shares(processes: list[psutil.Popen], seconds: float) -> list[float]:
    """Return how many per cent of one core each took."""
    began = time.monotonic()
    before = [_cpu_seconds(process) for process in processes]
    time.sleep(seconds)
    passed = time.monotonic() - began
    return [
        (_cpu_seconds(process) - earlier) / passed * 100
        for process, earlier in zip(processes, before, strict=True)
    ]


def _cpu_seconds(process: psutil.Popen) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
