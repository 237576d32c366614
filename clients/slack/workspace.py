"""One workspace of Slack: who the bot is there, who is in it, its channels and its addresses."""

import functools

import patterns as re
from clients.net.network import is_loopback, keep_loopback_direct
from clients.slack.calls import PatientHandler, ask_slack, pages_of
from clients.slack.rate_limit import Pace
from clients.slack.shapes import BotIdentity, Channel, channel_of
from clients.slack.users import member_profile
from clients.slack.web_client import BoundedWebClient
from domain import MemberProfile
from errors import SlackNoChannel

_CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{6,}")


class SlackWorkspace:
    """Looks up what stands in one workspace. Threads may share it.

    Every call may raise SlackWrongToken, SlackNoChannel, SlackRefusedBlocks, SlackUnavailable, or
    SlackError with Slack's own name in `code`. A pause that Slack asks for is waited for, twice
    at most; nothing else is tried again here.

    Args:
        token: the bot's token (xoxb-…), never logged.
        base_url: the Web API, or anything that behaves like it.
        timeout: seconds for connecting and for each wait for an answer.
    """

    def __init__(
        self, token: str, *, base_url: str = "https://slack.com/api/", timeout: int = 15
    ) -> None:
        if is_loopback(base_url):
            keep_loopback_direct()
        self._pace = Pace()
        # slack_sdk's own default would post again after a broken connection.
        self.client = BoundedWebClient(
            token,
            base_url=base_url,
            timeout=timeout,
            retry_handlers=[PatientHandler(self._pace, max_retry_count=2)],
        )
        # A trigger_id lives for 3 s: nothing that needs one waits.
        self._hasty = BoundedWebClient(token, base_url=base_url, timeout=timeout, retry_handlers=[])

    @functools.cached_property
    def _identity(self) -> BotIdentity:
        return self.whoami()

    def whoami(self) -> BotIdentity:
        """Ask Slack who the token belongs to."""
        answer = ask_slack(self.client.auth_test)
        scopes = next((v for k, v in answer.headers.items() if k.lower() == "x-oauth-scopes"), "")
        return BotIdentity(
            bot_member_id=str(answer["user_id"]),
            team_id=str(answer["team_id"]),
            bot_id=str(answer["bot_id"] or ""),
            name=str(answer["user"]),
            scopes=frozenset(s.strip() for s in scopes.split(",") if s.strip()),
            url=str(answer.get("url") or ""),
        )

    def member(self, member_id: str) -> MemberProfile:
        """Look a member up, as far as access needs to know."""
        answer = ask_slack(self.client.users_info, user=member_id)
        return member_profile(answer["user"], our_team=self._identity.team_id)

    def admins(self) -> list[MemberProfile]:
        """Return the workspace's owners and admins, by their ids."""
        ask = functools.partial(self.client.users_list, limit=200)
        rows = [row for page in pages_of(ask) for row in page.get("members") or []]
        team = self._identity.team_id
        found = [member_profile(row, our_team=team) for row in rows if not row.get("deleted")]
        return sorted((each for each in found if each.admin), key=lambda each: each.id)

    def channel_members(self, channel: str) -> frozenset[str]:
        """Return the ids of everybody in a channel, bots included."""
        ask = functools.partial(self.client.conversations_members, channel=channel, limit=1000)
        return frozenset(str(m) for page in pages_of(ask) for m in page.get("members") or [])

    def group_members(self, group: str) -> frozenset[str]:
        """Return the ids of a user group's members."""
        answer = ask_slack(self.client.usergroups_users_list, usergroup=group)
        return frozenset(str(member) for member in answer["users"] or [])

    def channel(self, name_or_id: str) -> Channel:
        """Find a channel by its id, or by its name with or without #.

        Raises:
            SlackNoChannel: there is none, or the bot cannot see it.
        """
        wanted = name_or_id.strip().removeprefix("#")
        if _CHANNEL_ID.fullmatch(wanted):
            return channel_of(ask_slack(self.client.conversations_info, channel=wanted)["channel"])
        ask = functools.partial(
            self.client.conversations_list,
            types="public_channel,private_channel",
            exclude_archived=True,
            limit=1000,
        )
        for page in pages_of(ask):
            for channel in page.get("channels") or []:
                if str(channel.get("name", "")).lower() == wanted.lower():
                    return channel_of(channel)
        raise SlackNoChannel(f"Slack has no channel #{wanted} that the bot can see.")

    def link_to(self, channel: str, ts: str) -> str:
        """Write a message's address without asking Slack; in a thread it leads to its channel.

        It is the form that chat.getPermalink answers with: workspace, archives, channel, `p` and
        the ts without its dot (docs.slack.dev/reference/methods/chat.getPermalink).
        """
        return f"{self._identity.url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"

    def direct_channel(self, member: str) -> str:
        """Return the id of the conversation between the bot and a member; opens it if need be."""
        return str(ask_slack(self.client.conversations_open, users=member)["channel"]["id"])

    def permalink(self, channel: str, ts: str) -> str:
        """Return a message's address."""
        return str(
            ask_slack(self.client.chat_getPermalink, channel=channel, message_ts=ts)["permalink"]
        )

    def check_app_token(self, app_token: str) -> None:
        """Try whether Socket Mode would open with this token (xapp-…)."""
        ask_slack(self.client.apps_connections_open, app_token=app_token)
