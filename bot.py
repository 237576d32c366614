"""Greenroom's command line. It only wires: each command has its file under commands/."""

import argparse
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any

#: Each command: its file under commands/, the function there, and the arguments that it takes.
_COMMANDS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "run": ("run", "run", ()),
    "doctor": ("doctor.doctor", "doctor", ()),
    "backup": ("backup", "backup", ("file",)),
    "restore": ("restore", "restore", ("file",)),
    "forget": ("forget", "forget", ("who",)),
    "export": ("export", "export", ("place",)),
    "check": ("check", "check", ("voice_file",)),
    "triage": ("triage", "triage", ()),
    "demo": ("demo", "demo", ("port", "headless", "keep", "model")),
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command that the arguments name and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="bot.py", description="Greenroom: replies on X that your team approves in Slack."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    _add_what_works(commands)
    _add_what_judges(commands)
    # A file's name may be no text at all; saying it must not end the command.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    chosen = parser.parse_args(arguments)
    module, does, takes = _COMMANDS[chosen.command]
    # Each command is imported when it is asked for: doctor needs no practice room.
    command = getattr(import_module(f"commands.{module}"), does)
    return int(command(**{name: getattr(chosen, name) for name in takes}))


def _add_what_works(commands: Any) -> None:
    commands.add_parser("run", help="work for real, with the settings of .env")
    commands.add_parser("doctor", help="check every token, channel and service, and say what to do")
    backup = commands.add_parser("backup", help="copy the database, while Greenroom works")
    backup.add_argument("file", help="the new file, such as backups/2026-11-24.db")
    restore = commands.add_parser(
        "restore", help="put a backup in the database's place, while Greenroom is stopped"
    )
    restore.add_argument("file", help="a file that backup made; what was there is kept beside it")
    forget = commands.add_parser("forget", help="remove a person from the database and from Slack")
    forget.add_argument("who", help="their handle on X, or their id")
    export = commands.add_parser(
        "export", help="write everything about conversations to a file that Datasette opens"
    )
    export.add_argument("place", help="a new .db file, or a new folder for JSON lines")
    demo = commands.add_parser("demo", help="try everything in the practice room; needs no token")
    demo.add_argument("--port", type=int, default=0, help="the page's port (default: a free one)")
    demo.add_argument("--headless", action="store_true", help="open no browser, print one line")
    demo.add_argument(
        "--keep",
        metavar="DIR",
        help="put the practice data into this folder; each practice replaces the last one's",
    )
    demo.add_argument(
        "--model",
        action="store_true",
        help="let the model of your settings draft: what is written there is sent to its server",
    )


def _add_what_judges(commands: Any) -> None:
    check = commands.add_parser(
        "check",
        help="judge replies, JSON lines in and out; needs no settings",
        description='Read JSON lines {"id", "mention", "reply"} from standard input and write '
        '{"id", "level", "checks": [{"name", "level", "why"}]} for each, in order. Optional: '
        '"conversation" and "recent" (lists of texts), "author", "account".',
    )
    check.add_argument(
        "--voice",
        dest="voice_file",
        metavar="FILE",
        help="facts to hold replies against: TOML, JSON, or a fact a line (without it: none)",
    )
    commands.add_parser(
        "triage",
        help="tell which posts are worth answering, JSON lines in and out; needs no settings",
        description='Read JSON lines {"id", "text"} from standard input and write {"id", '
        '"worth_answering", "why"} for each, in order. Optional: "author" (a handle, or an '
        'object with "handle", "name"), "watch" (a label, or an object with "kind", "label", '
        '"query"), "account" (our own handle). Where no account is given, handles of earlier '
        "lines count as names of businesses in the lines after them.",
    )


if __name__ == "__main__":
    sys.exit(main())
