"""X's complaints about a search query, in plain words beside X's own."""

from collections.abc import Callable

import patterns as re

_Say = Callable[[re.Match[str]], str]

#: X's wordings (docs.x.com, search operators; each seen in its answers or in people's reports).
_COMPLAINTS: tuple[tuple[re.Pattern[str], _Say], ...] = (
    (
        re.compile(r"missing '\)'", re.IGNORECASE),
        lambda _: "A bracket is opened and not closed: add a “)”.",
    ),
    (
        re.compile(r"missing '\('|extraneous input '\)'", re.IGNORECASE),
        lambda _: "A bracket is closed that was never opened: take the “)” away.",
    ),
    (
        re.compile(r"no viable alternative at input '\"'", re.IGNORECASE),
        lambda _: "A quotation mark has no partner: add the second one.",
    ),
    (
        re.compile(r"ambiguous use of (and|or)\b", re.IGNORECASE),
        lambda m: (
            "Write OR in capitals to mean either word."
            if m.group(1).lower() == "or"
            else "Leave the “and” away: words side by side must all be there."
        ),
    ),
    (
        re.compile(r"invalid operator '([^']{1,40})'", re.IGNORECASE),
        lambda m: f"X has no operator “{m.group(1)}:”. Put words with a colon in quotation marks.",
    ),
    (
        re.compile(r"positive, non-stopword|at least one (positive )?clause", re.IGNORECASE),
        lambda _: "Say what to look for, not only what to leave out, and not only little words.",
    ),
    (
        re.compile(r"standalone operator|cannot be used .{0,40}standalone", re.IGNORECASE),
        lambda _: "Operators such as is:, has: and lang: need a word to look for beside them.",
    ),
    (
        re.compile(r"no viable alternative at input '(OR|AND)'|input 'OR'", re.IGNORECASE),
        lambda _: "OR needs a word on both sides.",
    ),
    (
        re.compile(r"512|too long|length of the query|maximum (allowed )?length", re.IGNORECASE),
        lambda _: "It is too long: X takes up to 512 characters.",
    ),
)


def in_plain_words(complaint: str) -> str:
    """Return what a complaint of X means for whoever wrote the query; "" when it is not known."""
    for pattern, say in _COMPLAINTS:
        if found := pattern.search(complaint):
            return say(found)
    return ""
