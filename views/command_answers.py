"""What `/greenroom` answers, in mrkdwn."""

from collections.abc import Sequence
from datetime import datetime

from domain import Mention, Watch
from views.home import watch_line
from views.words import count, excerpt, handle_words, link, post_url, slack_date


def help_answer() -> str:
    """Say what can be asked for."""
    return (
        "*Greenroom listens on X and suggests replies; you decide.*\n"
        "`/greenroom waiting` shows who waits for an answer\n"
        "`/greenroom people` shows whom we really talk with; `people @handle` opens one page\n"
        "`/greenroom watch` lists the watches; `watch try query` shows what it would catch and "
        "cost, `watch add name = query`, "
        "`watch pause name`, `watch resume name`, `watch remove name` change them\n"
        "`/greenroom voice` shows how we talk and the facts we may state; `voice edit` changes "
        "it, `voice history` brings an earlier one back\n"
        "`/greenroom set up voice` asks six questions and offers a voice; "
        "`voice from past` works one out from our own replies\n"
        "`/greenroom playbook` shows and changes the ready answers; `playbook word` finds one\n"
        "`/greenroom stats` counts how we do; `stats 30d` and `stats 90d` look further back, "
        "`public` shows all\n"
        "`/greenroom budget` shows what X and the model cost, and what is left today\n"
        "`/greenroom pause` stops reading and drafting, `resume` goes on\n"
        "`/greenroom help` shows this"
    )


def waiting_answer(waiting: Sequence[Mention], folded: int, *, now: datetime) -> str:
    """List who waits, longest first."""
    del now  # Slack shows each time in the reader's own zone.
    lines = [
        f"• {handle_words(m.post.author)}: {excerpt(m.post.text, 120)} "
        f"({slack_date(m.post.created_at)}, {link(post_url(m.post), 'View on X')})"
        for m in waiting
    ]
    if folded:
        lines.append(f"{count(folded, 'older mention')} folded away.")
    return "\n".join(lines) or "Nobody waits. Well done."


def watch_list_answer(watches: Sequence[Watch]) -> str:
    """List the watches."""
    return "\n".join(f"• {watch_line(watch)}" for watch in watches)


def counting_answer(days: int, *, public: bool) -> str:
    """Say that figures are being counted, and where they will stand."""
    where = "They come into this channel" if public else "They come as a direct message from me"
    return f"Counting the last {days} days. {where} in a moment."
