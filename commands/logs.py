"""Set the log up: one line a record, to standard error, with no line breaks from outside."""

import json
import logging
import sys
from datetime import UTC, datetime

import patterns as re
from clients.net.quiet import quiet_logs

_FIELD = re.compile(r"\b(mention|reply|post|job|watch|member|person|pile|step|id)=(\S+)")


class OneLine(logging.Formatter):
    """Writes each record on one line, so that no outside text can forge another."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record with its line breaks and control characters made visible."""
        whole = _folded(super().format(record))
        odd = {ord(c): f"\\x{ord(c):02x}" for c in set(whole) if not c.isprintable()}
        return whole.translate(odd)


def _folded(text: str) -> str:
    return text.replace("\r\n", " ⏎ ").replace("\n", " ⏎ ")


class JsonLine(logging.Formatter):
    """Writes each record as one line of JSON; what stands in it as `name=word` is a field, too."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON text, which escapes every control character."""
        said = record.getMessage()
        fields: dict[str, object] = dict(_FIELD.findall(said))
        fields |= {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": said,
        }
        if record.exc_info:
            fields["trace"] = self.formatException(record.exc_info)
        return json.dumps(fields)


def set_up_logs(level: str, form: str = "text") -> None:
    """Send everything at or above the level to standard error, as text or as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    lines = OneLine("%(asctime)s %(levelname)s %(name)s %(message)s")
    handler.setFormatter(JsonLine() if form == "json" else lines)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    quiet_logs()
