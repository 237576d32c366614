"""Whether the commands `check` and `triage`, run as processes, say what the functions say."""

import json
import subprocess
import sys
from typing import Any

from evals.experiment import EvalOutcome
from evals.judging import marked_reply, worth_it
from evals.measures import COMMANDS, Result
from evals.rows import ROOT, MentionRow, ReplyRow, Row, RowSet, read_rows

_EVERY = 9
_REPLY_FILES = ("replies_ai_slop", "replies_boilerplate", "replies_good", "replies_human")
_PATIENCE = 60  # seconds
_MARKED = {"fine": False, "mind": True, "stop": True}


def agreement(rows_of: RowSet) -> list[Result]:
    """Ask both commands about every ninth row."""
    replies = [
        row for file in _REPLY_FILES for row in read_rows(rows_of.folder, file, ReplyRow)[::_EVERY]
    ]
    posts = read_rows(rows_of.folder, "mentions_mixed", MentionRow)[::_EVERY]
    marked = [marked_reply(row).answer for row in replies]
    worth = [worth_it(row).answer for row in posts]
    told_marked = [_MARKED.get(line.get("level", "")) for line in _told("check", replies)]
    told_worth = [line.get("worth_answering") for line in _told("triage", posts)]
    found = [
        *_compared("check", replies, marked, told_marked),
        *_compared("triage", posts, worth, told_worth),
    ]
    return [Result(COMMANDS, rows_of.name, tuple(found))] if found else []


def _told(command: str, rows: list[Any]) -> list[dict[Any, Any]]:
    """Return what a command says of rows, one object a row; nothing where it fails."""
    if not rows:
        return []
    asked = "".join(row.model_dump_json() + "\n" for row in rows)
    told = subprocess.run(
        [sys.executable, str(ROOT / "bot.py"), command],
        input=asked.encode(),
        capture_output=True,
        timeout=_PATIENCE,
        check=False,
    )
    lines = told.stdout.decode().splitlines()
    if told.returncode or len(lines) != len(rows):
        return [{} for _ in rows]
    return [json.loads(line) for line in lines]


def _compared(
    command: str, rows: list[Any], expected: list[bool], told: list[Any]
) -> list[EvalOutcome]:
    return [_outcome(command, *each) for each in zip(rows, expected, told, strict=True)]


def _outcome(command: str, row: Row, expected: bool, told: Any) -> EvalOutcome:
    why = "" if told is expected else f"{command}: the command says {told}"
    return EvalOutcome(f"{command} {row.id}", row.digest, told is expected, why)
