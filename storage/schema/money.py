"""Steps 13 and 17: when profiles were read and watches caught; money set aside, X's own count."""

from storage.schema.step import Step

MONEY = Step(
    "0013_money",
    both=(
        "ALTER TABLE people ADD COLUMN read_at text",
        "ALTER TABLE watches ADD COLUMN caught_at text",
    ),
)

_RESERVATIONS = """
CREATE TABLE reservations (
    key text PRIMARY KEY,
    service text NOT NULL,
    purpose text NOT NULL,
    micro_dollars bigint NOT NULL,
    day text NOT NULL,
    at text NOT NULL
)"""

# One row a service: whoever compares what may be spent holds it until their commit.
_TURNS = """
CREATE TABLE spending_turns (
    service text PRIMARY KEY,
    turn bigint NOT NULL
)"""

_USAGE = """
CREATE TABLE usage_days (
    day text PRIMARY KEY,
    by_x bigint NOT NULL,
    by_us bigint NOT NULL,
    at text NOT NULL
)"""

RESERVED = Step("0017_reserved", both=(_RESERVATIONS, _TURNS, _USAGE))
