"""The slash command `/greenroom`: one word with subcommands, answers only for who asked."""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from domain import MentionKind, MentionState
from errors import GreenroomError
from handlers import playbook, voice, voice_offers
from handlers.access import Member
from handlers.boundary import guarded
from handlers.desk import Body, Desk, Press
from handlers.first_minutes import add_watch
from storage import mentions, watches
from storage.due_work import ask_listening
from views.command_answers import help_answer, waiting_answer, watch_list_answer
from views.message import Message
from views.words import escape

_USUAL_CAP = 50
_MOST_SHOWN = 10
_WAITING = (
    MentionState.WAITING,
    MentionState.HANDED_OVER,
    MentionState.UNKNOWN,
    MentionState.FAILED,
    MentionState.BY_HAND,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for after the command's word, by whom; a window opens by `trigger_id`."""

    words: str
    member: Member
    trigger_id: str


#: What is shown to who asked; None where a window opened.
Shown = str | Message | None


def on_command(desk: Desk) -> Callable[..., None]:
    """Make the listener for `/greenroom`."""

    def listener(ack: Callable[..., Any], respond: Callable[..., Any], body: Body) -> None:
        ack()
        member_id = str(body.get("user_id", ""))
        channel = str(body.get("channel_id", "")) or None

        def work() -> None:
            member = desk.access.member_who_may_decide(member_id)
            text = unescape(str(body.get("text", "")))
            shown = _answer(desk, text, member, str(body.get("trigger_id", "")))
            if isinstance(shown, Message):
                respond(text=shown.text, blocks=shown.blocks, response_type="ephemeral")
            elif shown is not None:
                respond(text=shown, response_type="ephemeral")

        guarded(desk, channel, member_id, work)

    return listener


def _answer(desk: Desk, text: str, member: Member, trigger_id: str) -> Shown:
    name, _, rest = text.strip().partition(" ")
    answers = {**_SUBCOMMANDS, **_OTHER_SPELLINGS}
    if name.lower() not in answers:
        near = difflib.get_close_matches(name.lower(), _SUBCOMMANDS, n=1)
        hint = f"Did you mean `/greenroom {near[0]}`?" if near else help_answer()
        raise GreenroomError(f"There is no “{escape(name[:40])}” here.", hint)
    asked = Asked(" ".join(rest.split()), member, trigger_id)
    return answers[name.lower()](desk, asked)


def _voice(desk: Desk, asked: Asked) -> Shown:
    press = Press(asked.member.id, "", asked.trigger_id, None, None)
    match _plain(asked.words):
        case "":
            return voice.page(desk)
        case "edit" | "change":
            voice.open_voice(desk, press, asked.member)
        case "history":
            voice.open_history(desk, press, asked.member)
        case "set up" | "setup" | "interview":
            voice_offers.open_interview(desk, press, asked.member)
        case "past" | "from past" | "from past replies" | "from our past replies":
            voice_offers.ask_past_replies(desk, press, asked.member)
        case other:
            known = ("edit", "history", "set up", "from past")
            raise GreenroomError(
                f"The voice knows no “{escape(other[:40])}”.",
                _nearest(other, known, "voice"),
            )
    return None


def _set_up(desk: Desk, asked: Asked) -> Shown:
    if _plain(asked.words).removeprefix("up ") not in {"voice", "our voice", "the voice"}:
        raise GreenroomError(
            "What is to be set up is the voice.", "Write `/greenroom set up voice`."
        )
    press = Press(asked.member.id, "", asked.trigger_id, None, None)
    voice_offers.open_interview(desk, press, asked.member)
    return None


def _playbook(desk: Desk, asked: Asked) -> Shown:
    playbook.show_playbook(desk, asked.trigger_id, asked.words)
    return None


def _plain(words: str) -> str:
    return words.lower().replace("-", " ")


def _nearest(said: str, known: Sequence[str], under: str) -> str:
    near = difflib.get_close_matches(said, known, n=1)
    if near:
        return f"Did you mean `/greenroom {under} {near[0]}`?"
    return f"Write `/greenroom {under}` to see it."


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


def _help(_: Desk, __: Asked) -> Shown:
    return help_answer()


#: What can be asked for, by its first word.
_SUBCOMMANDS: dict[str, Callable[[Desk, Asked], Shown]] = {
    "help": _help,
    "waiting": lambda desk, _: _waiting(desk),
    "watch": lambda desk, asked: _watch(desk, asked.words),
    "voice": _voice,
    "playbook": _playbook,
}
_OTHER_SPELLINGS: dict[str, Callable[[Desk, Asked], Shown]] = {
    "": _help,
    "set": _set_up,
    "setup": _set_up,
}
