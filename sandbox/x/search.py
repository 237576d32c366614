"""Recent search and recent counts: a query over the last seven days."""

from datetime import timedelta

from sandbox.x import query as x_query
from sandbox.x.asking import SHAPE_PARAMETERS, XRequest
from sandbox.x.gate import Answer
from sandbox.x.paging import PAGE, WINDOW, page, window
from sandbox.x.posts import id_at
from sandbox.x.refusals import invalid
from sandbox.x.shapes import Shapes, moment
from sandbox.x.state import XState
from sandbox.x.usage import STEPS, floored

_WEEK = timedelta(days=7)
_SETTLING = timedelta(seconds=10)  # search wants its end_time at least this long ago


class Search:
    """Answers queries; every public method is one endpoint."""

    def __init__(self, state: XState) -> None:
        self._state = state

    def search(self, asking: XRequest) -> Answer:
        asking.only("query", "next_token", "sort_order", *PAGE, *WINDOW, *SHAPE_PARAMETERS)
        asking.listed("sort_order", ("recency", "relevancy"))
        test = self._query(asking)
        size = asking.number("max_results", 10, 100, 10)
        shapes = Shapes(self._state, asking)
        above, below = self._recent_window(asking)
        chosen = (post for post in self._state.newest_first(above, below) if test(post))
        return page(self._state, shapes, chosen, size, "post_read")

    def counts(self, asking: XRequest) -> Answer:
        asking.only(
            "query", "granularity", "next_token", "pagination_token", "search_count.fields",
            *WINDOW,
        )  # fmt: skip
        test = self._query(asking)
        granularity = asking.params.get("granularity", "hour")
        asking.listed("granularity", STEPS)
        above, below = self._recent_window(asking)
        now = self._state.clock()
        start = floored(asking.moment("start_time") or now - _WEEK, STEPS[granularity])
        end = asking.moment("end_time") or now
        posts = [post for post in self._state.newest_first(above, below) if test(post)]
        self._state.costs.charge("counts_request")
        buckets = []
        while start < end:
            until = min(start + STEPS[granularity], end)
            number = sum(start <= post.created_at < until for post in posts)
            buckets.append({"start": moment(start), "end": moment(until), "tweet_count": number})
            start = until
        return Answer({"data": buckets, "meta": {"total_tweet_count": len(posts)}})

    def _query(self, asking: XRequest) -> x_query.Test:
        query = asking.params.get("query", "")
        if not query.strip():
            raise invalid("query", query, "The `query` query parameter can not be empty")
        if len(query) > x_query.LONGEST:
            message = (
                "There were errors processing your request: Rule length must be at most"
                f" {x_query.LONGEST} characters; yours is {len(query)} (at position"
                f" {x_query.LONGEST})"
            )
            raise invalid("query", query, message)
        try:
            return x_query.parse(query, self._state)
        except x_query.QueryError as complaint:
            message = f"There were errors processing your request: {complaint}"
            raise invalid("query", query, message) from complaint

    def _recent_window(self, asking: XRequest) -> tuple[int, int]:
        now = self._state.clock()
        params = asking.params
        oldest = now - _WEEK
        by_id = params.keys() & {"since_id", "until_id"}
        if by_id and params.keys() & {"start_time", "end_time"}:
            message = (
                "Invalid use of 'since_id' or 'until_id' in conjunction with 'start_time' or"
                " 'end_time'."
            )
            raise invalid(min(by_id), params[min(by_id)], message)
        since = asking.post_id("since_id")
        if since is not None and since < id_at(oldest):
            message = (
                f"'since_id' must be a tweet id created after {oldest:%Y-%m-%dT%H:%MZ}. Please use"
                f" a 'since_id' that is larger than {id_at(oldest)}"
            )
            raise invalid("since_id", params["since_id"], message)
        start, end = asking.moment("start_time"), asking.moment("end_time")
        if start is not None and start < oldest:
            message = (
                f"Invalid 'start_time':'{params['start_time']}'. 'start_time' must be on or after"
                f" {oldest:%Y-%m-%dT%H:%MZ}"
            )
            raise invalid("start_time", params["start_time"], message)
        if end is not None and end > now - _SETTLING:
            message = (
                f"Invalid 'end_time':'{params['end_time']}'. 'end_time' must be a minimum of 10"
                " seconds prior to the request time."
            )
            raise invalid("end_time", params["end_time"], message)
        above, below = window(asking)
        return max(above, id_at(oldest)), below
