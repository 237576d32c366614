"""The playbook's window: the list of occasions, ours first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain import PlaybookAnswer
from views.blocks.action_ids import ActionId, ViewId
from views.blocks.blocks import AnyBlock, actions, button, context, section
from views.blocks.form import modal
from views.blocks.formatting import count, excerpt, shorten, slack_date

#: Slack shows a hundred blocks in a window; some are for what stands around the list.
MOST_SHOWN = 90
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occasion: its answers, the words that call for it, and whether the team wrote it."""

    name: str
    answers: tuple[str, ...]
    cues: tuple[str, ...] = ()
    ours: bool = True

    def holds(self, word: str) -> bool:
        """Tell whether a word stands in its name, its answers or its cues."""
        whole = " ".join([self.name.replace("_", " "), *self.answers, *self.cues])
        return word.casefold() in whole.casefold()


def occasions_of(answers: Sequence[PlaybookAnswer], *, ours: bool) -> list[Occasion]:
    """Put a playbook's answers together by occasion, in their order."""
    names = dict.fromkeys(each.occasion for each in answers)
    return [
        Occasion(
            name,
            tuple(each.text for each in answers if each.occasion == name),
            tuple(dict.fromkeys(c for each in answers if each.occasion == name for c in each.cues)),
            ours,
        )
        for name in names
    ]


def playbook_modal(
    ours: Sequence[Occasion],
    default: Sequence[Occasion],
    *,
    saved: tuple[str, datetime] | None = None,
) -> dict[str, Any]:
    """Build the list: the team's occasions first, then those that Greenroom comes with.

    `saved` says who changed the team's occasions last, and when.
    """
    room = MOST_SHOWN
    shown_ours = list(ours)[:room]
    shown_default = list(default)[: room - len(shown_ours)]
    left = len(ours) + len(default) - len(shown_ours) - len(shown_default)
    more = f"{count(left, 'more occasion')}: `/greenroom playbook word` finds them." if left else ""
    return modal(
        ViewId.PLAYBOOK,
        title="Playbook",
        submit=None,
        blocks=[
            context(
                "Ready answers by occasion: they serve without a model, and when it is away. "
                "Yours go first.",
                _saved_words(saved),
            ),
            actions(button("Add an occasion", ActionId.ADD_OCCASION)),
            section("*Ours*") if shown_ours else None,
            *(_line(each) for each in shown_ours),
            section("*What Greenroom comes with*") if shown_default else None,
            *(_line(each) for each in shown_default),
            context(more),
            None if shown_ours or shown_default else section("No occasion has that word."),
        ],
    )


def read_pressed(value: str) -> tuple[bool, str]:
    """Read an *Edit* button's value: whether the occasion is ours, and its name."""
    origin, _, name = value.partition("|")
    return origin == "ours", name


def _saved_words(saved: tuple[str, datetime] | None) -> str:
    if saved is None:
        return ""
    name, at = saved
    by = f" by {excerpt(name, 60)}" if name else ""
    return f"Ours were changed last{by} on {slack_date(at, '{date_short}')}."


def _line(occasion: Occasion) -> AnyBlock:
    first = excerpt(occasion.answers[0] if occasion.answers else "no answer", 150)
    name = excerpt(occasion.name.replace("_", " "), _LONGEST_NAME)
    words = f"*{name}* · {count(len(occasion.answers), 'answer')}\n{first}"
    label = "Edit" if occasion.ours else "Change"
    value = f"{'ours' if occasion.ours else 'default'}|{occasion.name}"
    return section(words, button(label, ActionId.EDIT_OCCASION, shorten(value, 1900)))
