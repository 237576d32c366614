"""Fill in how long people waited, in business hours: what SQL cannot know of clocks and zones."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain import Week
from insights.hours import business_minutes
from storage.database import Database
from storage.stats_facts import are_of_this_account, rebuild
from storage.stats_record import begin_waits_anew, fill_waits, unfilled_waits


def fill_in_waits(db: Database, week: Week, zone: ZoneInfo) -> None:
    """Fill in every wait that is not, all of them anew when the hours were changed.

    Each batch is a commit of its own, so that nobody's click waits for the whole.
    """
    with db.write() as tx:
        if not are_of_this_account(tx):
            rebuild(tx)
        begin_waits_anew(tx, f"{zone.key} {week}")
    while True:
        with db.read() as tx:
            unfilled = unfilled_waits(tx)
        if not unfilled:
            return
        filled = [
            (mention_id, business_minutes(_at(asked), _at(answered), week, zone), answered)
            for mention_id, asked, answered in unfilled
        ]
        with db.write() as tx:
            fill_waits(tx, filled)


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
