"""The bare client calls that one mention needs: `python -m bench.bare_way FILE`, one after the other.

What a script without storage, checks or promises would do: read the page of mentions with
tweepy, ask the model about each, post each card. The file holds what Greenroom really asked
and really posted, so that both do the same work for the services.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import tweepy
from slack_sdk import WebClient

from clients.x import XDoor, XKeys
from clients.x_reading import PEOPLE, TWEET_FIELDS, USER_FIELDS

_PAGES = 9


def main() -> int:
    """Do everything once to warm up, then as often as told; print the seconds as JSON."""
    told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    slack = WebClient(told["slack_token"], base_url=told["slack_url"])
    ask = _model(told) if told["questions"] else None
    read = _bare_page(told)
    read()
    answer = partial(_answer, told, slack, ask)
    answer()
    pages = [_timed(read) for _ in range(_PAGES)]
    door_pages = [_timed(_door_page(told)) for _ in range(_PAGES)]
    rest = [_timed(answer) for _ in range(told["repeats"])]
    print(
        json.dumps(
            {
                "page": statistics.median(pages),
                "door_page": statistics.median(door_pages),
                "rest": statistics.median(rest),
            }
        )
    )
    return 0


def _answer(told: dict[str, Any], slack: WebClient, ask: Callable[[Any], object] | None) -> None:
    for number, card in enumerate(told["cards"]):
        if ask is not None:
            ask(told["questions"][number])
        slack.chat_postMessage(
            channel=told["channel"], text=card["text"], blocks=card["blocks"], unfurl_links=False
        )


def _model(told: dict[str, Any]) -> Callable[[Any], object]:
    import openai

    from replies.drafting.asking import ModelAnswer

    model = openai.OpenAI(api_key="practice", base_url=told["model_url"])

    def ask(messages: Any) -> object:
        return model.chat.completions.parse(
            model="practice", messages=messages, response_format=ModelAnswer
        )

    return ask


def _bare_page(told: dict[str, Any]) -> Callable[[], object]:
    keys = told["x_keys"]
    x = tweepy.Client(**keys, return_type=dict)
    plain_request = x.session.request

    def request_here(method: str, url: str, **more: Any) -> Any:
        return plain_request(method, url.replace("https://api.twitter.com", told["x_url"]), **more)

    # tweepy knows one host only, and the signature covers the address: this is its own session
    # with another one; nothing else about it changes.
    x.session.request = request_here

    def read() -> object:
        return x.get_users_mentions(
            told["account_id"],
            user_auth=True,
            max_results=100,
            start_time=_yesterday(),
            expansions=PEOPLE,
            tweet_fields=TWEET_FIELDS,
            user_fields=USER_FIELDS,
        )

    return read


def _door_page(told: dict[str, Any]) -> Callable[[], object]:
    keys = XKeys(**told["x_keys"], bearer_token=None)
    door = XDoor(keys, base_url=told["x_url"], clock=lambda: datetime.now(UTC))
    return lambda: door.mentions(told["account_id"], start_time=_yesterday())


def _yesterday() -> datetime:
    return datetime.now(UTC) - timedelta(days=1)


def _timed(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
