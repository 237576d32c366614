"""A stage for scenarios: a practice room and a real Greenroom in it, timers scaled down.

Timers are for what a test waits for anyway. Whatever a test has to come before (the end of an
undo window, a note that is taken away, a deadline of a request) is far away, or brought about by
the test itself: a machine that is busy with other programs may take seconds for a step.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import requests

from commands.wiring.greenroom import Greenroom
from domain import Fact, Voice
from jobs.engine.timings import StreamTimings, Timings
from sandbox.room import PracticeRoom
from settings import read_settings
from storage.db.database import Database
from storage.voice import voices
from tests.migrated import lay_migrated
from tests.unfurling import unfurled

Found = TypeVar("Found")
#: What a practice business knows, so that the tests' plain questions find an answer.
FACTS = (
    Fact("7 to 5 on weekdays, 8 to 4 at weekends", "hours"),
    Fact("oat, soy and goat milk, and the oat milk is back", "milk"),
    Fact("dogs are welcome inside", "dogs"),
    Fact(
        "the walnut bench by the window is still free on Sundays, and so is the oak bench", "bench"
    ),
    Fact("the menu is on the wall by the counter", "menu"),
    Fact("the window seat is a quiet place to read in Tillory, on a Sunday, too", "quiet place"),
    Fact("a decent coffee or a proper flat white in Tillory is near the harbor at any hour"),
    Fact("the espresso machine is back and the tea is hot"),
    Fact("there is rye bread"),
    Fact("there is wifi and decaf for the evening"),
    Fact("the blue cups are sold here"),
    Fact("the new blend stays until spring"),
    Fact("beans are sold by the kilo"),
)

#: How long a test waits for what has to happen, in seconds: a limit for failure, not a pace.
DEADLINE = 90.0

QUICK = Timings(
    lease=timedelta(seconds=8),
    send_deadline=timedelta(seconds=4),
    read_timeout=timedelta(seconds=4),
    look_after=(timedelta(seconds=0.3), timedelta(seconds=0.6), timedelta(seconds=0.9)),
    paused_probe=timedelta(seconds=0.5),
    money_under_way=timedelta(seconds=0.2),
    backoff_least=timedelta(seconds=0.1),
    backoff_most=timedelta(seconds=1),
    vague_pause=timedelta(seconds=0.5),
    rate_limit_floor=timedelta(seconds=0.2),
    timeline_fresh=timedelta(seconds=0.4),
    timeline_quiet=timedelta(seconds=2),
    aside_line=timedelta(seconds=0.3),
    between_sweeps=timedelta(seconds=0.1),
    idle=timedelta(seconds=0.2),
    apart_least=timedelta(seconds=0.5),
    apart_most=timedelta(seconds=2),
    stream=StreamTimings(
        look=timedelta(seconds=0.1),
        lease=timedelta(seconds=3),
        network_wait=timedelta(seconds=0.05),
        http_wait=timedelta(seconds=0.1),
        limit_wait=timedelta(seconds=0.2),
    ),
)


def until(look: Callable[[], Found | None], what: str, seconds: float = DEADLINE) -> Found:
    """Return what `look` finds as soon as it finds something; fail with `what` after a while."""
    deadline = time.monotonic() + seconds
    pause = 0.01
    while True:
        late = time.monotonic() > deadline
        if found := look():
            return found
        if late:
            raise AssertionError(f"It did not happen within {seconds:g} s: {what}")
        time.sleep(pause)
        # A look costs the program that is watched its time too.
        pause = min(pause * 1.5, 0.05)


def practice_settings(room: PracticeRoom, folder: Path, **more: str) -> dict[str, str]:
    """Return an environment that leads a real Greenroom into the practice room."""
    return {
        "SLACK_BOT_TOKEN": room.slack_bot_token,
        "SLACK_APP_TOKEN": room.slack_app_token,
        "SLACK_CHANNEL": room.channel_id,
        "SLACK_API_URL": room.slack_api_url,
        "X_CONSUMER_KEY": room.x_consumer_key,
        "X_CONSUMER_SECRET": room.x_consumer_secret,
        "X_ACCESS_TOKEN": room.x_access_token,
        "X_ACCESS_TOKEN_SECRET": room.x_access_token_secret,
        "X_API_URL": room.x_url,
        "X_DAILY_BUDGET_USD": "50",
        "DATABASE_URL": f"sqlite:///{folder / 'stage.db'}",
        "POLL_SECONDS": "0.3",
        "POLL_SECONDS_LEAST": "0.3",
        "POLL_SECONDS_MOST": "0.3",
        "UNDO_SECONDS": "0.4",
        **more,
    }


def tell_facts(db: Database, at: datetime) -> None:
    """Tell a Greenroom without a voice what the business knows."""
    with db.write() as tx:
        if voices.saved_voice(tx) is not None:
            return
        voices.save_voice(
            tx,
            Voice(facts=FACTS),
            member_id="U0SETUP",
            member_name="Maya Lindqvist",
            changed="told what we know",
            at=at,
        )


class Stage:
    """What a test does and sees, all of it over the practice room's real HTTP."""

    def __init__(self, room: PracticeRoom, folder: Path) -> None:
        self.room = room
        self.folder = folder
        #: Whether a Greenroom without a voice is told what the business knows before it starts.
        self.tells_facts = True
        self.greenroom: Greenroom | None = None
        self._acted: dict[str, str] = {}
        self._http = requests.Session()
        people = self.get("members")
        approvers = [member["id"] for member in people if member["role"] == "approver"]
        self.maya, self.tom = approvers[:2]
        self.guest = next(m["id"] for m in people if m["role"] == "guest")
        self.outsider = next(m["id"] for m in people if m["role"] == "outsider")

    def open(self, timings: Timings = QUICK, **environment: str) -> Greenroom:
        """Start a Greenroom on this stage."""
        if "DATABASE_URL" not in environment and not (file := self.folder / "stage.db").exists():
            lay_migrated(file)
        settings = read_settings(practice_settings(self.room, self.folder, **environment))
        self.greenroom = Greenroom(settings, timings=timings)
        self.greenroom.open()
        if self.tells_facts:
            room = self.greenroom.room
            tell_facts(room.db, room.now())
        self.greenroom.start()
        return self.greenroom

    def close(self) -> None:
        """Stop the Greenroom, if one runs."""
        if self.greenroom is not None:
            self.greenroom.stop()
            self.greenroom = None
        self._http.close()

    # --- the control address --------------------------------------------------------------

    def get(self, path: str) -> Any:
        """Read a list of the practice room."""
        return self._http.get(f"{self.room.control_url}/{path}", timeout=60).json()

    def do(self, path: str, **body: Any) -> Any:
        """Do what a person or a script does."""
        if "member" in body:
            self._acted[body["member"]] = self.room.slack.now()
        answer = self._http.post(f"{self.room.control_url}/{path}", json=body, timeout=60)
        return answer.json()

    def post(self, author: str, text: str, **more: Any) -> str:
        """Make a post by a customer; return its id."""
        return str(self.do("posts", author=author, text=text, **more)["id"])

    def mention(self, text: str = "what time do you open on Sunday?", author: str = "nell") -> str:
        """Make a post that names the account; return its id."""
        return self.post(author, f"{self.room.account} {text}")

    def trouble(self, where: str, what: str, times: int = 1, on: str | None = None) -> None:
        """Queue a failure of a service."""
        more = {"on": on} if on else {}
        answer = self.do("trouble", where=where, what=what, times=times, **more)
        assert "error" not in answer, answer

    def forget_trouble(self) -> None:
        """Clear every failure that waits."""
        self._http.delete(f"{self.room.control_url}/trouble", timeout=60)

    # --- what stands where ----------------------------------------------------------------

    def messages(self) -> list[dict[str, Any]]:
        """Return the channel's messages, threads and private words included."""
        return list(self.get("messages"))

    def card(self, post_id: str) -> dict[str, Any] | None:
        """Return the mention's card as it stands now."""
        for message in self.messages():
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("key") == f"card:{post_id}":
                return message
        return None

    def card_with(self, post_id: str, words: str, seconds: float = DEADLINE) -> dict[str, Any]:
        """Return the mention's card once it shows the words."""

        def look() -> dict[str, Any] | None:
            card = self.card(post_id)
            return card if card is not None and words in shown(card) else None

        try:
            return until(look, f"the card shows “{words}”", seconds)
        except AssertionError as error:
            card = self.card(post_id)
            stands = shown(card) if card else "no card"
            raise AssertionError(f"{error}\nIt shows: {stands}") from None

    def whispers(self, member: str) -> list[str]:
        """Return the private words that a member has seen."""
        return [m["text"] for m in self.messages() if m.get("ephemeral_to") == member]

    def answer_to(self, member: str, words: str = "") -> dict[str, Any]:
        """Return the private message that answers a member's last act, once it shows the words.

        What came before that act is an answer to something else, whatever it shows.
        """
        since = self._acted.get(member, "")

        def answers() -> list[dict[str, Any]]:
            mine = [m for m in self.messages() if m.get("ephemeral_to") == member]
            return [m for m in mine if m["ts"] > since]

        def look() -> dict[str, Any] | None:
            return next((m for m in reversed(answers()) if words in shown(m)), None)

        try:
            return until(look, f"{member} is told “{words}”")
        except AssertionError as error:
            told = [shown(m) for m in answers()]
            raise AssertionError(f"{error}\nThey were told: {told}") from None

    def replies_to(self, post_id: str) -> list[dict[str, Any]]:
        """Return our posts on X that answer a post."""
        return [p for p in self.get("posts") if p["ours"] and p["in_reply_to"] == post_id]

    def reply_to(self, post_id: str, seconds: float = DEADLINE) -> dict[str, Any]:
        """Return our only reply to a post once it stands on X."""
        replies = until(lambda: self.replies_to(post_id), "a reply stands on X", seconds)
        assert len(replies) == 1, replies
        return replies[0]

    def calls(self, where: str, call: str) -> list[dict[str, Any]]:
        """Return the requests of one kind that a service received."""
        return [r for r in self.get("requests") if r["where"] == where and r["call"] == call]

    # --- what a person does ---------------------------------------------------------------

    def press(self, card: dict[str, Any], words: str, member: str | None = None) -> dict[str, Any]:
        """Press a button or a menu's choice by its words, as soon as the message offers it."""

        def pressed() -> dict[str, Any] | None:
            answer = self.do("click", ts=card["ts"], text=words, member=member or self.maya)
            offered = answer["ok"] or NOT_OFFERED not in answer["error"]
            return dict(answer) if offered else None

        answer = until(pressed, f"“{words}” can be pressed")
        assert answer["ok"], answer
        return answer

    def view(self, member: str | None = None) -> dict[str, Any]:
        """Return the member's open window once there is one."""

        def look() -> dict[str, Any] | None:
            views = [v for v in self.get("views") if v["member"] == (member or self.maya)]
            return next((v for v in views if v["type"] == "modal"), None)

        return until(look, "a window is open")

    def submit(
        self, view: dict[str, Any], values: dict[str, Any], member: str | None = None
    ) -> dict[str, Any]:
        """Fill a window in and submit it."""
        answer = self.do(
            "submit", view_id=view["view_id"], values=values, member=member or self.maya
        )
        return dict(answer)


