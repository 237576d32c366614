"""What reading X costs a month: Greenroom against a plain poller, over the same simulated days.

The practice X keeps a bill for each of them, as X would. Replies cost both the same and are left
out. A month is what a counted day costs, thirty times. Whether X bills the author that comes with
a post is not known: the line counts it, and its note says what it is without.
"""

from collections.abc import Iterator

from bench.cost.days import Bills, play
from bench.cost.traffic import SIZES, Size
from bench.figure import BenchFigure
from sandbox.x.bill import PRICES

#: Days that fill caches, and days that count; a busy account has as much in three days as a normal
#: one in three weeks. In one week chance moves a small account's figures by a tenth.
_DAYS = {"quiet": (7, 14), "normal": (7, 14), "busy": (4, 3)}
_MICRO = 1_000_000
_MONTH = 30
_AIM = 0.25
#: What is read; what is written costs both the same.
_READS = ("post_read", "user_read", "expanded_user_read", "owned_read", "counts_request")
_AUTHORS = "expanded_user_read"


def measure(*, quick: bool) -> Iterator[BenchFigure]:
    """Yield dollars a month of each account, Greenroom's and the pollers', and their ratios."""
    for size in SIZES:
        warm, counted = (2, 2) if quick else _DAYS[size.name]
        yield from _figures(size, play(size, warm=warm, counted=counted))


def _figures(size: Size, bills: Bills) -> Iterator[BenchFigure]:
    name, days = size.name, bills.days
    polls = f"{bills.polls / days:.0f} polls a day"
    yield _dollars(f"{name}: Greenroom a month", bills.ours, days, polls)
    yield _dollars(f"{name}: plain poller that keeps its place", bills.keeping, days)
    yield _dollars(f"{name}: plain poller of the newest page", bills.newest, days)
    for what, plain in (("the poller with a place", bills.keeping), ("newest page", bills.newest)):
        ratio = _micro(bills.ours) / _micro(plain)
        without = _micro(bills.ours, _AUTHORS) / _micro(plain, _AUTHORS)
        aim = _AIM if name == "normal" else None
        note = f"{without:.2f} x if authors that come along are free"
        yield BenchFigure("cost", f"{name}: times {what}", ratio, "x", aim, note)
    yield BenchFigure("cost", f"{name}: missed of {bills.wanted}", bills.missed, "posts", 0)
    yield BenchFigure(
        "cost",
        f"{name}: our ledger against X's bill",
        bills.booked / max(1, _micro(bills.ours)),
        "x",
    )


def _dollars(what: str, counts: dict[str, int], days: int, note: str = "") -> BenchFigure:
    parts = " ".join(f"{kind}={counts[kind]}" for kind in _READS if counts.get(kind))
    value = _micro(counts) / days * _MONTH / _MICRO
    return BenchFigure("cost", what, value, "$", None, f"{parts} in {days} days {note}".rstrip())


def _micro(counts: dict[str, int], without: str = "") -> int:
    return sum(counts.get(kind, 0) * PRICES[kind] for kind in _READS if kind != without)
