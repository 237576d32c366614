"""Posts that were asked for by their ids: several answers as one page, each post under its asked id."""

from collections.abc import Sequence
from dataclasses import replace

from clients.x.reading import Page
from domain import Post


def one_page(pages: Sequence[Page], wanted: Sequence[str]) -> Page:
    """Return what several answers hold as one; `gone` names only who was `wanted`."""
    return Page(
        posts=tuple(post for page in pages for post in page.posts),
        people_ids=tuple(dict.fromkeys(p for page in pages for p in page.people_ids)),
        named=tuple({p.id: p for page in pages for p in page.named}.values()),
        gone=tuple(dict.fromkeys(g for page in pages for g in page.gone if g in wanted)),
        edited=tuple(pair for page in pages for pair in page.edited),
        also_read=tuple(each for page in pages for each in page.also_read),
        torn=tuple(each for page in pages for each in page.torn),
        lacking=tuple(dict.fromkeys(name for page in pages for name in page.lacking)),
    )


def under_asked_ids(wanted: Sequence[str], page: Page, later: Page) -> Page:
    """Return a page whose posts bear the ids that were asked for and their newest words.

    `later` holds the newest editions, where X had to be asked for them.
    """
    found: dict[str, Post] = {}
    for post in (*later.posts, *page.posts):
        for asked in (*post.earlier_ids, post.id):
            if asked in wanted:
                found.setdefault(asked, replace(post, id=asked, earlier_ids=()))
    people = dict.fromkeys((*page.people_ids, *later.people_ids))
    also = tuple(post.id for post in (*later.posts, *page.posts) if post.id not in found)
    torn = (*page.torn, *later.torn)
    return replace(
        page,
        posts=tuple(found.values()),
        people_ids=tuple(people),
        also_read=(*also, *(each.key for each in torn)),
        torn=torn,
    )
