"""Set-up's scripts, given as `make` gives them, in a checkout that needs nothing from an index."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "scripts"
Ended = subprocess.CompletedProcess[str]


def check_out(folder: Path) -> None:
    """Put there what set-up reads."""
    folder.mkdir(exist_ok=True)
    shutil.copytree(SCRIPTS, folder / "scripts")
    for name in ("requirements.txt", "requirements-dev.txt"):
        (folder / name).write_text("--only-binary :all:\n")


def give(folder: Path, script: str, *words: str, path: str | None = None) -> Ended:
    """Run a script in a checkout, which is made where there is none yet."""
    if not (folder / "scripts").exists():
        check_out(folder)
    environment = {
        **os.environ,
        "PATH": path or f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    return subprocess.run(
        ["sh", f"scripts/{script}", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def set_up(folder: Path, size: str = "running", venv: str = ".venv") -> Ended:
    """Set up what running needs, or what `developing` does."""
    return give(folder, "set_up.sh", venv, size)
