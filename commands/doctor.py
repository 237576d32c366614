"""`doctor`: check each token, scope, channel, account, model and database, for real.

It asks the services themselves and prints a table of what works and what to do about what
does not. It posts nothing and prints no secret.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain

from clients.slack.client import SlackClient
from clients.slack.shapes import Channel
from commands.env_file import env_gaps
from commands.exposure import open_files, open_records, open_ways
from commands.findings import Finding, FindingVerdict, table
from commands.settings_or_exit import WRONG_SETTINGS, environment, unreadable_file
from commands.wiring import model_door, slack_door, stream_door, x_door
from domain import LISTED, Person
from errors import ITSELF, GreenroomError
from handlers.entry.access import Access
from jobs.engine.timings import Timings
from jobs.listening.held_up import reading_troubles
from jobs.upkeep.account_day import book_own_profile
from settings import Settings, gaps_in, read_settings
from storage.db import key_values
from storage.open import open_for_command
from storage.queue.suspects import set_apart

#: What the bot's token must be allowed to do; manifest.yaml asks for the same.
SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "usergroups:read",
    "users:read",
)
#: So many jobs are named.
_MOST_NAMED = 5
_STAND_INS = {
    "SLACK_BOT_TOKEN": "xoxb-missing",
    "SLACK_APP_TOKEN": "xapp-missing",
    "SLACK_CHANNEL": "missing",
    "X_CONSUMER_KEY": "missing",
    "X_CONSUMER_SECRET": "missing",
    "X_ACCESS_TOKEN": "missing",
    "X_ACCESS_TOKEN_SECRET": "missing",
}


def doctor() -> int:
    """Print the table; return 0 when nothing is broken, 1 when something is, 2 for settings.

    With gaps in the settings it still checks each service whose own settings are complete,
    so that every step of the set-up can be tested as it is made.
    """
    # The libraries' own warnings would stand between the lines of the table.
    logging.disable(logging.CRITICAL)
    try:
        given, unreadable = environment(), env_gaps()
    except (OSError, UnicodeDecodeError) as error:
        print(table([Finding("settings", FindingVerdict.BROKEN, unreadable_file(error))]))
        return WRONG_SETTINGS
    gaps = gaps_in(given)
    settings = read_settings(_stood_in(given, gaps))
    findings = [Finding("settings", FindingVerdict.BROKEN, gap) for gap in unreadable]
    if findings:
        print(table(findings), flush=True)
    for finding in chain(_examine(gaps, settings), open_files(given), open_ways(settings)):
        findings.append(finding)
        print(table([finding]), flush=True)
    broken = sum(finding.verdict is FindingVerdict.BROKEN for finding in findings)
    print("\nEverything works." if not broken else f"\n{broken} to mend, see above.")
    if gaps or unreadable:
        return WRONG_SETTINGS
    return 1 if broken else 0


def _stood_in(given: Mapping[str, str], gaps: Mapping[str, str]) -> dict[str, str]:
    """Fill the gaps with words that no service is ever asked about: its part is left out."""
    whole = {name: v for name, v in given.items() if name.removesuffix("_FILE") not in gaps}
    return {**whole, **{name: _STAND_INS[name] for name in gaps if name in _STAND_INS}}


def _examine(gaps: Mapping[str, str], settings: Settings) -> Iterator[Finding]:
    """Say every gap, then check each service whose own settings have none."""
    for gap in gaps.values():
        yield Finding("settings", FindingVerdict.BROKEN, gap)
    if not gaps:
        yield Finding("settings", FindingVerdict.WORKS, "all present and well formed")

    def complete(*prefixes: str) -> bool:
        return not any(name.startswith(prefixes) for name in gaps)

    if complete("SLACK_"):
        yield from _slack(settings)
    read: list[Person] = []
    if complete("X_"):
        yield from _x(settings, read)
    if complete("OPENAI_"):
        yield _model(settings)
    if complete("DATABASE_"):
        # Opening it closes its files to others where that can be done: look before.
        open_before = list(open_records(settings.database_url))
        apart: list[str] = []
        yield _database(settings, read, apart)
        yield from (_closed_since(finding, settings) for finding in open_before)
        if apart:
            yield _set_apart(apart)
        yield from _told(settings)


def _closed_since(finding: Finding, settings: Settings) -> Finding:
    """Say of a file that was open to others whether it still is."""
    if finding in list(open_records(settings.database_url)):
        return finding
    return Finding(finding.name, FindingVerdict.LOOK, f"{finding.found}; that was closed just now")


def _asked(name: str, ask: Callable[[], Finding]) -> Finding:
    try:
        return ask()
    except GreenroomError as error:
        advice = error.advice.replace(ITSELF, "Try again in a moment.")
        return Finding(name, FindingVerdict.BROKEN, error.sentence, advice)


def _slack(settings: Settings) -> Iterator[Finding]:
    slack = slack_door(settings)
    token = _asked("slack bot token", lambda: _bot_token(slack))
    yield token
    yield _asked("slack app token", lambda: _app_token(slack, settings))
    if token.verdict is FindingVerdict.BROKEN:
        return
    yield _scopes(slack)
    channels: list[Channel] = []
    yield _asked("slack channel", lambda: _channel(slack, settings, channels))
    if channels:
        yield _asked("approvers", lambda: _approvers(slack, settings, channels[0]))


def _bot_token(slack: SlackClient) -> Finding:
    who = slack.whoami()
    return Finding(
        "slack bot token", FindingVerdict.WORKS, f"speaks as {who.name} in {who.team_id}"
    )


def _app_token(slack: SlackClient, settings: Settings) -> Finding:
    slack.check_app_token(settings.slack.app_token)
    return Finding("slack app token", FindingVerdict.WORKS, "Socket Mode opens")


def _scopes(slack: SlackClient) -> Finding:
    has = slack.whoami().scopes
    if missing := [scope for scope in SCOPES if scope not in has]:
        return Finding(
            "slack scopes",
            FindingVerdict.BROKEN,
            f"missing: {', '.join(missing)}",
            "Paste manifest.yaml into the app's manifest again and reinstall the app.",
        )
    return Finding("slack scopes", FindingVerdict.WORKS, "all that are needed")


def _channel(slack: SlackClient, settings: Settings, found: list[Channel]) -> Finding:
    if not settings.slack.channel:
        return Finding(
            "slack channel",
            FindingVerdict.LOOK,
            "SLACK_CHANNEL is empty",
            "Choose the channel in Slack: Greenroom's Home tab, Settings.",
        )
    channel = slack.channel(settings.slack.channel)
    if not channel.is_member:
        return Finding(
            "slack channel",
            FindingVerdict.BROKEN,
            f"the bot is not in #{channel.name}",
            "Write /invite @Greenroom there.",
        )
    found.append(channel)
    if channel.shared:
        return Finding(
            "slack channel",
            FindingVerdict.LOOK,
            f"#{channel.name} is shared with another company",
            "People of other companies can read the cards; they cannot decide.",
        )
    return Finding("slack channel", FindingVerdict.WORKS, f"the bot is in #{channel.name}")


def _approvers(slack: SlackClient, settings: Settings, channel: Channel) -> Finding:
    access = Access(
        slack,
        circle_of=lambda: (channel.id, settings.slack.approvers),
        team_id=slack.whoami().team_id,
    )
    able = []
    for member_id in sorted(access.circle()):
        try:
            able.append(access.member_who_may_decide(member_id).name)
        except GreenroomError:
            continue
    if not able:
        return Finding(
            "approvers",
            FindingVerdict.BROKEN,
            "nobody may decide",
            "Correct SLACK_APPROVERS, or empty it to allow every full member of the channel.",
        )
    return Finding(
        "approvers", FindingVerdict.WORKS, f"{len(able)} may decide: {', '.join(able[:5])}"
    )


def _x(settings: Settings, read: list[Person]) -> Iterator[Finding]:
    """Check X; whose profile was read, and is to be paid for, is added to `read`."""
    x = x_door(settings, Timings())

    def account() -> Finding:
        me = x.me()
        read.append(me)
        return Finding("x account", FindingVerdict.WORKS, f"speaks as @{me.handle}")

    def bearer() -> Finding:
        used = x.usage()
        if used is None:
            return Finding("x bearer token", FindingVerdict.WORKS, "X takes it")
        share = f"{used.used:,} of {used.cap:,} post reads used this month"
        return Finding("x bearer token", FindingVerdict.WORKS, share)

    def stream() -> Finding:
        door = stream_door(settings, Timings(), x)
        count = 0 if door is None else len(door.rules())
        return Finding(
            "x stream", FindingVerdict.WORKS, f"open to this app; {count:,} rules stand at X"
        )

    yield _asked("x account", account)
    if settings.x.bearer_token:
        yield _asked("x bearer token", bearer)
    if settings.x.stream:
        yield _asked("x stream", stream)
    yield Finding(
        "x app",
        FindingVerdict.LOOK,
        "X does not tell an app who owns it or whether it may write",
        "In console.x.com: the app belongs to the business's account, has Read and write, "
        "and the access token was made after that was set.",
    )


def _model(settings: Settings) -> Finding:
    model = model_door(settings, Timings())
    if model is None:
        return Finding(
            "model",
            FindingVerdict.WORKS,
            "none set up: only plain questions and thanks get a suggestion",
        )

    def ask() -> Finding:
        model.check()
        return Finding("model", FindingVerdict.WORKS, f"{settings.model.model} answers")

    return _asked("model", ask)


def _database(settings: Settings, read: Sequence[Person], apart: list[str]) -> Finding:
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

    return _asked("database", ask)


def _set_apart(keys: Sequence[str]) -> Finding:
    more = f" and {len(keys) - _MOST_NAMED} more" if len(keys) > _MOST_NAMED else ""
    return Finding(
        "set apart",
        FindingVerdict.LOOK,
        f"Greenroom died three times of: {', '.join(keys[:_MOST_NAMED])}{more}",
        "The rest works. A card's own buttons take its work up again; what recurs is tried again.",
    )


def _told(settings: Settings) -> Iterator[Finding]:
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
