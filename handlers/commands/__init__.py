"""The slash command `/greenroom`: one word with subcommands, answers only for who asked."""

import difflib
from collections.abc import Callable
from html import unescape
from typing import Any

from errors import GreenroomError, SlackError, SlackUncertain
from handlers.access import Member
from handlers.boundary import guarded
from handlers.commands.asked import Asked, Public, Shown
from handlers.commands.budget import budget_asked
from handlers.commands.export import export_asked
from handlers.commands.pause import pause_asked, resume_asked
from handlers.commands.people import people_asked
from handlers.commands.stats import stats_asked
from handlers.commands.today import today_asked
from handlers.commands.voice import playbook_asked, set_up_asked, voice_asked
from handlers.commands.waiting import waiting_asked
from handlers.commands.watch import watch_asked
from handlers.desk import Body, Desk
from storage import messages
from storage.ids import new_id
from storage.quoted import note_quotes
from views.command_answers import help_answer
from views.message import Message, message
from views.pieces import section
from views.shown_posts import cards_shown, ids_shown
from views.words import escape


def on_command(desk: Desk) -> Callable[..., None]:
    """Make the listener for `/greenroom`."""

    def listener(ack: Callable[..., Any], respond: Callable[..., Any], body: Body) -> None:
        ack()
        member_id = str(body.get("user_id", ""))
        channel = str(body.get("channel_id", "")) or None

        def work() -> None:
            member = desk.access.member_who_may_decide(member_id)
            text = unescape(str(body.get("text", "")))
            shown = _answer(desk, text, member, str(body.get("trigger_id", "")), channel)
            if isinstance(shown, Public):
                if not _posted(desk, channel, shown.message):
                    message = shown.message
                    respond(text=message.text, blocks=message.blocks, response_type="in_channel")
            elif isinstance(shown, Message):
                respond(text=shown.text, blocks=shown.blocks, response_type="ephemeral")
            elif shown is not None:
                respond(text=shown, response_type="ephemeral")

        guarded(desk, channel, member_id, work)

    return listener


def _posted(desk: Desk, channel: str | None, shown: Message) -> bool:
    """Post for all as a message of our own, whose place is known: what it quotes may have to go.

    False where the bot is not in the channel; then only Slack's answer to the command can show it.
    """
    if not channel:
        return False
    key = f"public:{new_id()}"
    try:
        ts = desk.slack.post(channel, text=shown.text, blocks=shown.blocks, key=key)
    except SlackUncertain:
        # It may stand there already: better once or not at all than twice.
        return True
    except SlackError:
        return False
    with desk.db.write() as tx:
        messages.reserve(tx, key, channel=channel, at=desk.now())
        messages.placed(tx, key, ts, "")
        note_quotes(tx, key, ids_shown(shown), cards_shown(shown))
    return True


def _answer(desk: Desk, text: str, member: Member, trigger_id: str, channel: str | None) -> Shown:
    name, _, rest = text.strip().partition(" ")
    answers = {**_SUBCOMMANDS, **_OTHER_SPELLINGS}
    if name.lower() not in answers:
        near = difflib.get_close_matches(name.lower(), _SUBCOMMANDS, n=1)
        hint = f"Did you mean `/greenroom {near[0]}`?" if near else help_answer()
        raise GreenroomError(f"There is no “{escape(name[:40])}” here.", hint)
    words = rest.split()
    public = name.lower() in _MAY_BE_PUBLIC and "public" in map(str.lower, words)
    if public:
        words = [word for word in words if word.lower() != "public"]
    asked = Asked(" ".join(words), member, trigger_id, channel)
    shown = answers[name.lower()](desk, asked)
    return _public(shown) if public else shown


def _public(shown: Shown) -> Shown:
    if isinstance(shown, str):
        return Public(message(shown, section(shown)))
    return Public(shown) if isinstance(shown, Message) else shown


def _help(_: Desk, __: Asked) -> Shown:
    return help_answer()


#: What can be asked for, by its first word.
_SUBCOMMANDS: dict[str, Callable[[Desk, Asked], Shown]] = {
    "help": _help,
    "waiting": waiting_asked,
    "watch": watch_asked,
    "voice": voice_asked,
    "playbook": playbook_asked,
    "people": people_asked,
    "stats": stats_asked,
    "today": today_asked,
    "budget": budget_asked,
    "pause": pause_asked,
    "resume": resume_asked,
    "export": export_asked,
}
#: What `public` behind it shows to the whole channel; `stats` and `today` see to it themselves.
_MAY_BE_PUBLIC = frozenset({"waiting", "people", "budget"})
_OTHER_SPELLINGS: dict[str, Callable[[Desk, Asked], Shown]] = {
    "": _help,
    "set": set_up_asked,
    "setup": set_up_asked,
}
