"""What the way from X to the card costs, against the bare client calls of the same work.

Greenroom's part is taken from the practice room's log: from the answer of the page that
brought the posts to the card in Slack. The reading of the page itself, which the log sees
only from its far side, is measured apart and added on both sides: tweepy's own on the bare
side, our door's on ours. Both run in processes of their own against the same services,
which answer at once.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figure import Figure
from bench.practice import practice_room
from bench.processes import ROOT, greenroom, kept
from bench.watching import arrived, is_card, wait_for_cards, wait_for_first_poll
from sandbox.room import PracticeRoom

_AIM = 1.5
_N = 30
_EAGER = {"POLL_SECONDS": "0.2", "X_DAILY_BUDGET_USD": "100", "MODEL_DAILY_BUDGET_USD": "100"}


def measure(*, quick: bool) -> Iterator[Figure]:
    """Compare without a model (two bare calls) and with one (three), together and one by one."""
    rounds, singles = (1, 5) if quick else (3, 15)
    yield from _compare("no model", {}, rounds, singles)
    yield from _compare("with a model", {"OPENAI_API_KEY": "practice"}, rounds, singles)


def _compare(what: str, settings: dict[str, str], rounds: int, singles: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as name, practice_room() as room:
        folder = Path(name)
        if settings:
            settings = {**settings, "OPENAI_BASE_URL": room.model_url}
        with greenroom(room, folder, **_EAGER, **settings):
            wait_for_first_poll(room)
            # The first mention imports what is imported when it is first needed.
            _from_page_to_cards(room, 1)
            together = [_from_page_to_cards(room, _N) for _ in range(rounds)]
            alone = [_from_page_to_cards(room, 1) for _ in range(singles)]
        for count, ours, repeats in ((_N, together, rounds), (1, alone, singles)):
            bare = _bare(room, folder, count, repeats)
            yield _figure(count, what, statistics.median(ours), bare)


def _figure(count: int, what: str, ours: float, bare: dict[str, float]) -> Figure:
    whole = (ours + bare["door_page"]) / count * 1000
    bare_whole = (bare["rest"] + bare["page"]) / count * 1000
    together = f"{count} together" if count > 1 else "one alone"
    each = f"{whole:.1f} against {bare_whole:.1f} ms a card"
    return Figure(
        "way", f"{together}, {what}: times bare calls", whole / bare_whole, "x", _AIM, each
    )


def _from_page_to_cards(room: PracticeRoom, count: int) -> float:
    """Make posts at X; return the seconds from the page with them to the last card."""
    before = sum(is_card(m) for m in room.slack.messages())
    room.model.clear()
    room.model.queue([_model_answer(before + n) for n in range(count)])
    pages = len(room.requests.of("x", "mentions"))
    for number in range(before, before + count):
        room.x.add_post(f"guest{number}", f"{room.account} are you open on Sunday? ({number})")
    wait_for_cards(room, before + count)
    # A page is read every 0.2 s: the posts, made within milliseconds, come with the next.
    began = arrived(room.requests.of("x", "mentions")[pages])
    ended = arrived(room.requests.of("slack", "chat.postMessage")[-1])
    return (ended - began).total_seconds()


def _model_answer(number: int) -> dict[str, Any]:
    suggestions = [
        {"move": f"answer {hour}", "text": f"We open at {hour} on Sunday, table {number} is free"}
        for hour in (8, 9, 10)
    ]
    return {"suggestions": suggestions, "better_not_to_reply": False, "reason": ""}


def _bare(room: PracticeRoom, folder: Path, count: int, repeats: int) -> dict[str, float]:
    """Run the bare calls over what Greenroom just asked and posted; return their seconds."""
    told = folder / "told.json"
    told.write_text(json.dumps(_what_greenroom_did(room, count, repeats)), encoding="utf-8")
    room.model.clear()
    room.model.queue([_model_answer(n) for n in range(count * (repeats + 1))])
    command = (sys.executable, "-m", "bench.bare_way", str(told))
    environment = {**kept(), "PYTHONPATH": str(ROOT), "NO_PROXY": "127.0.0.1"}
    done = subprocess.run(
        command, env=environment, cwd=folder, check=True, stdout=subprocess.PIPE, text=True
    )
    return dict(json.loads(done.stdout))


def _what_greenroom_did(room: PracticeRoom, count: int, repeats: int) -> dict[str, Any]:
    shown = [m for m in room.slack.messages() if is_card(m)][-count:]
    asked = [call["body"]["messages"] for call in room.requests.of("model", "chat")]
    return {
        "repeats": repeats,
        "slack_token": room.slack_bot_token,
        "slack_url": room.slack_api_url,
        "channel": room.channel_id,
        "x_url": room.x_url,
        "account_id": room.x.account.id,
        "x_keys": {
            "consumer_key": room.x_consumer_key,
            "consumer_secret": room.x_consumer_secret,
            "access_token": room.x_access_token,
            "access_token_secret": room.x_access_token_secret,
        },
        "model_url": room.model_url,
        "questions": asked[-count:],
        "cards": [{"text": m.text, "blocks": m.blocks} for m in shown],
    }
