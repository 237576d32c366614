"""What a query would have caught and what it would cost, before anybody listens to it."""

import json
from dataclasses import dataclass

from domain import Post
from errors import NotOurs
from views.blocks.action_ids import ActionId
from views.blocks.blocks import AnyBlock, actions, button, context, plain_section, section
from views.blocks.formatting import count, excerpt, handle_words, link, post_url, slack_date
from views.blocks.message import Message, message
from views.listening.query_complaints import in_plain_words

_SHOWN = 5
_MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class WatchWish:
    """A watch that somebody wishes for: its name may still be missing."""

    label: str
    query: str
    cap: int

    @property
    def value(self) -> str:
        """The wish as a button's value."""
        return json.dumps([self.label, self.query, self.cap], ensure_ascii=False)

    @classmethod
    def from_value(cls, value: str) -> "WatchWish":
        """Read a button's value.

        Raises:
            NotOurs: it is none of ours.
        """
        try:
            label, query, cap = json.loads(value)
        except (ValueError, TypeError, RecursionError):
            raise NotOurs("Greenroom does not know that query any more.") from None
        if not (isinstance(label, str) and isinstance(query, str) and type(cap) is int):
            raise NotOurs("Greenroom does not know that query any more.")
        return cls(label, query, cap)


@dataclass(frozen=True, slots=True)
class TriedPost:
    """A post that the query found; `aside` says why it would have been set aside, or is ""."""

    post: Post
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial brought.

    `found` posts were read, `a_day` is what a day would bring; `counted` tells that it is a
    count of seven days and no estimate. `least_micro` and `most_micro` are a day's cost in
    micro-dollars, without and with a charge for each author, at most the cap.
    """

    wish: WatchWish
    posts: tuple[TriedPost, ...]
    found: int
    a_day: int
    counted: bool
    least_micro: int
    most_micro: int
    paid_micro: int


def trial_message(trial: Trial) -> Message:
    """Show what the query would have caught, what it would cost, and the next step."""
    gist = f"{_how_many(trial)} {_costs(trial)}"
    shown: list[AnyBlock | None] = [context(_line(tried)) for tried in trial.posts[:_SHOWN]]
    return message(
        f"I tried “{excerpt(trial.wish.query, 520)}” on X. {gist}",
        section("*I tried this on X:*"),
        plain_section(trial.wish.query),
        section(gist),
        *shown,
        context(_left_out(trial), _small_print(trial)),
        _buttons(trial.wish, sure=bool(trial.found)),
    )


def refused_message(wish: WatchWish, complaint: str) -> Message:
    """Say in plain words, and in X's own, what X minds about a query."""
    plain = in_plain_words(complaint)
    own = f"X says: “{excerpt(complaint, 300)}”"
    head = f"X does not take this query, so nothing was added. {plain}".strip()
    return message(
        f"{head} {own}",
        section(head),
        plain_section(wish.query),
        context(own),
        actions(button("Change the query", ActionId.CHANGE_QUERY, wish.value)),
    )


def untried_message(wish: WatchWish, sentence: str, advice: str) -> Message:
    """Say that X could not be asked now, and leave the choice to who asked."""
    words = f"I could not try it on X: {excerpt(sentence, 300)}"
    return message(
        f"{words} {excerpt(advice, 300)}".strip(),
        section(words),
        context(excerpt(advice, 300)),
        _buttons(wish, sure=False),
    )


def _how_many(trial: Trial) -> str:
    if not trial.found:
        return "It found nothing in the last seven days."
    if trial.counted:
        return f"It found {count(trial.found, 'post')} in the last seven days."
    return f"It would find about {count(trial.a_day, 'post')} a day."


def _costs(trial: Trial) -> str:
    if not trial.found:
        return "Listening to it would cost nothing until somebody writes such a post."
    capped = trial.a_day > trial.wish.cap
    limit = (
        f" That is more than its limit of {count(trial.wish.cap, 'post')} a day: "
        "a narrower query would miss less."
        if capped
        else ""
    )
    least, most = _dollars(trial.least_micro), _dollars(trial.most_micro)
    cost = f"about {least}" if least == most else f"{least} to {most}"
    return f"Reading them costs {cost} a day.{limit}"


def _dollars(micro: int) -> str:
    """Write an amount; never rounded down to nothing."""
    if 0 < micro < _MICRO // 100:
        return "less than $0.01"
    return f"${-(-micro * 100 // _MICRO) / 100:,.2f}"


def _line(tried: TriedPost) -> str:
    aside = f" · would be set aside: {excerpt(tried.aside, 120)}" if tried.aside else ""
    post = tried.post
    return (
        f"{handle_words(post.author)}: {excerpt(post.text, 160)} "
        f"({slack_date(post.created_at)}, {link(post_url(post), 'View on X')}){aside}"
    )


def _left_out(trial: Trial) -> str:
    aside = sum(1 for tried in trial.posts if tried.aside)
    if not aside:
        return ""
    return f"Of the {count(len(trial.posts), 'post')} I read, {aside:,} would be set aside quietly."


def _small_print(trial: Trial) -> str:
    how = (
        "Counted over seven days."
        if trial.counted
        else "Worked out from how close together the newest posts are."
    )
    return (
        f"{how} This trial cost {_dollars(trial.paid_micro)}. The dearer figure is for the case "
        "that X charges for each author, too. What is found is answered by hand: X asks for that."
    )


def _buttons(wish: WatchWish, *, sure: bool) -> AnyBlock | None:
    start = "Start listening" if sure else "Listen all the same"
    return actions(
        button(start, ActionId.START_WATCH, wish.value, style="primary" if sure else None),
        button("Change the query", ActionId.CHANGE_QUERY, wish.value),
    )
