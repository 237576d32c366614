"""`/greenroom watch`: list, try, add, pause, resume and remove keyword watches."""

from domain import JobKind, MentionKind
from errors import GreenroomError
from handlers.entry.command_request import CommandRequest, Shown
from handlers.entry.context import HandlerContext
from handlers.listening.onboarding import try_first
from storage.posts import watches
from storage.queue.enqueue import enqueue
from views.blocks.formatting import escape
from views.listening.watch_modal import WatchValues
from views.listening.watch_trial import WatchWish
from views.modals import watch_errors
from views.talking.command_answers import watch_list_answer
from views.talking.private_texts import trying

_USUAL_CAP = 50


def watch_asked(ctx: HandlerContext, asked: CommandRequest) -> Shown:
    """List or change what is listened to."""
    verb, _, words = asked.words.partition(" ")
    match verb.lower():
        case "" | "list":
            with ctx.db.read() as tx:
                return watch_list_answer(watches.watches(tx))
        case "add":
            label, _, query = (part.strip() for part in words.partition("="))
            if not label or not query:
                raise GreenroomError(
                    "A watch needs a name and a query.",
                    'Write `/greenroom watch add coffee = "flat white" oxford`.',
                )
            return _try(ctx, asked, label, query)
        case "try":
            if not words.strip():
                raise GreenroomError(
                    "What is to be tried?", 'Write `/greenroom watch try "flat white" oxford`.'
                )
            return _try(ctx, asked, "", words.strip())
        case "pause" | "resume" | "remove":
            return _change(ctx, verb.lower(), words.strip())
        case _:
            raise GreenroomError(
                "A watch can be listed, tried, added, paused, resumed and removed.",
                "Write `/greenroom watch list` to see them.",
            )


def _try(ctx: HandlerContext, asked: CommandRequest, label: str, query: str) -> Shown:
    """Have the query tried on X; nothing listens to it before somebody has seen what it finds."""
    wish = WatchWish(label, query, _USUAL_CAP)
    if errors := watch_errors(WatchValues(label or "a name", query, _USUAL_CAP)):
        raise GreenroomError(next(iter(errors.values())), "")
    try_first(ctx, wish, asked.member.id, asked.channel)
    return trying(query)


def _change(ctx: HandlerContext, verb: str, label: str) -> str:
    with ctx.db.write() as tx:
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
            enqueue(tx, JobKind.LISTEN, watch.id, at=ctx.now())
            return f"The watch “{escape(label)}” listens again."
        return f"The watch “{escape(label)}” rests now."
