"""`forget`: remove a person from the database and from Slack, and say what was removed.

Messages in Slack go first: the database alone knows where they stand. Then the rows go, in one
commit. What a running Greenroom was just then working on is waited for, and looked after once more.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from clients.slack.client import SlackClient
from commands.settings_or_exit import COULD_NOT_START, settings_or_exit
from commands.wiring.clients import slack_door, x_door
from domain import LISTED, JobKind, Person
from domain.cleaning import clean
from errors import GreenroomError, SlackError, SlackNoChannel, XError
from jobs.engine.timings import Timings
from settings import Settings
from storage.db import key_values
from storage.db.backup import copies_beside
from storage.db.database import Database, Transaction
from storage.money import ledger
from storage.open import open_for_command
from storage.posts import people
from storage.posts.erased_people import remember_forgotten
from storage.posts.redact import posts_naming, watches_naming
from storage.privacy.erase_person import forget_person, is_being_answered, posts_of, still_worked_on
from storage.privacy.rerender import draw_again
from storage.queue.enqueue import enqueue
from storage.slack import messages
from storage.slack.messages import PlacedMessage
from storage.slack.quoting_messages import forget_quotes, messages_quoting

#: Seconds that a running Greenroom gets to end what it does about them. Its leases last longer
#: only where it hangs.
_PATIENCE = 30.0
_LOOK_EVERY = 0.2


@dataclass(frozen=True, slots=True)
class _Forgotten:
    """What `forget` did: rows by table, messages taken away, and what is not ours to change."""

    rows: dict[str, int]
    in_slack: int
    out_of_reach: int
    watches: list[str]


def forget(who: str) -> int:
    """Remove the person with this handle, or id on X; return the exit code.

    Greenroom may run meanwhile. Messages in Slack go first: when Slack does not answer, nothing is
    removed yet, and the command can be given again.
    """
    settings = settings_or_exit()
    try:
        db = open_for_command(settings.database_url)
        try:
            return _forget(db, settings, who)
        finally:
            db.close()
    except GreenroomError as error:
        print(error.for_person(), file=sys.stderr)
        return COULD_NOT_START


def _forget(db: Database, settings: Settings, who: str) -> int:
    who = clean(who)
    with db.read() as tx:
        account_id = key_values.value(tx, key_values.ACCOUNT_ID) or ""
    person = _the_person(db, settings, who)
    if person is None:
        print(f"Nobody called {who} is stored. An id on X works, too.", file=sys.stderr)
        return COULD_NOT_START
    if person.id == account_id:
        print("That is the account itself.", file=sys.stderr)
        return COULD_NOT_START
    try:
        done = _remove(db, settings, person, account_id)
    except SlackError as error:
        print(error.for_person(), file=sys.stderr)
        print("Nothing was removed from the database; give the command again.", file=sys.stderr)
        return COULD_NOT_START
    _tell(person, done)
    for copy in copies_beside(settings.database_url):
        print(f"A copy from before an update still holds them: {copy}")
    return 0


def _the_person(db: Database, settings: Settings, who: str) -> Person | None:
    """Return the stored person with a handle or an id.

    Of somebody whose posts were set aside only the id is stored: then X is asked whose handle it is.
    """
    with db.read() as tx:
        person = people.person_by_handle(tx, who) or people.person(tx, who)
    if person is not None or who.isdecimal():
        return person
    try:
        found = x_door(settings, Timings()).person(who.removeprefix("@"))
    except XError as error:
        print(f"X was not asked whose handle that is: {error.for_person()}", file=sys.stderr)
        return None
    if found is None:
        return None
    with db.write() as tx:
        ledger.bill_reads(
            tx,
            kind="person",
            ids=[found.id],
            price_micro=LISTED.with_own(settings.prices).user_read,
            purpose="forget",
            at=db.now(),
        )
        # The handle is wanted for what others wrote; it is stored nowhere.
        return None if people.person(tx, found.id) is None else found


def _remove(db: Database, settings: Settings, person: Person, account_id: str) -> _Forgotten:
    """Take everything away, in Slack and then in the database.

    Raises:
        SlackError: Slack does not answer, and nothing was removed from the database.
        GreenroomError: a reply to them, or one that names them, is on its way.
    """
    with db.read() as tx:
        _refuse_while_answered(tx, person)
        theirs = posts_of(tx, person.id)
        places = _places(tx, person, theirs)
        watches = watches_naming(tx, person)
    slack = slack_door(settings)
    left = sum(not _take_away(slack, placed) for placed in places)
    with db.write() as tx:
        _refuse_while_answered(tx, person)
        now = db.now()
        draw_again(tx, theirs, at=now, person_too=True)
        draw_again(tx, posts_naming(tx, person), at=now)
        later = [placed for placed in _places(tx, person, theirs) if placed not in places]
        rows = forget_person(tx, person, account_id)
        remember_forgotten(tx, person.id, now)
        _forget_places(tx, [*places, *later])
        enqueue(tx, JobKind.RETENTION, at=now)
    _wait_for_running_jobs(db, theirs)
    with db.read() as tx:
        # A job that had begun before may have put a card back.
        later += _places(tx, person, theirs)
    left += sum(not _taken_away_late(slack, placed) for placed in later)
    with db.write() as tx:
        _forget_places(tx, later)
    db.overwrite_forgotten()
    return _Forgotten(rows, len(places) + len(later) - left, left, watches)


def _refuse_while_answered(tx: Transaction, person: Person) -> None:
    if is_being_answered(tx, person):
        raise GreenroomError(
            "A reply to them, or one that names them, is on its way to X.",
            "Nothing was removed; give the command again when it is out, or press *Undo* on its card.",
        )


def _places(tx: Transaction, person: Person, theirs: Sequence[str]) -> list[PlacedMessage]:
    """Return our messages that are about the person: what hangs below a card first."""
    cards = messages.cards(tx, theirs)
    below = [placed for post_id in cards for placed in messages.below_card(tx, post_id)]
    quoting = messages_quoting(tx, [*theirs, person.id])
    found = [*below, *cards.values(), *messages.elsewhere(tx, theirs), *quoting]
    return list({placed.key: placed for placed in found}.values())


def _take_away(slack: SlackClient, placed: PlacedMessage) -> bool:
    """Delete one message; False where Slack will never let us: the channel is closed to the bot."""
    if placed.ts is None:
        return True
    try:
        slack.delete(placed.channel, placed.ts)
    except SlackNoChannel:
        return False
    return True


def _taken_away_late(slack: SlackClient, placed: PlacedMessage) -> bool:
    """Delete a message when the rows are gone already: a failure is counted, and told."""
    try:
        return _take_away(slack, placed)
    except SlackError:
        return False


def _forget_places(tx: Transaction, places: Sequence[PlacedMessage]) -> None:
    for placed in places:
        messages.forget_message(tx, placed.key)
        forget_quotes(tx, placed.key)


def _wait_for_running_jobs(db: Database, post_ids: list[str]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with db.read() as tx:
            if not post_ids or not still_worked_on(tx, post_ids):
                return
        time.sleep(_LOOK_EVERY)


def _tell(person: Person, done: _Forgotten) -> None:
    print(f"Removed @{person.handle} (id {person.id}):")
    print(f"  {'messages in Slack':<36}{done.in_slack:>6}")
    for table, number in done.rows.items():
        print(f"  {table:<36}{number:>6}")
    if done.out_of_reach:
        print(f"  {'messages that Slack keeps from us':<36}{done.out_of_reach:>6}  (still there)")
    print(
        "Lists, summaries and other cards that named them are drawn anew by a running Greenroom "
        "within a minute, or when it starts."
    )
    for label in done.watches:
        print(f"The watch “{label}” looks for them by name: /greenroom watch remove {label}")
    print(
        "Out of reach: what members wrote in Slack themselves, exports, backups, and their name "
        "where somebody wrote it without @."
    )
    print("On X nothing was changed: your replies there are deleted there.")
