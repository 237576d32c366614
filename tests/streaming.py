"""A stage on which X's stream is on, and what stands at X and in the database meanwhile."""

from typing import Any

import requests

from domain import MentionKind, Watch
from jobs.engine.timings import Timings
from storage.money import ledger
from storage.posts import stream_hold, watches
from tests.stage import QUICK, Stage, until
from tests.team import room_of

HOURLY = "3600"


def streaming_environment(stage: Stage) -> dict[str, str]:
    return {
        "X_STREAM": "on",
        "X_BEARER_TOKEN": stage.room.x_bearer_token,
        "X_WATCHES": "oat = oat milk",
        "POLL_SECONDS": HOURLY,
    }


def open_streaming(stage: Stage, timings: Timings = QUICK, **environment: str) -> None:
    """Start a Greenroom with the stream on and polls so seldom that they bring nothing."""
    stage.open(timings, **{**streaming_environment(stage), **environment})


def covered(stage: Stage) -> set[str]:
    """Return the labels of the watches that the stream brings posts for now."""
    room = room_of(stage)
    with room.db.read() as tx:
        ids = stream_hold.covered(tx, room.now())
        return {watch.label for watch in watches.watches(tx) if watch.id in ids}


def polled_since(stage: Stage, calls: int) -> bool:
    return len(stage.calls("x", "search")) > calls


def streaming(stage: Stage, *labels: str) -> None:
    """Wait until the stream brings exactly these watches' posts and the gap is searched."""
    until(lambda: covered(stage) == set(labels), f"the stream covers {labels}")
    until(lambda: not busy(stage), "what was missed is searched for")


def busy(stage: Stage) -> bool:
    """Tell whether a poll is due or running."""
    room = room_of(stage)
    with room.db.read() as tx:
        row = tx.one(
            "SELECT COUNT(*) AS n FROM jobs WHERE kind = 'listen'"
            " AND (due_at <= :now OR lease_owner IS NOT NULL)",
            {"now": room.now()},
        )
    return bool(row and row["n"])


def keyword_watches(stage: Stage) -> list[Watch]:
    with room_of(stage).db.read() as tx:
        return [w for w in watches.watches(tx) if w.kind is MentionKind.KEYWORD]


def a_watch(watch_id: str, label: str, query: str) -> Watch:
    return Watch(id=watch_id, kind=MentionKind.KEYWORD, label=label, query=query)


def at_rules(stage: Stage, **body: Any) -> dict[str, Any]:
    """Ask X about the app's rules, as any other program does."""
    answer = requests.request(
        "POST" if body else "GET",
        f"{stage.room.x_url}/2/tweets/search/stream/rules",
        headers={"Authorization": f"Bearer {stage.room.x_bearer_token}"},
        json=body or None,
        timeout=30,
    )
    return dict(answer.json())


def rules(stage: Stage) -> dict[str, str]:
    """Return the rules that stand at X, query by tag."""
    return {rule["tag"]: rule["value"] for rule in at_rules(stage).get("data", [])}


def change_rules(stage: Stage, **body: Any) -> None:
    assert "errors" not in at_rules(stage, **body)


def spend(stage: Stage, micro: int) -> None:
    """Write into the ledger what something else cost today."""
    room = room_of(stage)
    with room.db.write() as tx:
        ledger.note_cost(
            tx,
            service="x",
            kind="post",
            purpose="test",
            units=1,
            micro_dollars=micro,
            at=room.now(),
        )


def told(stage: Stage, words: str) -> list[str]:
    return [m["text"] for m in stage.messages() if words in m["text"]]
