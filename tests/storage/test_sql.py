import pytest

from domain import MentionState
from storage.db.sql import prepare
from tests.storage.made import NOW


def on_postgres(sql: str, **params: object) -> str:
    return prepare(sql, params, "postgresql")[0]


def test_a_name_becomes_the_drivers_own_placeholder() -> None:
    """SQLite takes `:name` as it is, psycopg `%(name)s`."""
    assert prepare("SELECT :a", {"a": 1}, "sqlite") == ("SELECT :a", {"a": 1})
    assert prepare("SELECT :a", {"a": 1}, "postgresql") == ("SELECT %(a)s", {"a": 1})


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT ':a'",
        'SELECT 1 AS ":a"',
        "SELECT 'it''s :a'",
        "SELECT 1 -- :a\n",
        "SELECT 1 /* :a */",
        "SELECT x::text",
        "SELECT '12:30'",
    ],
)
def test_what_only_looks_like_a_name_stays(sql: str) -> None:
    """Quotes, comments and casts are left alone."""
    assert on_postgres(sql) == sql


def test_a_percent_sign_is_doubled_for_psycopg_only() -> None:
    """psycopg reads % everywhere, in quotes and comments too."""
    sql = "SELECT 7 % 4, 'x%' -- 5%"
    assert on_postgres(sql) == "SELECT 7 %% 4, 'x%%' -- 5%%"
    assert prepare(sql, {}, "sqlite")[0] == sql


def test_a_list_is_written_out() -> None:
    """A list of values fits IN, a list of tuples VALUES, an empty list is in nothing."""
    sql, params = prepare("x IN (:s)", {"s": [MentionState.NEW, MentionState.GONE]}, "sqlite")
    assert (sql, params) == ("x IN (:s_0, :s_1)", {"s_0": "new", "s_1": "gone"})
    rows, _ = prepare("VALUES :r", {"r": [(1, 2), (3, 4)]}, "sqlite")
    assert rows == "VALUES (:r_0_0, :r_0_1), (:r_1_0, :r_1_1)"
    assert prepare("x IN (:s)", {"s": []}, "sqlite")[0] == "x IN (NULL)"


def test_values_become_what_both_engines_store() -> None:
    """Times are fixed-width UTC text, days ISO text, truth a number, enums plain text."""
    given = {"at": NOW, "day": NOW.date(), "yes": True, "state": MentionState.NEW}
    assert prepare("", given, "sqlite")[1] == {
        "at": "2026-03-04T09:30:00.250000Z",
        "day": "2026-03-04",
        "yes": 1,
        "state": "new",
    }
