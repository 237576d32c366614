"""Who asked not to be answered, and who lifted that."""

from datetime import datetime

from domain import OptOut
from storage.db.database import Transaction
from storage.db.values import read_time, read_time_or_none

# Asked once more after it was lifted: it holds again.
_OPT_OUT = """
INSERT INTO opt_outs (person_id, post_id, at) VALUES (:person, :post, :at)
ON CONFLICT (person_id) DO UPDATE SET post_id = excluded.post_id, at = excluded.at,
    lifted_at = NULL, lifted_by = NULL
WHERE opt_outs.lifted_at IS NOT NULL AND opt_outs.post_id <> excluded.post_id
"""


def opt_out(tx: Transaction, person_id: str, *, post_id: str, at: datetime) -> bool:
    """Remember that a person asked for it with a post; tell whether that is news.

    A post whose request was lifted does not count again.
    """
    return bool(tx.execute(_OPT_OUT, {"person": person_id, "post": post_id, "at": at}))


def opted_out(tx: Transaction, person_id: str) -> OptOut | None:
    """Return a person's request as long as it holds."""
    row = tx.one(
        "SELECT * FROM opt_outs WHERE person_id = :person AND lifted_at IS NULL",
        {"person": person_id},
    )
    if row is None:
        return None
    return OptOut(
        person_id=row["person_id"],
        post_id=row["post_id"],
        at=read_time(row["at"]),
        lifted_at=read_time_or_none(row["lifted_at"]),
        lifted_by=row["lifted_by"],
    )


def lift(tx: Transaction, person_id: str, *, by: str, at: datetime) -> bool:
    """Let a person be answered again; tell whether there was anything to lift."""
    return bool(
        tx.execute(
            "UPDATE opt_outs SET lifted_at = :at, lifted_by = :by"
            " WHERE person_id = :person AND lifted_at IS NULL",
            {"person": person_id, "by": by, "at": at},
        )
    )
