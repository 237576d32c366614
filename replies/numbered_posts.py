"""Posts put before the model by their numbers: marked as material, between two boundary lines."""

import json
import secrets
from collections.abc import Iterable, Mapping
from itertools import islice

from domain import Post
from prompts import load
from replies.injection.datamarking import Datamark, fresh_boundary
from replies.injection.orders import orders_in
from replies.text.wording import without_invisible

_LONGEST_POST = 300


def number_posts(posts: Iterable[Post], most: int) -> dict[int, Post]:
    """Number the first posts with words; what looks like an order to a machine is left out."""
    honest = (post for post in posts if post.text.strip() and orders_in(post.text) is None)
    return dict(enumerate(islice(honest, most), start=1))


def ask_about(
    prompt: str,
    numbered: Mapping[int, Post],
    account_handle: str,
    *,
    dated: bool = False,
    after: str = "",
) -> tuple[list[dict[str, str]], tuple[str, ...]]:
    """Return what is asked, and what must not come back: our rules as system, the posts as user.

    Authors' names are not sent at all; `after` is what the team says behind the posts.
    """
    mark = Datamark.fresh(*(post.text for post in numbered.values()))
    rows = [
        {
            "number": number,
            **({"day": post.created_at.strftime("%d %b %Y")} if dated else {}),
            "text": mark.on(without_invisible(post.text[:_LONGEST_POST])),
        }
        for number, post in numbered.items()
    ]
    material = json.dumps(rows, ensure_ascii=False, indent=1)
    boundary = fresh_boundary(material)
    canary = secrets.token_hex(5)
    system = load(prompt).fill(
        handle=account_handle, boundary=boundary, mark=mark.mark, canary=canary
    )
    line = f"=== posts {boundary} ==="
    messages = [
        {"role": "system", "content": system},
        {"role": "user", "content": f"{line}\n{material}\n{line}{after}"},
    ]
    return messages, (canary, boundary, mark.mark)
