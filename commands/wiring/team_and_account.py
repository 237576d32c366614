"""Which channel, team and account on X the settings mean: asked of the services at the start."""

import json

from clients.slack.client import SlackClient
from clients.x.client import XClient
from domain import LISTED, Person, Prices, TeamSettings
from errors import SlackNoChannel
from jobs.upkeep.account_day import book_own_profile
from settings import Settings
from storage.db import key_values
from storage.db.database import Database

#: The settings of the environment that the Home tab may set where the environment does not.
_FIELDS = {
    "SLACK_CHANNEL": "channel",
    "SLACK_APPROVERS": "approvers",
    "TIMEZONE": "timezone",
    "DIGEST_AT": "digest_at",
    "UNDO_SECONDS": "undo",
    "POLL_SECONDS": "poll_every",
    "X_DAILY_BUDGET_USD": "x_budget_micro",
    "MODEL_DAILY_BUDGET_USD": "model_budget_micro",
}


def joined_channel(slack: SlackClient, name: str) -> str:
    """Return the id of the channel that the environment names; empty where it names none.

    Raises:
        SlackNoChannel: there is no such channel, or the bot is not in it.
    """
    if not name:
        return ""
    channel = slack.channel(name)
    if not channel.is_member:
        raise SlackNoChannel(f"Greenroom is not in the channel #{channel.name}.")
    return channel.id


def team_base(settings: Settings, *, channel: str) -> TeamSettings:
    """Return what the environment says of how the team works."""
    return TeamSettings(
        channel=channel,
        timezone=settings.timezone,
        digest_at=settings.digest_at,
        undo=settings.undo,
        poll_every=settings.x.poll_every,
        x_budget_micro=settings.x.daily_budget_micro,
        model_budget_micro=settings.model.daily_budget_micro,
        approvers=settings.slack.approvers,
        forced=frozenset(field for name, field in _FIELDS.items() if name in settings.given),
    )


def known_account(db: Database, x: XClient, access_token: str, prices: Prices = LISTED) -> Person:
    """Return the account that the keys speak for; asks X only when the keys are new.

    An access token of X begins with its account's id, so a stored account that matches
    needs no paid look-up.
    """
    with db.read() as tx:
        stored = key_values.value(tx, "account")
    owner, dash, _ = access_token.partition("-")
    if stored is not None and dash:
        known = Person(**json.loads(stored))
        if known.id == owner:
            return known
    account = x.me()
    with db.write() as tx:
        book_own_profile(tx, account.id, prices, db.now())
        key_values.set_value(
            tx,
            "account",
            json.dumps({"id": account.id, "handle": account.handle, "name": account.name}),
        )
        key_values.set_value(tx, "account_id", account.id)
        key_values.set_value(tx, "account_handle", account.handle)
    return account
