"""Pages of posts: the window that a request asks for, and the answer with its `meta`."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from sandbox.x.asking import XRequest, page_token
from sandbox.x.gate import Answer
from sandbox.x.posts import XPost, id_at
from sandbox.x.shapes import Shapes
from sandbox.x.state import XState

PAGE = ("max_results", "pagination_token")
WINDOW = ("since_id", "until_id", "start_time", "end_time")


def window(asking: XRequest) -> tuple[int, int]:
    """Find the ids between which the posts lie, both ends excluded."""
    above, below = 0, 1 << 63
    if (start := asking.moment("start_time")) is not None:
        above = id_at(start) - 1
    if (end := asking.moment("end_time")) is not None:
        below = id_at(end)
    if (since := asking.post_id("since_id")) is not None:
        above = since
    if (until := asking.post_id("until_id")) is not None:
        below = until
    page_below = asking.page_begins_below()
    return above, below if page_below is None else min(below, page_below)


def page(state: XState, shapes: Shapes, posts: Iterable[XPost], size: int, kind: str) -> Answer:
    """Answer with one page of posts, newest first; `kind` says how X bills them."""
    found = list(islice(posts, size + 1))
    more, found = len(found) > size, found[:size]
    for post in found:
        state.costs.read(kind, post.id)
    meta: dict[str, Any] = {"result_count": len(found)}
    if found:
        meta |= {"newest_id": found[0].id, "oldest_id": found[-1].id}
    if more:
        meta["next_token"] = page_token(found[-1].id)
    includes, errors = shapes.around(found)
    body = {"data": [shapes.post(p) for p in found], "includes": includes, "errors": errors}
    return Answer({**without_empty(body), "meta": meta})


def without_empty(body: dict[str, Any]) -> dict[str, Any]:
    """Leave out what X leaves out: nothing found, nothing wrong."""
    return {name: value for name, value in body.items() if value}
