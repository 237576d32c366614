"""The *Add a watch* window: a name, what to search on X, and how much it may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from views.blocks.action_ids import ViewId
from views.blocks.blocks import context
from views.blocks.form import answer, field, modal, words_input
from views.listening.watch_trial import WatchWish

#: Block to which an error about the whole belongs.
LABEL_BLOCK = "label"
_LONGEST_LABEL = 60
#: X takes search queries up to this long on self-serve plans.
_LONGEST_QUERY = 512
_MOST_POSTS = 10_000
_USUAL_CAP = 50


@dataclass(frozen=True, slots=True)
class WatchValues:
    """What was filled in; `cap` is None when it is no whole number within reach."""

    label: str
    query: str
    cap: int | None


def watch_modal(wish: WatchWish | None = None) -> dict[str, Any]:
    """Build the window, for a new watch or for one that was tried."""
    label = words_input("words", value=wish.label if wish else "", example="Coffee nearby")
    query = words_input(
        "words",
        value=wish.query if wish else "",
        example='"flat white" (leeds OR headingley) lang:en -is:retweet',
        lines=True,
    )
    cap = words_input("words", value=str(wish.cap if wish else _USUAL_CAP))
    return modal(
        ViewId.WATCH,
        title="Add a watch",
        submit="Try it on X",
        blocks=[
            field(LABEL_BLOCK, "Name", label),
            field("query", "What to search for on X", query, hint="In X's search syntax."),
            field(
                "cap",
                "Most posts a day",
                cap,
                hint="Each post read costs about half a cent. It is tried first and shown to you.",
            ),
            context("Posts found by a watch are answered by hand: X asks for that."),
        ],
    )


def read_watch(view: Mapping[str, Any]) -> WatchValues:
    """Read a submitted view."""
    cap = answer(view, "cap", "words").strip().replace(",", "")
    within = cap.isascii() and cap.isdigit() and 0 < int(cap[:9]) <= _MOST_POSTS
    return WatchValues(
        label=" ".join(answer(view, LABEL_BLOCK, "words").split()),
        query=" ".join(answer(view, "query", "words").split()),
        cap=int(cap) if within else None,
    )


def watch_errors(values: WatchValues) -> dict[str, str]:
    """Say what is wrong with the answers, by block; empty when nothing is."""
    errors = {}
    if not values.label or len(values.label) > _LONGEST_LABEL:
        errors[LABEL_BLOCK] = f"Give it a name of up to {_LONGEST_LABEL} characters."
    if not values.query or len(values.query) > _LONGEST_QUERY:
        errors["query"] = f"X takes a search of 1 to {_LONGEST_QUERY} characters."
    if values.cap is None or not 0 < values.cap <= _MOST_POSTS:
        errors["cap"] = f"Write a whole number from 1 to {_MOST_POSTS:,}."
    return errors
