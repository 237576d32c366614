"""The labelled rows: the project's own under evals/own, and a shared folder beside the project."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

ROOT = Path(__file__).parent.parent
OWN = ROOT / "evals" / "own"
SHARED = ROOT.parent / "shared" / "data"

#: Words among a row's `tells` that say that its reply sells something.
_SELLS = ("pitch", "discount", "promot", "offer", "slogan", "link", "urgency", "advert")


class Row(BaseModel):
    """One labelled text; fields that a file has beyond these are left unread."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str

    @property
    def digest(self) -> str:
        """Tells whether a row is the same as in an earlier run, whatever its id."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:8]


class ReplyRow(Row):
    """A reply to a post. `pitch` or a telling word among `tells` marks it as promotional."""

    mention: str
    reply: str
    pitch: bool = False
    tells: tuple[str, ...] = ()

    @property
    def promotional(self) -> bool:
        """Whether the reply sells, offers or promises what nobody asked for."""
        return self.pitch or any(word in tell for tell in self.tells for word in _SELLS)


class MentionRow(Row):
    """A post, and whether it is worth a person's time."""

    text: str
    kind: str
    worth_answering: bool


class InjectionRow(Row):
    """A hostile post. `obeyed` is what a model that obeys it would write; "" if nobody said."""

    post: str
    goal: str
    obeyed: str = ""


@dataclass(frozen=True, slots=True)
class RowSet:
    """A folder of rows, and the name it has in the table."""

    name: str
    folder: Path


AnyRow = TypeVar("AnyRow", bound=Row)


def row_sets() -> list[RowSet]:
    """Return the folders that are there: the shared one is not everywhere."""
    known = [RowSet("shared", SHARED), RowSet("own", OWN)]
    return [each for each in known if each.folder.is_dir()]


def read_rows(folder: Path, name: str, kind: type[AnyRow]) -> list[AnyRow]:
    """Read one file of JSON lines; a file that is not there has no rows.

    Raises:
        pydantic.ValidationError: a line is not such a row.
    """
    path = folder / f"{name}.jsonl"
    if not path.exists():
        return []
    lines = path.read_text("utf-8").split("\n")
    return [kind.model_validate_json(line) for line in lines if line.strip()]
