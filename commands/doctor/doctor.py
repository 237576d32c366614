"""`doctor`: check each token, scope, channel, account, model and database, for real.

It asks the services themselves and prints a table of what works and what to do about what
does not. It posts nothing and prints no secret.
"""

import logging
from collections.abc import Iterator, Mapping
from itertools import chain

from commands.doctor.database import database_finding, reading_findings, set_apart_finding
from commands.doctor.exposure import open_files, open_records, open_ways
from commands.doctor.findings import Finding, FindingVerdict, table
from commands.doctor.slack import slack_findings
from commands.doctor.x_and_model import model_finding, x_findings
from commands.env_file import env_gaps
from commands.settings_or_exit import WRONG_SETTINGS, environment, unreadable_file
from domain import Person
from settings import Settings, gaps_in, read_settings

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
        yield from slack_findings(settings)
    read: list[Person] = []
    if complete("X_"):
        yield from x_findings(settings, read)
    if complete("OPENAI_"):
        yield model_finding(settings)
    if complete("DATABASE_"):
        # Opening it closes its files to others where that can be done: look before.
        open_before = list(open_records(settings.database_url))
        apart: list[str] = []
        yield database_finding(settings, read, apart)
        yield from (_closed_since(finding, settings) for finding in open_before)
        if apart:
            yield set_apart_finding(apart)
        yield from reading_findings(settings)


def _closed_since(finding: Finding, settings: Settings) -> Finding:
    """Say of a file that was open to others whether it still is."""
    if finding in list(open_records(settings.database_url)):
        return finding
    return Finding(finding.name, FindingVerdict.LOOK, f"{finding.found}; that was closed just now")