#: What the practice room says of a button that is not, or not yet, on a message.
NOT_OFFERED = "There is nothing to press"


def shown(message: dict[str, Any]) -> str:
    """Return every word that a message shows, its fall-back text first."""
    return " | ".join([message["text"], *words_in(message["blocks"])])


def words_in(part: Any) -> Iterator[str]:
    """Walk blocks for the words in them."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in {"text", "alt_text"} and isinstance(value, str):
                yield value
            else:
                yield from words_in(value)
    elif isinstance(part, list):
        for each in part:
            yield from words_in(each)


@contextmanager
def open_stage(folder: Path) -> Iterator[Stage]:
    """Open an empty practice room and a stage in it; close both."""
    with PracticeRoom() as room:
        # The stage polls a hundred times as often as a business does.
        room.x.limits.scale = 100
        # Slack waits three seconds; a busy machine may take longer for what is quick elsewhere.
        room.slack_settings.ack_seconds = 10
        room.slack.tickets.trigger_seconds = 30
        stage = Stage(room, folder)
        try:
            yield stage
        finally:
            stage.close()
        # Whatever a scenario plays: none of our messages shows what a stranger's link leads to.
        assert unfurled(room) == []


def quick(**changes: Any) -> Timings:
    """Return the stage's timings with some of them changed."""
    return replace(QUICK, **changes)
