"""Home's lower part: what it costs, how each service is, and the team's settings."""

from domain import HomeFacts, ServiceHealth
from views.blocks.action_ids import ActionId
from views.blocks.blocks import AnyBlock, button, context, section
from views.blocks.formatting import excerpt, slack_date
from views.reports.budget import budget_line
from views.team.settings_texts import change_line

_MOST_CHANGES = 3
_SERVICES = {"x": "X", "slack": "Slack", "model": "The model"}


def foundation_blocks(facts: HomeFacts) -> list[AnyBlock | None]:
    """Show budget, health and settings."""
    costs = [
        budget_line(name, facts.spent[name])
        for name in ("x", "model")
        if name in facts.spent and (name == "x" or facts.model_on)
    ]
    return [
        section("*What it costs*\n" + "\n".join(costs)) if costs else None,
        context("`/greenroom budget` shows for what."),
        section("*How the services are*\n" + "\n".join(_health_lines(facts))),
        section("*Settings*", button("Settings", ActionId.OPEN_SETTINGS))
        if facts.may_set
        else section("*Settings*\nOwners and admins of the workspace can change them here."),
        *(context(change_line(change)) for change in facts.changes[:_MOST_CHANGES]),
    ]


def _health_lines(facts: HomeFacts) -> list[str]:
    lines = []
    for service, name in _SERVICES.items():
        if service == "model" and not facts.model_on:
            lines.append(
                "– The model: none is set up, only plain questions and thanks get a suggestion"
            )
        else:
            lines.append(health_line(name, facts.health.get(service, ServiceHealth())))
    return [*lines, "✅ The database: works, this page was read from it"]


def health_line(name: str, health: ServiceHealth) -> str:
    """Say how a service is, and when it last failed, in mrkdwn."""
    failed = ""
    if health.failed_at is not None:
        failed = f"{excerpt(health.sentence, 200)} ({slack_date(health.failed_at)})"
    if health.fails:
        since = f", last worked {slack_date(health.worked_at)}" if health.worked_at else ""
        return f"❌ {name}: fails{since}. {failed}"
    if health.worked_at is None:
        return f"– {name}: not asked yet"
    worked = f"✅ {name}: works, last answered {slack_date(health.worked_at)}"
    return f"{worked}. Last trouble: {failed}" if failed else worked
