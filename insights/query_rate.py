"""What a query would bring a day, worked out from the newest posts that it finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

#: X's recent search reaches back this far (X's search documentation).
REACH = timedelta(days=7)
_DAY = timedelta(days=1)
_SHORTEST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class QueryRate:
    """How many posts a query finds.

    `a_day` is rounded up; `counted` tells that it is a count of seven days and no estimate
    from how close together the newest posts are.
    """

    found: int
    a_day: int
    counted: bool


def query_rate(times: Sequence[datetime], *, more: bool, now: datetime) -> QueryRate:
    """Say how many posts a day a query finds.

    Args:
        times: when the found posts were made, in any order; aware.
        more: whether X has older ones that were not read.
        now: aware.
    """
    found = len(times)
    if not more or not times:
        return QueryRate(found, -(-found * _DAY // REACH), counted=True)
    span = max(now - min(times), _SHORTEST)
    return QueryRate(found, -(-found * _DAY // span), counted=False)
