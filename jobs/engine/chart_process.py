"""Draw charts in a process of its own, so that the drawing library stays out of the bot's memory."""

import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from views.blocks.charts import BarChart, as_json

log = logging.getLogger("greenroom.picture")

_ROOT = Path(__file__).parent.parent.parent
_PATIENCE = 20.0
#: What a Python needs of the environment; tokens are none of its business.
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


def picture_of(charts: Sequence[BarChart]) -> bytes | None:
    """Return the charts as a PNG, or None when it could not be drawn."""
    try:
        drawn = subprocess.run(
            [sys.executable, "-m", "views.blocks.chart_picture"],
            input=as_json(charts).encode(),
            capture_output=True,
            cwd=_ROOT,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            timeout=_PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("the charts were not drawn: %s", type(error).__name__)
        return None
    return drawn.stdout
