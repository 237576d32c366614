"""`forget`: remove a person from the database and from Slack, and say what was removed."""

import sys
from collections.abc import Sequence

from commands.run import COULD_NOT_START, settings_or_exit
from commands.wiring import slack_door
from domain import Person
from errors import GreenroomError, SlackError
from settings import Settings
from storage import marks, messages, people
from storage.database import Database, Transaction, open_database
from storage.forget import forget_person, posts_of
from storage.forgotten import remember_forgotten
from storage.messages import PlacedMessage


def forget(who: str) -> int:
    """Remove the person with this handle, or id on X; return the exit code.

    Greenroom may run meanwhile. Messages in Slack go first: when Slack does not answer, nothing is
    removed yet, and the command can be given again.
    """
    settings = settings_or_exit()
    try:
        db = open_database(settings.database_url)
        try:
            return _forget(db, settings, who)
        finally:
            db.close()
    except GreenroomError as error:
        print(error.for_person(), file=sys.stderr)
        return COULD_NOT_START


def _forget(db: Database, settings: Settings, who: str) -> int:
    with db.read() as tx:
        person = people.person_by_handle(tx, who) or people.person(tx, who)
        account_id = marks.mark(tx, marks.ACCOUNT_ID) or ""
        places = [] if person is None else _places(tx, posts_of(tx, person.id))
    if person is None:
        print(f"Nobody called {who} is stored. An id on X works, too.", file=sys.stderr)
        return COULD_NOT_START
    if person.id == account_id:
        print("That is the account itself.", file=sys.stderr)
        return COULD_NOT_START
    try:
        _take_away(settings, places)
    except SlackError as error:
        print(error.for_person(), file=sys.stderr)
        print("Nothing was removed yet; give the command again.", file=sys.stderr)
        return COULD_NOT_START
    with db.write() as tx:
        removed = forget_person(tx, person, account_id)
        remember_forgotten(tx, person.id, db.now())
        for placed in places:
            messages.forget_message(tx, placed.key)
    _tell(person, len(places), removed)
    return 0


def _places(tx: Transaction, post_ids: Sequence[str]) -> list[PlacedMessage]:
    cards = messages.cards(tx, post_ids)
    below = [placed for post_id in cards for placed in messages.below_card(tx, post_id)]
    return [*below, *cards.values(), *messages.elsewhere(tx, post_ids)]


def _take_away(settings: Settings, places: Sequence[PlacedMessage]) -> None:
    slack = slack_door(settings)
    for placed in places:
        if placed.ts is not None:
            slack.delete(placed.channel, placed.ts)


def _tell(person: Person, in_slack: int, removed: dict[str, int]) -> None:
    print(f"Removed @{person.handle} (id {person.id}):")
    print(f"  {'messages in Slack':<36}{in_slack:>6}")
    for table, number in removed.items():
        print(f"  {table:<36}{number:>6}")
    print(
        "What members wrote in Slack's threads, exports and backups are not Greenroom's to change."
    )
    print("On X nothing was changed: your replies there are deleted there.")
