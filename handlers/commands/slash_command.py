"""The slash command `/greenroom`: one word with subcommands, answers only for who asked."""

import difflib
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

from errors import GreenroomError, SlackError, SlackUncertain
from handlers.commands.budget import budget_asked
from handlers.commands.export import export_asked
from handlers.commands.people import people_asked
from handlers.commands.stats import stats_asked
from handlers.commands.today import today_asked
from handlers.commands.waiting import waiting_asked
from handlers.entry.command_request import CommandRequest, Public, Shown
from handlers.entry.context import Body, HandlerContext
from handlers.entry.error_boundary import guarded
from handlers.entry.permissions import SUBCOMMANDS, UNKNOWN_WORD, Subcommand
from handlers.listening.watch_command import watch_asked
from handlers.team.pause_command import pause_asked, resume_asked
from handlers.voice.voice_command import playbook_asked, set_up_asked, voice_asked
from storage.db.ids import new_id
from storage.slack import messages
from storage.slack.quoting_messages import note_quotes
from views.blocks.blocks import section
from views.blocks.formatting import escape
from views.blocks.message import Message, message
from views.talking.command_answers import help_answer
from views.talking.shown_posts import cards_shown, ids_shown


def on_command(ctx: HandlerContext) -> Callable[..., None]:
    """Make the listener for `/greenroom`."""

    def listener(ack: Callable[..., Any], respond: Callable[..., Any], body: Body) -> None:
        ack()
        member_id = str(body.get("user_id", ""))
        channel = str(body.get("channel_id", "")) or None

        def work() -> None:
            text = unescape(str(body.get("text", "")))
            word, _, rest = text.strip().partition(" ")
            wanted = _subcommand(word)
            right = SUBCOMMANDS[wanted] if wanted is not None else UNKNOWN_WORD
            member = ctx.access.member_with(right, member_id)
            if wanted is None:
                raise _unknown(word)
            asked = CommandRequest(rest, member, str(body.get("trigger_id", "")), channel)
            shown = _answer(ctx, wanted, asked)
            if isinstance(shown, Public):
                if not _posted(ctx, channel, shown.message):
                    message = shown.message
                    respond(text=message.text, blocks=message.blocks, response_type="in_channel")
            elif isinstance(shown, Message):
                respond(text=shown.text, blocks=shown.blocks, response_type="ephemeral")
            elif shown is not None:
                respond(text=shown, response_type="ephemeral")

        guarded(ctx, channel, member_id, work, typed=_typed(body))

    return listener


def _typed(body: Body) -> str:
    """Return what was typed, where it is more than a word: Slack keeps no command."""
    text = unescape(str(body.get("text", ""))).strip()
    return f"{body.get('command') or '/greenroom'} {text}" if " " in text else ""


def _posted(ctx: HandlerContext, channel: str | None, shown: Message) -> bool:
    """Post for all as a message of our own, whose place is known: what it quotes may have to go.

    False where the bot is not in the channel; then only Slack's answer to the command can show it.
    """
    if not channel:
        return False
    key = f"public:{new_id()}"
    try:
        ts = ctx.slack.post(channel, text=shown.text, blocks=shown.blocks, key=key)
    except SlackUncertain:
        # It may stand there already: better once or not at all than twice.
        return True
    except SlackError:
        return False
    with ctx.db.write() as tx:
        messages.reserve(tx, key, channel=channel, at=ctx.now())
        messages.placed(tx, key, ts, "")
        note_quotes(tx, key, ids_shown(shown), cards_shown(shown))
    return True


def _subcommand(word: str) -> Subcommand | None:
    name = word.lower()
    if name in _OTHER_SPELLINGS:
        return _OTHER_SPELLINGS[name]
    return Subcommand(name) if name in set(Subcommand) else None


def _unknown(word: str) -> GreenroomError:
    near = difflib.get_close_matches(word.lower()[:40], list(Subcommand), n=1)
    hint = f"Did you mean `/greenroom {near[0]}`?" if near else help_answer()
    return GreenroomError(f"There is no “{escape(word[:40])}” here.", hint)


def _answer(ctx: HandlerContext, wanted: Subcommand, asked: CommandRequest) -> Shown:
    words = asked.words.split()
    public = wanted in _MAY_BE_PUBLIC and "public" in map(str.lower, words)
    if public:
        words = [word for word in words if word.lower() != "public"]
    shown = _ANSWERS[wanted](ctx, replace(asked, words=" ".join(words)))
    return _public(shown) if public else shown


def _public(shown: Shown) -> Shown:
    if isinstance(shown, str):
        return Public(message(shown, section(shown)))
    return Public(shown) if isinstance(shown, Message) else shown


def _help(_: HandlerContext, __: CommandRequest) -> Shown:
    return help_answer()


_ANSWERS: dict[Subcommand, Callable[[HandlerContext, CommandRequest], Shown]] = {
    Subcommand.HELP: _help,
    Subcommand.WAITING: waiting_asked,
    Subcommand.WATCH: watch_asked,
    Subcommand.VOICE: voice_asked,
    Subcommand.PLAYBOOK: playbook_asked,
    Subcommand.PEOPLE: people_asked,
    Subcommand.STATS: stats_asked,
    Subcommand.TODAY: today_asked,
    Subcommand.BUDGET: budget_asked,
    Subcommand.PAUSE: pause_asked,
    Subcommand.RESUME: resume_asked,
    Subcommand.EXPORT: export_asked,
    Subcommand.SET_UP: set_up_asked,
}
#: What `public` behind it shows to the whole channel; `stats` and `today` see to it themselves.
_MAY_BE_PUBLIC = frozenset({Subcommand.WAITING, Subcommand.PEOPLE, Subcommand.BUDGET})
_OTHER_SPELLINGS = {"": Subcommand.HELP, "set": Subcommand.SET_UP}
