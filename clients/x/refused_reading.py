"""What a refused reading is about: the way to X, the account, the times, the query, or what else.

By what X names first, then by its codes and several wordings, never by one. Only a 400 that names
the query is about a query.
"""

from clients.x.problem import Problem
from errors import (
    ITSELF,
    XAccountRefused,
    XError,
    XQueryRefused,
    XRefused,
    XTimesRefused,
    XWayBlocked,
)

_FORBIDDEN, _INVALID = 403, 400
_TIMES = frozenset({"start_time", "end_time", "since_id", "until_id"})
_SAYS_TIMES = ("'start_time'", "'end_time'", "'since_id'", "'until_id'")
#: The parameter of a search, and those of a rule for the stream.
_QUERIES = frozenset({"query", "add", "value", "rule"})
_SAYS_QUERY = ("`query`", "invalid-rules", "rule length", "at position", "no viable alternative")
#: What X says about the account or the app, whatever was asked; the first row that fits counts.
#: Numbers of X's error codes, and wordings that people reported.
_ABOUT_THE_ACCOUNT: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("code:326", "temporarily locked", "account is locked", "please log in to", "code:231"),
        "X has locked the account until somebody signs in on x.com.",
    ),
    (
        ("code:261", "code:416", "cannot perform write actions", "invalid / suspended application"),
        "X does not let this app in.",
    ),
    (("code:63", "code:64", "suspended"), "X has suspended the account."),
    (
        ("code:453", "subset of x api", "access level", "different access level"),
        "X's access level of this app does not include this.",
    ),
    (("code:185", "over daily", "daily status update limit"), "X says: enough for today."),
    (
        ("not permitted to perform this action", "code:87", "code:220", "code:200"),
        "X does not permit this account or app to do this.",
    ),
)


def names_what_was_asked(problem: Problem) -> bool:
    """Tell whether a 400 names the query or the times: its words may then be the query's own."""
    return problem.status == _INVALID and bool(problem.names & (_TIMES | _QUERIES))


def refused_reading(problem: Problem) -> XError:
    """Tell what a refusal is about: the way, the account, the query, the times, or what else."""
    status, detail = problem.status, problem.detail
    if not problem.by_x or status in {404, 407, 410}:
        return XWayBlocked(
            f"Something on the way to X, or X's own edge, answered {status} in its place.",
            status=status,
            detail=detail,
        )
    said = f': "{detail}"' if detail else f" (HTTP {status})."
    # First what it names: a query's own words may be among X's.
    if status == _INVALID and (problem.names & _TIMES or problem.says(*_SAYS_TIMES)):
        return XTimesRefused(
            f"X does not take the times that it was asked for{said}", status=status, detail=detail
        )
    if status == _INVALID and (
        problem.names & _QUERIES or (not problem.names and problem.says(*_SAYS_QUERY))
    ):
        return XQueryRefused(f"X does not take the query{said}", status=status, detail=detail)
    for phrases, sentence in _ABOUT_THE_ACCOUNT:
        if problem.says(*phrases):
            return XAccountRefused(_with(sentence, detail), status=status, detail=detail)
    if status == _FORBIDDEN:
        return XAccountRefused(f"X refuses this account or app{said}", status=status, detail=detail)
    return XRefused(f"X refused the request{said}", ITSELF, status=status, detail=detail)


def _with(sentence: str, detail: str) -> str:
    return f'{sentence} It says: "{detail}"' if detail else sentence
