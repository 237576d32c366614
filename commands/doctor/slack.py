"""What `doctor` finds in Slack: tokens, scopes, the channel, and who may decide."""

from collections.abc import Iterator

from clients.slack.client import SlackClient
from clients.slack.shapes import Channel
from commands.doctor.findings import Finding, FindingVerdict, asked
from commands.wiring.clients import slack_door
from errors import GreenroomError
from handlers.entry.access import Access
from settings import Settings

#: What the bot's token must be allowed to do; manifest.yaml asks for the same.
SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "usergroups:read",
    "users:read",
)


def slack_findings(settings: Settings) -> Iterator[Finding]:
    slack = slack_door(settings)
    token = asked("slack bot token", lambda: _bot_token(slack))
    yield token
    yield asked("slack app token", lambda: _app_token(slack, settings))
    if token.verdict is FindingVerdict.BROKEN:
        return
    yield _scopes(slack)
    channels: list[Channel] = []
    yield asked("slack channel", lambda: _channel(slack, settings, channels))
    if channels:
        yield asked("approvers", lambda: _approvers(slack, settings, channels[0]))


def _bot_token(slack: SlackClient) -> Finding:
    who = slack.whoami()
    return Finding(
        "slack bot token", FindingVerdict.WORKS, f"speaks as {who.name} in {who.team_id}"
    )


def _app_token(slack: SlackClient, settings: Settings) -> Finding:
    slack.check_app_token(settings.slack.app_token)
    return Finding("slack app token", FindingVerdict.WORKS, "Socket Mode opens")


def _scopes(slack: SlackClient) -> Finding:
    has = slack.whoami().scopes
    if missing := [scope for scope in SCOPES if scope not in has]:
        return Finding(
            "slack scopes",
            FindingVerdict.BROKEN,
            f"missing: {', '.join(missing)}",
            "Paste manifest.yaml into the app's manifest again and reinstall the app.",
        )
    return Finding("slack scopes", FindingVerdict.WORKS, "all that are needed")


def _channel(slack: SlackClient, settings: Settings, found: list[Channel]) -> Finding:
    if not settings.slack.channel:
        return Finding(
            "slack channel",
            FindingVerdict.LOOK,
            "SLACK_CHANNEL is empty",
            "Choose the channel in Slack: Greenroom's Home tab, Settings.",
        )
    channel = slack.channel(settings.slack.channel)
    if not channel.is_member:
        return Finding(
            "slack channel",
            FindingVerdict.BROKEN,
            f"the bot is not in #{channel.name}",
            "Write /invite @Greenroom there.",
        )
    found.append(channel)
    if channel.shared:
        return Finding(
            "slack channel",
            FindingVerdict.LOOK,
            f"#{channel.name} is shared with another company",
            "People of other companies can read the cards; they cannot decide.",
        )
    return Finding("slack channel", FindingVerdict.WORKS, f"the bot is in #{channel.name}")


def _approvers(slack: SlackClient, settings: Settings, channel: Channel) -> Finding:
    access = Access(
        slack,
        circle_of=lambda: (channel.id, settings.slack.approvers),
        team_id=slack.whoami().team_id,
    )
    able = []
    for member_id in sorted(access.circle()):
        try:
            able.append(access.member_who_may_decide(member_id).name)
        except GreenroomError:
            continue
    if not able:
        return Finding(
            "approvers",
            FindingVerdict.BROKEN,
            "nobody may decide",
            "Correct SLACK_APPROVERS, or empty it to allow every full member of the channel.",
        )
    return Finding(
        "approvers", FindingVerdict.WORKS, f"{len(able)} may decide: {', '.join(able[:5])}"
    )
