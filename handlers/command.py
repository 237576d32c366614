"""The slash command `/greenroom`: one word with subcommands, answers only for who asked."""

import difflib
from collections.abc import Callable
from html import unescape
from typing import Any

from domain import MentionKind, MentionState
from errors import GreenroomError
from handlers.boundary import guarded
from handlers.desk import Body, Desk
from handlers.first_minutes import add_watch
from storage import mentions, watches
from storage.due_work import ask_listening
from views.command_answers import help_answer, waiting_answer, watch_list_answer
from views.words import escape

_USUAL_CAP = 50
_MOST_SHOWN = 10
_SUBCOMMANDS = ("help", "waiting", "watch")
_WAITING = (
    MentionState.WAITING,
    MentionState.HANDED_OVER,
    MentionState.UNKNOWN,
    MentionState.FAILED,
    MentionState.BY_HAND,
)


def on_command(desk: Desk) -> Callable[..., None]:
    """Make the listener for `/greenroom`."""

    def listener(ack: Callable[..., Any], respond: Callable[..., Any], body: Body) -> None:
        ack()
        member_id = str(body.get("user_id", ""))
        channel = str(body.get("channel_id", "")) or None

        def work() -> None:
            desk.access.member_who_may_decide(member_id)
            respond(
                text=_answer(desk, unescape(str(body.get("text", "")))), response_type="ephemeral"
            )

        guarded(desk, channel, member_id, work)

    return listener


def _answer(desk: Desk, text: str) -> str:
    name, _, rest = text.strip().partition(" ")
    match name.lower():
        case "" | "help":
            return help_answer()
        case "waiting":
            return _waiting(desk)
        case "watch":
            return _watch(desk, rest.strip())
        case other:
            near = difflib.get_close_matches(other, _SUBCOMMANDS, n=1)
            hint = f"Did you mean `/greenroom {near[0]}`?" if near else help_answer()
            raise GreenroomError(f"There is no “{escape(other[:40])}” here.", hint)


def _waiting(desk: Desk) -> str:
    with desk.db.read() as tx:
        waiting = mentions.in_state(tx, _WAITING, _MOST_SHOWN, newest_first=False)
        folded = mentions.folded_count(tx)
    return waiting_answer(waiting, folded, now=desk.now())


def _watch(desk: Desk, rest: str) -> str:
    verb, _, words = rest.partition(" ")
    match verb.lower():
        case "" | "list":
            with desk.db.read() as tx:
                return watch_list_answer(watches.watches(tx))
        case "add":
            label, _, query = (part.strip() for part in words.partition("="))
            if not label or not query:
                raise GreenroomError(
                    "A watch needs a name and a query.",
                    'Write `/greenroom watch add coffee = "flat white" oxford`.',
                )
            add_watch(desk, label, query, _USUAL_CAP)
            return f"Listening for “{escape(label)}” from now on."
        case "pause" | "resume" | "remove":
            return _change(desk, verb.lower(), words.strip())
        case _:
            raise GreenroomError(
                "A watch can be listed, added, paused, resumed and removed.",
                "Write `/greenroom watch list` to see them.",
            )


def _change(desk: Desk, verb: str, label: str) -> str:
    with desk.db.write() as tx:
        watch = watches.watch_labelled(tx, label)
        if watch is None or watch.kind is not MentionKind.KEYWORD:
            raise GreenroomError(
                f"There is no watch “{escape(label[:60])}” of yours.",
                "Write `/greenroom watch list` to see them.",
            )
        if verb == "remove":
            watches.remove_watch(tx, watch.id)
            return f"The watch “{escape(label)}” is removed; what it caught stays."
        watches.change_watch(tx, watch.id, paused=verb == "pause")
        if verb == "resume":
            ask_listening(tx, watch.id, at=desk.now())
            return f"The watch “{escape(label)}” listens again."
        return f"The watch “{escape(label)}” rests now."
