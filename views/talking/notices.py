"""The channel's other messages: welcome, fold line, notices and notes in a card's thread."""

from domain import Reply
from views.blocks.action_ids import ActionId
from views.blocks.blocks import button, context, quoted, section
from views.blocks.formatting import count, escape, excerpt, link, member_words, reply_url
from views.blocks.message import Message, message
from views.team.practice import practice_line


def welcome(
    account_handle: str,
    *,
    model_on: bool,
    approvers_line: str,
    practice: bool = False,
    model_host: str = "",
) -> Message:
    """Say once what Greenroom does here, and the three first steps."""
    account = f"@{excerpt(account_handle, 40)}"
    head = (
        f"*Hello! I listen for people who talk to {account} on X and bring each one here, "
        "with ideas for a reply.*\nNothing goes out without one of you pressing *Approve* "
        "on exactly that text."
    )
    source = (
        "Suggestions are written by the model you set up."
        if model_on
        else "No model is set up, so only plain questions and thanks get a suggestion."
    )
    return message(
        f"Hello! I listen for people who talk to {account} on X and bring each one here. "
        "Nothing goes out without one of you approving exactly that text.",
        context(practice_line(model_host)) if practice else None,
        section(head),
        section(
            "*1. Say how you talk*, and which facts suggestions may state.",
            button("Say how we talk", ActionId.SAY_HOW_WE_TALK),
        ),
        section(
            "*2. Add a watch* to hear of posts that do not name you.",
            button("Add a watch", ActionId.ADD_WATCH),
        ),
        section(
            f"*3. Who approves?* {escape(approvers_line)}",
            button("Who approves", ActionId.WHO_APPROVES),
        ),
        context(source),
    )


def fold_line(number: int) -> Message:
    """Say how many older mentions wait folded away."""
    words = f"{count(number, 'older mention')} {'waits' if number == 1 else 'wait'} folded away."
    if not number:
        return message("No older mentions are folded away.", context("All mentions are shown."))
    return message(words, section(words, button("Show more", ActionId.SHOW_MORE)))


def gone_answer() -> Message:
    """Stand in the place of an answer that showed a post which is gone."""
    words = "What stood here showed a post that is gone from X. Ask again for what is left."
    return message(words, context(words))


def notice(sentence: str, advice: str = "") -> Message:
    """Tell the channel once of something that holds Greenroom up."""
    words = escape(sentence)
    return message(
        f"{words} {escape(advice)}".strip(),
        section(f"*{words}*" if "\n" not in words and "*" not in words else words),
        context(escape(advice)),
    )


def sent_note(reply: Reply, *, account_handle: str) -> Message:
    """Note in the card's thread what went out, who approved it and where it stands."""
    who = excerpt(reply.member_name, 60) or "Somebody"
    url = reply_url(account_handle, reply.post_id) if reply.post_id else ""
    return message(
        f"On X now, approved by {who}: {excerpt(reply.text, 300)}",
        section(f"On X now, approved by *{who}*."),
        quoted(reply.text),
        context(link(url, "View on X")) if url else None,
    )


def handed_over_note(member_id: str, *, by: str, note: str = "") -> Message:
    """Tell the member who was asked to take a mention, in the card's thread."""
    said = f": “{excerpt(note, 300)}”" if note else "."
    words = f"{member_words(member_id)}, {excerpt(by, 60)} asks you to take this one{said}"
    return message(words, section(words))
