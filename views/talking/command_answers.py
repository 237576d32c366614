"""What `/greenroom` answers, in mrkdwn."""

from collections.abc import Mapping, Sequence

from domain import Mention, Watch
from views.blocks.blocks import context, section
from views.blocks.formatting import (
    count,
    excerpt,
    handle_words,
    link,
    member_words,
    one_line,
    post_url,
    shorten,
    slack_date,
    without_leading_handles,
)
from views.blocks.message import Message, message
from views.team.home import watch_line


def help_answer() -> str:
    """Say what can be asked for."""
    return (
        "*Greenroom listens on X and suggests replies; you decide.*\n"
        "`/greenroom waiting` shows who waits for an answer, longest first\n"
        "`/greenroom today` sums up the day so far, `today public` shows all\n"
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
        "`/greenroom export` sends you everything that is stored, as a file\n"
        "`public` behind waiting, people, stats or budget shows the answer to all\n"
        "`/greenroom help` shows this"
    )


def waiting_answer(
    waiting: Sequence[Mention], links: Mapping[str, str], *, more: int, folded: int
) -> Message:
    """List who waits, longest first; `links` has the addresses of their cards."""
    lines = [_waiting_line(mention, links.get(mention.id, "")) for mention in waiting]
    rest = [
        f"{count(more, 'more waits', 'more wait')} behind them." if more > 0 else "",
        f"{count(folded, 'older mention')} folded away." if folded else "",
    ]
    if not lines:
        lines = ["Nobody waits. Well done."]
    head = f"{count(len(waiting) + max(more, 0), 'person waits', 'people wait')} for us."
    shown = [f"*{head}*", *lines] if waiting else lines
    spoken = "\n".join(line for line in [*shown, *rest] if line).replace("*", "")
    return message(spoken, *(section(line) for line in shown), context(*rest))


def _waiting_line(mention: Mention, card_url: str) -> str:
    since = slack_date(mention.post.created_at)
    who = f" · {member_words(mention.assignee)} has this" if mention.assignee else ""
    to_card = f" · {link(card_url, 'Open the card')}" if card_url else ""
    return (
        f"{handle_words(mention.post.author)}: {excerpt(without_leading_handles(mention.post.text), 120)}\n"
        f"Since {since}{who} · {link(post_url(mention.post), 'View on X')}{to_card}"
    )


def watch_list_answer(watches: Sequence[Watch]) -> str:
    """List the watches."""
    return "\n".join(f"• {watch_line(watch)}" for watch in watches)


def counting_answer(days: int, *, public: bool) -> str:
    """Say that figures are being counted, and where they will stand."""
    where = "They come into this channel" if public else "They come as a direct message from me"
    return f"Counting the last {days} days. {where} in a moment."


def summing_up_answer(*, public: bool) -> str:
    """Say that the day so far is being summed up."""
    return "Summing up the day so far." + (" All see it here in a moment." if public else "")


def exporting_answer() -> str:
    """Say that everything stored is being put together."""
    return (
        "Putting everything together. It comes as a file in a direct message from me, "
        "and the channel hears that you have it."
    )


def exported_notice(name: str) -> tuple[str, str]:
    """Tell the channel who took everything along: a sentence, and what to do about it."""
    return (
        f"{shorten(one_line(name), 60) or 'An admin'} exported everything that is stored about conversations.",
        "The file came to them alone. If that surprises you, ask them.",
    )


def export_words(rows: int) -> str:
    """Say what is in the exported file."""
    return (
        f"Everything that is stored about conversations: {count(rows, 'row')}, one file of JSON "
        "lines for each list, with a README. It holds what people wrote: keep it as you keep mail."
    )
