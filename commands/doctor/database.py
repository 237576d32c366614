"""What `doctor` finds in the database, and what a running Greenroom wrote there."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from commands.doctor.findings import Finding, FindingVerdict, asked
from domain import LISTED, Person
from errors import GreenroomError
from jobs.listening.held_up import reading_troubles
from jobs.upkeep.account_day import book_own_profile
from settings import Settings
from storage.db import key_values
from storage.open import open_for_command
from storage.queue.suspects import set_apart

#: So many jobs are named.
_MOST_NAMED = 5


def database_finding(settings: Settings, read: Sequence[Person], apart: list[str]) -> Finding:
    """Check the database; which jobs are set apart in it is added to `apart`."""

    def ask() -> Finding:
        now = datetime.now(UTC)
        prices = LISTED.with_own(settings.prices)
        db = open_for_command(settings.database_url)
        try:
            with db.write() as tx:
                key_values.set_value(tx, "doctor", now.isoformat())
                for person in read:
                    book_own_profile(tx, person.id, prices, now)
                apart.extend(job.key for job, _ in set_apart(tx))
        finally:
            db.close()
        return Finding(
            "database", FindingVerdict.WORKS, f"{db.engine}: opened, migrated, written to"
        )

    return asked("database", ask)


def set_apart_finding(keys: Sequence[str]) -> Finding:
    more = f" and {len(keys) - _MOST_NAMED} more" if len(keys) > _MOST_NAMED else ""
    return Finding(
        "set apart",
        FindingVerdict.LOOK,
        f"Greenroom died three times of: {', '.join(keys[:_MOST_NAMED])}{more}",
        "The rest works. A card's own buttons take its work up again; what recurs is tried again.",
    )


def reading_findings(settings: Settings) -> Iterator[Finding]:
    """Say what keeps a running Greenroom from reading X just now, as the channel was told."""
    try:
        db = open_for_command(settings.database_url)
        try:
            with db.read() as tx:
                troubles = reading_troubles(tx)
        finally:
            db.close()
    except GreenroomError:
        return
    for sentence in troubles:
        yield Finding(
            "reading x", FindingVerdict.LOOK, sentence, "Nothing is lost; it is tried again."
        )
