"""What X counts of the project's post reads, which may come as text."""

from dataclasses import dataclass
from datetime import date

from clients.x.json_values import mapping


@dataclass(frozen=True, slots=True)
class Usage:
    """The month's post reads of the X project: `used` of `cap`, counted anew in `days_left`."""

    used: int
    cap: int
    days_left: int | None


def read_usage(row: object) -> Usage:
    """Make a usage of X's figures, which come as text.

    Raises:
        ValueError: there are none.
    """
    figures = mapping(row)
    try:
        days = figures.get("cap_reset_day")
        return Usage(
            used=int(figures["project_usage"]),
            cap=int(figures["project_cap"]),
            days_left=None if days is None else int(days),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("X's answer holds no usage") from error


def read_usage_by_day(row: object) -> dict[date, int]:
    """Make counts by UTC day of X's daily figures, which may come as text.

    Raises:
        ValueError: there are none.
    """
    daily = mapping(mapping(row).get("daily_project_usage")).get("usage")
    if not isinstance(daily, list):
        raise ValueError("X's answer holds no daily usage")  # noqa: TRY004 - it is about content
    try:
        return {date.fromisoformat(str(day["date"])[:10]): int(day["usage"]) for day in daily}
    except (KeyError, TypeError) as error:
        raise ValueError("X's answer holds no daily usage") from error
