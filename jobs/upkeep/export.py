"""Put everything stored about conversations into one file, hand it over, and say to whom."""

import json
import logging
import tempfile
import zipfile
from pathlib import Path

from errors import SlackError, SlackUnavailable
from jobs.engine.context import JobContext
from jobs.messages.answer_privately import answer_privately
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.privacy.export import EXPORTED, export_rows
from storage.queue import jobs
from storage.queue.enqueue import enqueue_notice
from views.blocks.blocks import section
from views.blocks.message import message
from views.talking.command_answers import export_words, exported_notice

log = logging.getLogger("greenroom.export")

_README = """Greenroom's export for @{handle}, made {made} (UTC).

Each .jsonl file is one list: a line is one row, as JSON. Times are UTC. Money is in millionths
of a dollar. Ids of posts and people are X's own. Nothing in here is a password or a key.
{lists}
"""


def export(job: jobs.Job, ctx: JobContext) -> None:
    """Write the lists into a zip file and upload it into the member's direct messages."""
    member = str(job.payload["member"])
    with tempfile.TemporaryDirectory(prefix="greenroom-export-") as folder:
        path = Path(folder) / f"greenroom-{ctx.account.handle}-{ctx.now():%Y-%m-%d}.zip"
        with ctx.db.read() as tx:
            rows = _write(tx, ctx, path)
        try:
            _hand_over(ctx, member, path, rows)
            handed_over = True
        except SlackUnavailable:
            raise  # the job comes back
        except SlackError as error:
            handed_over = False
            log.warning("member=%s export not handed over: %s", member, error.for_person())
            words = f"The export could not be sent to you. {error.for_person()}"
            channel = job.payload.get("channel")
            answer_privately(ctx, channel, member, message(words, section(words)))
    with ctx.finishing(job) as tx:
        if handed_over:
            log.info("member=%s exported %d rows", member, rows)
            sentence, advice = exported_notice(str(job.payload.get("name") or ""))
            now = ctx.now()
            enqueue_notice(tx, f"exported:{new_id()}", sentence=sentence, advice=advice, at=now)


def _hand_over(ctx: JobContext, member: str, path: Path, rows: int) -> None:
    ctx.slack.upload(
        path,
        name=path.name,
        title="Greenroom export",
        channel=ctx.slack.direct_channel(member),
        words=export_words(rows),
    )


def _write(tx: Transaction, ctx: JobContext, path: Path) -> int:
    """Write the zip file; return how many rows are in it."""
    counts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in EXPORTED:
            with archive.open(f"{table.name}.jsonl", "w") as lines:
                number = 0
                for row in export_rows(tx, table):
                    line = json.dumps(row, ensure_ascii=False, default=str)
                    lines.write(line.encode("utf-8", "replace") + b"\n")
                    number += 1
                counts[table.name] = number
        lists = "\n".join(f"- {name}.jsonl: {number:,}" for name, number in counts.items())
        made = f"{ctx.now():%Y-%m-%d %H:%M}"
        archive.writestr(
            "README.txt", _README.format(handle=ctx.account.handle, made=made, lists=lists)
        )
    return sum(counts.values())
