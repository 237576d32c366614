"""What X and the model cost: today, this month, for what, and what happens at the end."""

from collections.abc import Mapping
from datetime import datetime

from domain import LISTED, Prices, Spending, UsageDay
from views.blocks.blocks import context, section
from views.blocks.formatting import excerpt, slack_date
from views.blocks.message import Message, message

_MICRO = 1_000_000
_MOST_PURPOSES = 8
_MONTH = 30
_SERVICES = {"x": "X", "model": "The model"}
#: What the ledger calls a purpose, in words for people.
_PURPOSES = {
    "watch:": "watches that were removed",
    "timeline": "our own posts, to see replies by hand",
    "account": "our own posts and followers, for the figures",
    "send": "replies",
    "watch_trial": "trying watches",
    "look": "looking for replies that were not confirmed",
    "author": "who wrote what is on a card",
    "conversation": "what was said above a mention",
    "voice": "a voice from our past replies",
    "themes": "what people talked about, for the summary",
    "suggest": "suggestions",
    "steer": "suggestions that somebody asked for in a thread",
    "triage": "whether a post is worth your time",
    "question": "questions in direct messages",
    "look_again": "whether a post still stands as it was",
    "read_over": "what X showed late",
    "sweep": "whether what waits still stands on X",
    "stream": "posts that X's stream brought for others",
    "shortcut": "posts that you brought by their link",
}
_ENDS = {
    "x": (
        "A share of X's budget is kept for approved replies: {kept} a day. As the rest runs low, "
        "names of people give way first, then keyword watches, looking again, and mentions."
    ),
    "model": "When the model's budget ends, only plain questions and thanks get a suggestion.",
}


def budget_answer(
    spent: Mapping[str, Spending],
    *,
    resets_at: datetime,
    model_on: bool,
    prices: Prices = LISTED,
    usage: UsageDay | None = None,
) -> Message:
    """Build the answer to `/greenroom budget`.

    Args:
        spent: by service, `x` and `model`.
        resets_at: the next midnight UTC.
        model_on: whether there is a model.
        prices: what things are counted at.
        usage: the last day on which X's own count was asked for.
    """
    shown = {name: spent[name] for name in ("x", "model") if name == "x" or model_on}
    lines = [budget_line(name, each) for name, each in shown.items()]
    no_model = "" if model_on else "No model is set up, so none costs anything."
    return message(
        " ".join(lines),
        *(
            section(f"*{budget_line(name, each)}*\n{_purposes(each)}{_pace(each)}")
            for name, each in shown.items()
        ),
        context(
            no_model,
            f"The budgets of a day begin anew at {slack_date(resets_at, '{time}')} (midnight UTC).",
            *(_end(name, each, prices) for name, each in shown.items()),
            _counted_at(prices),
            _counted_by_x(usage),
        ),
    )


def budget_line(service: str, spent: Spending) -> str:
    """Say in one line what a service (`x` or `model`) cost, and what is left."""
    return (
        f"{_SERVICES[service]}: {dollars(spent.today_micro)} of {dollars(spent.budget_micro)} "
        f"today, {dollars(spent.left_micro)} left; {dollars(spent.month_micro)} this month."
    )


def _end(service: str, spent: Spending, prices: Prices) -> str:
    kept = dollars(prices.kept_for_replies(spent.budget_micro))
    return _ENDS[service].format(kept=kept)


def _pace(spent: Spending) -> str:
    """Say what a month costs at the pace of the last full week, where there was one."""
    if spent.day_micro is None:
        return ""
    month = dollars(_MONTH * spent.day_micro)
    return f"\nAt the pace of the last 7 days: about {month} in {_MONTH} days."


def _counted_at(prices: Prices) -> str:
    ours = "The figures are Greenroom's own count"
    if not prices.own:
        return f"{ours}, at X's list prices of {prices.read_on}."
    return f"{ours}, with your own prices for {', '.join(prices.own)}; the rest as of {prices.read_on}."


def _counted_by_x(usage: UsageDay | None) -> str:
    if usage is None:
        return ""
    day = f"{usage.day:%B} {usage.day.day}"
    return (
        f"On {day} (UTC) X counted {usage.by_x:,} posts read, Greenroom {usage.by_us:,}. "
        "X counts posts, not dollars."
    )


def dollars(micro: int) -> str:
    """Write micro-dollars as an amount; what is less than a cent is not called nothing."""
    if 0 < micro < _MICRO // 100:
        return "less than $0.01"
    return f"${micro / _MICRO:,.2f}"


def _purposes(spent: Spending) -> str:
    lines = [f"• {_purpose(name)}: {dollars(micro)}" for name, micro in spent.by_purpose]
    more = len(lines) - _MOST_PURPOSES
    held = spent.held_micro
    if more > 0:
        rest = sum(micro for _, micro in spent.by_purpose[_MOST_PURPOSES:])
        lines = [*lines[:_MOST_PURPOSES], f"• {more:,} more: {dollars(rest)}"]
    if held:
        lines.append(f"• set aside for calls that have not ended: {dollars(held)}")
    return "\n".join(lines) or "Nothing yet today."


def _purpose(name: str) -> str:
    if name in _PURPOSES:
        return _PURPOSES[name]
    if name.startswith("watch:"):
        return f"the watch “{excerpt(name.removeprefix('watch:'), 60)}”"
    return excerpt(name.replace("_", " "), 60)
