"""The *Snooze* window: for an hour, until tomorrow morning, or until a time of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from slack_sdk.models.blocks import DateTimePickerElement, Option, RadioButtonsElement

import patterns as re
from domain import Mention
from views.blocks.action_ids import ViewId
from views.blocks.blocks import context, plain
from views.blocks.form import answer, field, kept_value, kept_values, modal
from views.blocks.formatting import slack_date
from views.cards.card_person import above_line

_FOR = "for"
#: Block to which an error about the picked time belongs.
UNTIL_BLOCK = "until"
_CHOICE = "choice"
_TIME = "time"
#: Seconds since 1970, up to some time in the year 2286.
_A_TIME = re.compile(r"[0-9]{1,10}")


class SnoozeFor(StrEnum):
    """For how long a mention may sleep."""

    HOUR = "hour"
    TOMORROW = "tomorrow"
    PICKED = "picked"


@dataclass(frozen=True, slots=True)
class SnoozeValues:
    """How long was asked for; `until` is the picked time, aware UTC, where one was picked."""

    mention_id: str
    choice: SnoozeFor
    until: datetime | None = None


def snooze_modal(mention: Mention, *, tomorrow: datetime, offered: datetime) -> dict[str, Any]:
    """Build the window.

    Args:
        mention: what is to sleep.
        tomorrow: the next morning at the business; shown in the reader's own zone.
        offered: the time that stands in the picker at first.
    """
    choices = {
        SnoozeFor.HOUR: "For an hour",
        SnoozeFor.TOMORROW: "Until tomorrow morning",
        SnoozeFor.PICKED: "Until the time below",
    }
    options = [Option(text=plain(label), value=choice) for choice, label in choices.items()]
    first_time = int(offered.timestamp()) // 60 * 60
    radio = RadioButtonsElement(action_id=_CHOICE, options=options, initial_option=options[0])
    picker = DateTimePickerElement(action_id=_TIME, initial_date_time=first_time)
    return modal(
        ViewId.SNOOZE,
        title="Snooze",
        submit="Snooze",
        kept={"mention": mention.id, "offered": str(first_time)},
        blocks=[
            above_line(mention.post),
            field(_FOR, "How long?", radio),
            context(f"Tomorrow morning is {slack_date(tomorrow)} for you."),
            field(UNTIL_BLOCK, "A time of your own", picker, optional=True),
            context("It comes back by itself, and anybody can wake it earlier."),
        ],
    )


def read_snooze(view: Mapping[str, Any]) -> SnoozeValues:
    """Read a submitted view; a time that was picked counts, whatever else is marked.

    Raises:
        NotOurs: the view is not one of ours.
    """
    kept = kept_values(view)
    marked = answer(view, _FOR, _CHOICE)
    picked = answer(view, UNTIL_BLOCK, _TIME)
    choice = SnoozeFor(marked) if marked in set(SnoozeFor) else SnoozeFor.PICKED
    if picked and picked != kept.get("offered"):
        choice = SnoozeFor.PICKED
    until = datetime.fromtimestamp(int(picked), UTC) if _A_TIME.fullmatch(picked) else None
    return SnoozeValues(kept_value(view, "mention"), choice, until)
