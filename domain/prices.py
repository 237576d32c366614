"""What X and the model cost: one dated table, which the setting PRICES may override; pure.

X: pay-per-use prices of X's developer documents, read 2026-08-22. Owned reads need the
account to own the developer app; Greenroom cannot see whether it does and counts the
dearer price for what other people wrote.
Model: OpenAI's price page for gpt-5.4-mini, as quoted in June 2026; a model that is not
listed is counted at the dearest listed price.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

_A_MILLION = 1_000_000
#: So many of our own posts are paid for beside a reply, for the case that it must be looked for.
LOOKED_THROUGH = 20
#: Servers answer with the name of the model's edition: gpt-5.4-mini-2026-03-17.
_EDITION = re.compile(r"-\d{4}-\d{2}-\d{2}\Z")
_MODELS = MappingProxyType(
    {
        "gpt-5.4-nano": (200_000, 1_250_000),
        "gpt-5.4-mini": (750_000, 4_500_000),
        "gpt-5.4": (2_500_000, 15_000_000),
        "gpt-5.5": (5_000_000, 30_000_000),
    }
)


@dataclass(frozen=True, slots=True)
class Prices:
    """The price of each thing in micro-dollars, by the names of X's price list.

    Args:
        reply_created: a reply to somebody who mentioned or quoted the account.
        post_created_with_url: any post that holds a link. X does not say which of the two prices
            a reply with a link has: the dearer one is counted.
        models: micro-dollars per million tokens, (input, output), by the model's name.
        own: the names that the team's own prices override.
        read_on: the date of X's list.
    """

    post_read: int = 5_000
    user_read: int = 10_000
    owned_read: int = 1_000
    post_created: int = 15_000
    post_created_with_url: int = 200_000
    reply_created: int = 10_000
    post_deleted: int = 10_000
    counts_request: int = 5_000
    models: Mapping[str, tuple[int, int]] = field(default_factory=lambda: _MODELS)
    own: tuple[str, ...] = ()
    read_on: str = "2026-08-22"

    def with_own(self, own: Mapping[str, tuple[int, ...]]) -> "Prices":
        """Return the table with the team's own prices in it.

        Args:
            own: one price for a name of X's list, (input, output) for a model's name.
        """
        on_x: dict[str, Any] = {name: each[0] for name, each in own.items() if len(each) == 1}
        of_models = {name: (each[0], each[1]) for name, each in own.items() if len(each) > 1}
        models = MappingProxyType({**self.models, **of_models})
        return replace(self, **on_x, models=models, own=tuple(own))

    def model_cost(self, model: str, input_tokens: int, output_tokens: int) -> int:
        """Return the micro-dollars that so many tokens cost, rounded up."""
        plain = model if model in self.models else _EDITION.sub("", model)
        price_in, price_out = self.models.get(plain, max(self.models.values()))
        return -(-(input_tokens * price_in + output_tokens * price_out) // _A_MILLION)

    def reply_cost(self, *, with_url: bool) -> int:
        """Return the micro-dollars that sending a reply costs."""
        if with_url:
            return max(self.reply_created, self.post_created_with_url)
        return self.reply_created

    def kept_for_replies(self, budget_micro: int) -> int:
        """Return the part of a day's budget for X that reading never touches.

        A fifth, but at least what one reply with a link may cost, which is seven without; and of a
        small budget a third, so that something can still be read.
        """
        one = self.reply_cost(with_url=True) + LOOKED_THROUGH * self.owned_read
        return max(budget_micro // 5, min(one, budget_micro // 3))


LISTED = Prices()
