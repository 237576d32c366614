"""The triage command: judges posts line by line, with no settings, network or database."""

from collections.abc import Callable
from typing import Any

import patterns as re
from commands.json_lines import answer_lines
from domain import MentionKind, Person, Watch
from replies.triage import judge

#: So many handles of earlier lines are remembered as names of businesses.
_MOST_HANDLES = 50
_UNREADABLE = "The line is no JSON object with a text."


def triage() -> int:
    """Answer each line of standard input with whether its post is worth answering, and why.

    A line has `id`, `text` and, where known, `author` (a handle, or an object with `handle`,
    `name` and `followers`) and `watch` (a label, or an object with `kind`, `label` and
    `query`). Whose account it is about often stands nowhere: a handle is taken for it, and
    handles of earlier posts worth answering are remembered as names of businesses, so that
    "oakst bakery was lovely" is about @oakstbakery in the lines after it. A line that names
    its `account` is judged by that alone.
    """
    return answer_lines(answering())


def answering() -> Callable[[dict[str, Any] | None], dict[str, Any]]:
    """Return what answers the lines of one run, each in the light of those before."""
    seen: dict[str, None] = {}

    def answer(row: dict[str, Any] | None) -> dict[str, Any]:
        row = row or {}
        shown_id = row.get("id") if isinstance(row.get("id"), str | int | float) else None
        text = row.get("text")
        if not isinstance(text, str):
            return {"id": shown_id, "worth_answering": False, "why": _UNREADABLE}
        account = handle_of(row.get("account"))
        verdict = judge(
            text,
            author=author_of(row.get("author")),
            watch=watch_of(row.get("watch")),
            account_handle=account,
            also_named=() if account else tuple(seen),
        )
        if verdict.worth_answering and len(seen) < _MOST_HANDLES:
            seen.update(dict.fromkeys(handles_in(text)))
        return {"id": shown_id, "worth_answering": verdict.worth_answering, "why": verdict.why}

    return answer


def handles_in(text: str) -> list[str]:
    """Return the handles in the beginning of a post, in lower case, without @."""
    return [each.casefold() for each in re.findall(r"(?<![\w@/])@(\w{1,20})", text[:1000])]


def author_of(author: object) -> Person | None:
    """Read who wrote a post: a handle, or an object."""
    if isinstance(author, str) and author.strip():
        handle = author.strip().removeprefix("@")
        return Person(id=handle.casefold(), handle=handle, name=handle)
    if not isinstance(author, dict):
        return None
    handle = _word(author, "handle", "username", "screen_name").removeprefix("@")
    followers = author.get("followers")
    return Person(
        id=_word(author, "id") or handle.casefold(),
        handle=handle,
        name=_word(author, "name") or handle,
        followers=followers if isinstance(followers, int) else None,
    )


def watch_of(watch: object) -> Watch | None:
    """Read what caught a post: a label, or an object."""
    if isinstance(watch, str) and watch.strip():
        return Watch(id="", kind=_kind(watch), label=watch.strip())
    if not isinstance(watch, dict):
        return None
    kind, label, query = _word(watch, "kind"), _word(watch, "label", "name"), _word(watch, "query")
    return Watch(id="", kind=_kind(kind), label=label, query=query)


def handle_of(account: object) -> str | None:
    """Read our own handle, should a line name it."""
    bare = account.strip().removeprefix("@") if isinstance(account, str) else ""
    return bare or None


def _kind(word: str) -> MentionKind:
    is_mention = word.strip().casefold() in {"mention", "mentions"}
    return MentionKind.MENTION if is_mention else MentionKind.KEYWORD


def _word(row: dict[str, Any], *names: str) -> str:
    """Return the first of these fields that holds words."""
    return next((row[name] for name in names if isinstance(row.get(name), str)), "").strip()
