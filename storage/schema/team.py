"""Step 5: what the team set in Slack, and who changed what."""

from storage.schema.step import Step

# value is JSON text, as storage/team/team_settings.py writes it.
_TEAM_SETTINGS = """
CREATE TABLE team_settings (
    name text PRIMARY KEY,
    value text NOT NULL
)"""

_SETTING_CHANGES = """
CREATE TABLE setting_changes (
    id text PRIMARY KEY,
    name text NOT NULL,
    before_value text NOT NULL,
    after_value text NOT NULL,
    member_id text NOT NULL,
    member_name text NOT NULL,
    at text NOT NULL
)"""

TEAM = Step(
    "0005_team",
    both=(
        _TEAM_SETTINGS,
        _SETTING_CHANGES,
        "CREATE INDEX setting_changes_by_time ON setting_changes (at)",
    ),
)
