"""The practice X's routes: which endpoint stands at which path, and who may ask it."""

from functools import partial

from starlette.routing import BaseRoute

from sandbox.x.gate import Gate, XRoom
from sandbox.x.pages import page_routes
from sandbox.x.reading import Reading
from sandbox.x.search import Search
from sandbox.x.stream import FilteredStream
from sandbox.x.usage import usage
from sandbox.x.writing import Writing

__all__ = ["XRoom", "x_routes"]


def x_routes(room: XRoom) -> list[BaseRoute]:
    """Make every route of the practice X, all under `/x`.

    `room.x.limits.scale` shrinks every rate limit.
    """
    gate = Gate(room)
    read, search, write = Reading(room.x), Search(room.x), Writing(room.x)
    stream = FilteredStream(room.x, room.trouble)
    route = gate.route
    return [
        # Fixed paths stand before the ones with a part to fill in.
        route("GET", "/2/users/me", "me", read.me, ("user",)),
        route("GET", "/2/users/by/username/{username}", "person", read.person_by_handle),
        route("GET", "/2/users", "person", read.people),
        route("GET", "/2/users/{id}", "person", read.person),
        route("GET", "/2/users/{id}/mentions", "mentions", read.mentions),
        route("GET", "/2/users/{id}/tweets", "timeline", read.timeline),
        route("GET", "/2/tweets/search/recent", "search", search.search),
        route("GET", "/2/tweets/search/stream", "stream", stream.listen, ("app",)),
        route("GET", "/2/tweets/search/stream/rules", "rules", stream.rules, ("app",)),
        route("POST", "/2/tweets/search/stream/rules", "rules", stream.change_rules, ("app",)),
        route("GET", "/2/tweets/counts/recent", "counts", search.counts, ("app",)),
        route("GET", "/2/usage/tweets", "usage", partial(usage, room.x), ("app",)),
        route("GET", "/2/tweets", "posts", read.posts),
        route("GET", "/2/tweets/{id}", "posts", read.post),
        route("POST", "/2/tweets", "post", write.create, ("user",)),
        route("DELETE", "/2/tweets/{id}", "delete", write.delete, ("user",)),
        *page_routes(room),
    ]
