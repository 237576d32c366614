"""Kill Greenroom again and again while people work with it, then hold it against its promises.

The practice room lives on in the calling process; Greenroom is a process of its own that
is killed with SIGKILL at a random moment and started again.
"""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from domain import DecisionKind, MentionState
from storage import decisions, mentions
from storage.database import open_database
from tests.stage import Stage, practice_settings, shown, until

ROOT = Path(__file__).parent.parent
_APPROVALS = (DecisionKind.APPROVE, DecisionKind.EDIT, DecisionKind.SEND_ANYWAY)
_SETTLING_SECONDS = 60.0


@dataclass
class Toll:
    """What came of it. The promises: the last four are zero."""

    kills: int = 0
    posted: list[str] = field(default_factory=list)
    replies: int = 0
    asked_a_person: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unapproved: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        """Whether a promise was broken."""
        return bool(self.lost or self.doubled or self.unapproved or self.unsettled)


class Process:
    """One Greenroom process that can be killed."""

    def __init__(self, stage: Stage, log: IO[bytes]) -> None:
        keep = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")
        environment = {name: os.environ[name] for name in keep if name in os.environ}
        environment.update(practice_settings(stage.room, stage.folder, LOG_LEVEL="INFO"))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.quick_bot"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
        )

    def wait_until_ready(self) -> None:
        """Return when it says that it works."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.strip() == b"ready", f"it ended with {self._process.poll()}"

    def kill(self) -> None:
        """End it without warning."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        self._process.send_signal(how)
        self._process.wait(20)
        assert self._process.stdout is not None
        self._process.stdout.close()


def kill_rounds(stage: Stage, *, rounds: int, seed: int) -> Toll:
    """Play the rounds, let everything settle, and count."""
    dice = random.Random(seed)
    toll = Toll()
    with (stage.folder / "greenroom.log").open("ab") as log:
        for number in range(rounds):
            process = Process(stage, log)
            if dice.random() < 0.85:
                process.wait_until_ready()
            for each in range(dice.randint(1, 3)):
                # Somebody else each time: X takes the same words once for each person.
                who = f"guest{number}_{each}"
                toll.posted.append(stage.mention("are you open on Sunday?", author=who))
            if dice.random() < 0.3:
                stage.trouble("x", dice.choice(["posted_but_lost", "cut_off", "500"]), on="post")
            _press_for_a_while(stage, dice, seconds=dice.uniform(0.05, 2.0))
            process.kill()
            toll.kills += 1
        last = Process(stage, log)
        last.wait_until_ready()
        try:
            _settle(stage, toll)
        finally:
            last.stop()
    _count(stage, toll)
    return toll


def _press_for_a_while(stage: Stage, dice: random.Random, *, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        _press_what_waits(stage, dice)
        time.sleep(0.03)


def _press_what_waits(stage: Stage, dice: random.Random) -> int:
    """Press a few buttons as members would; presses on a dead Greenroom are lost, as in Slack."""
    pressed = 0
    for message in stage.messages():
        key = ((message.get("metadata") or {}).get("event_payload") or {}).get("key", "")
        words = shown(message)
        if not key.startswith("card:"):
            continue
        if "Approve" in words or "Send anyway" in words:
            button = "Approve" if "Approve" in words else "Send anyway"
            member = dice.choice([stage.maya, stage.tom])
            stage.do("click", ts=message["ts"], text=button, member=member)
            pressed += 1
            if dice.random() < 0.5:
                break
    return pressed


def _settle(stage: Stage, toll: Toll) -> None:
    """Show folded mentions, approve and confirm whatever still waits, until nothing does."""
    dice = random.Random(0)

    def settled() -> bool:
        for message in stage.messages():
            if "Show more" in shown(message):
                stage.do("click", ts=message["ts"], text="Show more", member=stage.maya)
        toll.asked_a_person += sum("Send anyway" in shown(m) for m in stage.messages())
        _press_what_waits(stage, dice)
        answered = {p["in_reply_to"] for p in stage.get("posts") if p["ours"]}
        return set(toll.posted) <= answered

    try:
        until(settled, "every mention is answered", _SETTLING_SECONDS + len(toll.posted))
        until(lambda: not _open_mentions(stage), "every card has ended", _SETTLING_SECONDS)
    except AssertionError:
        toll.unsettled = _open_mentions(stage)


def _open_mentions(stage: Stage) -> list[str]:
    return [
        m["text"]
        for m in stage.messages()
        if ((m.get("metadata") or {}).get("event_payload") or {}).get("key", "").startswith("card:")
        and "replied" not in shown(m)
    ]


def _count(stage: Stage, toll: Toll) -> None:
    """Compare both sides: what X holds with what people approved, what was seen with what is kept."""
    ours = [p for p in stage.get("posts") if p["ours"]]
    toll.replies = len(ours)
    db = open_database(f"sqlite:///{stage.folder / 'stage.db'}")
    with db.read() as tx:
        for post in toll.posted:
            texts = [p["text"] for p in ours if p["in_reply_to"] == post]
            approved = [d.text for d in decisions.decisions(tx, post) if d.kind in _APPROVALS]
            mention = mentions.mention(tx, post)
            if mention is None or mention.state is not MentionState.ANSWERED:
                toll.lost.append(post)
            if len(texts) > 1:
                toll.doubled.append(post)
            if any(text not in approved for text in texts):
                toll.unapproved.append(post)
    db.close()
