"""The endpoints of the practice X that read people, posts by id, and timelines."""

import re
from collections.abc import Callable
from itertools import islice
from typing import Any

from sandbox.x.asking import SHAPE_PARAMETERS, XRequest, valid_id
from sandbox.x.gate import Answer
from sandbox.x.paging import PAGE, WINDOW, page, window, without_empty
from sandbox.x.posts import XPost, XUser
from sandbox.x.refusals import invalid, not_for_you, not_found
from sandbox.x.shapes import Shapes
from sandbox.x.state import XState

_PEOPLE_PARAMETERS = ("user.fields", "tweet.fields", "expansions")
_MENTIONS_REACH = 800  # how many posts back each timeline goes
_TIMELINE_REACH = 3200


class Reading:
    """Answers the questions; every public method is one endpoint."""

    def __init__(self, state: XState) -> None:
        self._state = state

    # People

    def me(self, asking: XRequest) -> Answer:
        asking.only(*_PEOPLE_PARAMETERS)
        return self._one_person(asking, self._state.account, "id", self._state.account.id)

    def person_by_handle(self, asking: XRequest) -> Answer:
        asking.only(*_PEOPLE_PARAMETERS)
        handle = asking.path["username"]
        if not re.fullmatch(r"[A-Za-z0-9_]{1,15}", handle):
            message = (
                f"The `username` query parameter value [{handle}] does not match"
                " ^[A-Za-z0-9_]{1,15}$"
            )
            raise invalid("username", handle, message)
        return self._one_person(asking, self._state.person_by_handle(handle), "username", handle)

    def person(self, asking: XRequest) -> Answer:
        asking.only(*_PEOPLE_PARAMETERS)
        person_id = valid_id("id", asking.path["id"])
        return self._one_person(asking, self._state.person(person_id), "id", person_id)

    def _one_person(
        self, asking: XRequest, person: XUser | None, parameter: str, value: str
    ) -> Answer:
        shapes = Shapes(self._state, asking, of_people=True)
        if person is None:
            return Answer({"errors": [not_found("user", parameter, value)]})
        self._state.costs.read("user_read", person.id)
        return Answer({"data": shapes.person(person)})

    def people(self, asking: XRequest) -> Answer:
        asking.only("ids", *_PEOPLE_PARAMETERS)
        shapes = Shapes(self._state, asking, of_people=True)
        found, errors = [], []
        for person_id in asking.ids():
            person = self._state.person(person_id)
            if person is None:
                errors.append(not_found("user", "ids", person_id))
            else:
                self._state.costs.read("user_read", person.id)
                found.append(shapes.person(person))
        return Answer(without_empty({"data": found, "errors": errors}))

    # Posts by id

    def post(self, asking: XRequest) -> Answer:
        asking.only(*SHAPE_PARAMETERS)
        shapes = Shapes(self._state, asking)
        post_id = valid_id("id", asking.path["id"])
        found, errors = self._look_up([post_id], "id")
        includes, more = shapes.around(found)
        body = {"data": shapes.post(found[0]) if found else None, "includes": includes}
        return Answer(without_empty({**body, "errors": errors + more}))

    def posts(self, asking: XRequest) -> Answer:
        asking.only("ids", *SHAPE_PARAMETERS)
        shapes = Shapes(self._state, asking)
        found, errors = self._look_up(asking.ids(), "ids")
        includes, more = shapes.around(found)
        body = {"data": [shapes.post(post) for post in found], "includes": includes}
        return Answer(without_empty({**body, "errors": errors + more}))

    def _look_up(self, ids: list[str], parameter: str) -> tuple[list[XPost], list[dict[str, Any]]]:
        found, errors = [], []
        for post_id in ids:
            post = self._state.find_post(post_id)
            if post is None or post.deleted:
                errors.append(not_found("tweet", parameter, post_id))
            elif not self._state.can_see(post):
                errors.append(not_for_you("tweet", parameter, post_id))
            else:
                self._state.costs.read("post_read", post.id)
                found.append(post)
        return found, errors

    # Timelines

    def mentions(self, asking: XRequest) -> Answer:
        asking.only(*PAGE, *WINDOW, *SHAPE_PARAMETERS)
        return self._timeline(
            asking,
            _MENTIONS_REACH,
            lambda person, post: person.handle.lower() in post.mentioned,
        )

    def timeline(self, asking: XRequest) -> Answer:
        asking.only(*PAGE, *WINDOW, "exclude", *SHAPE_PARAMETERS)
        excluded = asking.listed("exclude", ("replies", "retweets"))
        return self._timeline(
            asking,
            _TIMELINE_REACH,
            lambda person, post: (
                post.author_id == person.id
                and not ("replies" in excluded and post.in_reply_to is not None)
            ),
        )

    def _timeline(
        self, asking: XRequest, reach: int, belongs: Callable[[XUser, XPost], bool]
    ) -> Answer:
        person_id = valid_id("id", asking.path["id"])
        size = asking.number("max_results", 5, 100, 10)
        shapes = Shapes(self._state, asking)
        # Here since_id and until_id take precedence over the times.
        above, below = window(asking)
        person = self._state.person(person_id)
        if person is None:
            return Answer({"errors": [not_found("user", "id", person_id)]})
        own = person.id == self._state.account.id
        if person.protected and not own:
            return Answer({"errors": [not_for_you("user", "id", person_id)]})
        reachable = islice((p for p in self._state.newest_first() if belongs(person, p)), reach)
        chosen = (p for p in reachable if above < int(p.id) < below)
        # X bills own timelines as owned reads when the account signs in itself.
        kind = "owned_read" if own and asking.caller == "user" else "post_read"
        return page(self._state, shapes, chosen, size, kind)
