"""How much of a day's budget for X is kept for approved replies."""

import pytest

from domain import LISTED


@pytest.mark.parametrize(
    ("budget", "kept"),
    [
        (0, 0),
        (100_000, 33_333),  # ten cents: one reply at a time, and something to read
        (300_000, 100_000),
        (660_000, 220_000),  # from here on a reply with a link fits
        (1_000_000, 220_000),
        (1_100_000, 220_000),
        (5_000_000, 1_000_000),
    ],
)
def test_a_fifth_but_a_reply_with_a_link_and_never_more_than_a_third(
    budget: int, kept: int
) -> None:
    """Each budget keeps at least what one plain reply may cost, from ten cents on."""
    assert LISTED.kept_for_replies(budget) == kept
    if budget >= 100_000:
        assert kept >= LISTED.reply_cost(with_url=False) + 20 * LISTED.owned_read
