"""One set of SQL for both engines: `:name` parameters, lists written out, `%` made safe.

`IN (:states)` with a list becomes `IN (:states_0, :states_1)`, and `VALUES :rows` with a list
of tuples one parenthesis a row. An empty list becomes NULL, which is in nothing.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import patterns as re
from storage.db.values import as_parameter

#: Everything in which a colon or a percent sign is not what it looks like comes first.
_TOKEN = re.compile(
    r"""
    (?P<quoted> '(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | /\*.*?\*/ )
    | (?P<cast> :: )
    | : (?P<name> [A-Za-z_][A-Za-z0-9_]* )
    | (?P<percent> % )
    """,
    re.VERBOSE | re.DOTALL,
)

#: How a parameter is written out: -1 alone, n a list of n, (n, m) n rows of m.
Shape = int | tuple[int, int]
_ALONE = -1


def prepare(sql: str, params: Mapping[str, Any], engine: str) -> tuple[str, dict[str, Any]]:
    """Return the statement and its parameters as the engine's driver takes them.

    Raises:
        KeyError: the statement names a parameter that is not given.
    """
    flat: dict[str, Any] = {}
    shapes: list[tuple[str, Shape]] = []
    for name, value in params.items():
        if isinstance(value, list | tuple | set | frozenset):
            shapes.append((name, _flatten(name, list(value), flat)))
        else:
            flat[name] = as_parameter(value)
    return _write(sql, tuple(shapes), engine), flat


def _flatten(name: str, values: list[Any], flat: dict[str, Any]) -> Shape:
    if values and isinstance(values[0], tuple):
        for row, cells in enumerate(values):
            for column, cell in enumerate(cells):
                flat[f"{name}_{row}_{column}"] = as_parameter(cell)
        return len(values), len(values[0])
    for place, value in enumerate(values):
        flat[f"{name}_{place}"] = as_parameter(value)
    return len(values)


@lru_cache(maxsize=512)
def _write(sql: str, shapes: tuple[tuple[str, Shape], ...], engine: str) -> str:
    known = dict(shapes)
    postgres = engine == "postgresql"

    def placeholder(name: str) -> str:
        return f"%({name})s" if postgres else f":{name}"

    def write(match: re.Match[str]) -> str:
        if match["name"]:
            return _placeholders(match["name"], known.get(match["name"], _ALONE), placeholder)
        # psycopg reads % everywhere, in quotes and comments too.
        return match[0].replace("%", "%%") if postgres else match[0]

    return _TOKEN.sub(write, sql)


def _placeholders(name: str, shape: Shape, placeholder: Any) -> str:
    if isinstance(shape, tuple):
        rows, columns = shape
        return ", ".join(
            "(" + ", ".join(placeholder(f"{name}_{row}_{col}") for col in range(columns)) + ")"
            for row in range(rows)
        )
    if shape == _ALONE:
        return str(placeholder(name))
    return ", ".join(placeholder(f"{name}_{place}") for place in range(shape)) or "NULL"


def columns(names: Sequence[str]) -> str:
    """Return column names as a statement lists them."""
    return ", ".join(names)
