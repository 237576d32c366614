"""What Greenroom costs while nothing happens."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import requests

from bench.figure import BenchFigure
from bench.practice import practice_room
from bench.processes import cpu_seconds, greenroom
from bench.watching import wait_for_cards, wait_for_quiet
from sandbox.room import PracticeRoom

_MENTIONS = 20
_MEMORY_AIM = 110.0
_CPU_AIM = 0.5
_MB = 1024 * 1024


def measure(*, quick: bool) -> Iterator[BenchFigure]:
    """Let two processes idle side by side: without a model, and with one."""
    seconds = 10.0 if quick else 60.0
    with ExitStack() as closing:
        idlers = {
            "no model": _greenroom(closing, {}),
            "with a model": _greenroom(closing, {"OPENAI_API_KEY": "practice"}),
        }
        for _, room in idlers.values():
            wait_for_quiet(room)
        before = [cpu_seconds(process) for process, _ in idlers.values()]
        began = time.monotonic()
        time.sleep(seconds)
        passed = time.monotonic() - began
        for (what, (process, _)), earlier in zip(idlers.items(), before, strict=True):
            cpu = (cpu_seconds(process) - earlier) / passed * 100
            memory = process.memory_full_info()
            own = f"USS {memory.uss / _MB:.1f} MB; {process.num_threads()} threads"
            resident = memory.rss / _MB
            yield BenchFigure("idle", f"resident memory, {what}", resident, "MB", _MEMORY_AIM, own)
            over = f"over {seconds:g} s"
            yield BenchFigure("idle", f"share of a core, {what}", cpu, "%", _CPU_AIM, over)


def _greenroom(closing: ExitStack, settings: dict[str, str]) -> tuple[psutil.Popen, PracticeRoom]:
    folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="greenroom-bench-")))
    room = closing.enter_context(practice_room())
    if settings:
        settings = {**settings, "OPENAI_BASE_URL": room.model_url}
    for number in range(_MENTIONS):
        room.x.add_post(f"guest{number}", f"{room.account} are you open on Sunday?")
    running = closing.enter_context(greenroom(room, folder, **settings))
    _bring_all_up(room)
    return running.process, room


def _bring_all_up(room: PracticeRoom) -> None:
    """Press *Show more* until every mention has its card: five stand there by themselves."""
    member = next(m.id for m in room.members if m.role == "approver")
    for shown in range(5, _MENTIONS, 5):
        wait_for_cards(room, shown)
        wait_for_quiet(room)
        fold = next(m for m in room.slack.messages() if "Show more" in str(m.blocks))
        press = {"ts": fold.ts, "text": "Show more", "member": member}
        requests.post(f"{room.control_url}/click", json=press, timeout=10).raise_for_status()
    wait_for_cards(room, _MENTIONS)
