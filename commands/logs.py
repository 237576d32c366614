"""Set the log up: one line a record, to standard error, with no line breaks from outside."""

import logging
import sys

from clients.quiet import quiet_logs


class OneLine(logging.Formatter):
    """Writes each record on one line, so that no outside text can forge another."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record with its line breaks and control characters made visible."""
        whole = super().format(record)
        return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in _folded(whole))


def _folded(text: str) -> str:
    return text.replace("\r\n", " ⏎ ").replace("\n", " ⏎ ")


def set_up_logs(level: str) -> None:
    """Send everything at or above the level to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    quiet_logs()
