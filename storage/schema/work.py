"""Step 2: jobs, Slack messages, notices, the ledger, voice, playbook, marks, members."""

from storage.schema.step import Step

# again_at: when a job that is being run was asked for once more, for the time after this run.
_JOBS = """
CREATE TABLE jobs (
    id text PRIMARY KEY,
    kind text NOT NULL,
    key text NOT NULL UNIQUE,
    subject text,
    payload text NOT NULL,
    due_at text NOT NULL,
    again_at text,
    attempts bigint NOT NULL DEFAULT 0,
    version bigint NOT NULL DEFAULT 1,
    lease_owner text,
    lease_until text,
    error text
)"""

_MESSAGES = """
CREATE TABLE messages (
    key text PRIMARY KEY,
    channel text NOT NULL,
    thread_ts text,
    ts text,
    reserved_at text NOT NULL,
    attempted_at text,
    digest text
)"""

_NOTICES = """
CREATE TABLE notices (
    key text PRIMARY KEY,
    sentence text NOT NULL,
    raised_at text NOT NULL,
    cleared_at text
)"""

_COSTS = """
CREATE TABLE costs (
    id text PRIMARY KEY,
    service text NOT NULL,
    kind text NOT NULL,
    purpose text NOT NULL,
    units bigint NOT NULL,
    micro_dollars bigint NOT NULL,
    day text NOT NULL,
    at text NOT NULL
)"""

_BILLED_READS = """
CREATE TABLE billed_reads (
    day text NOT NULL,
    kind text NOT NULL,
    id text NOT NULL,
    PRIMARY KEY (day, kind, id)
)"""

_VOICES = """
CREATE TABLE voices (
    version bigint PRIMARY KEY,
    who text NOT NULL,
    how text NOT NULL,
    facts text NOT NULL,
    avoid text NOT NULL,
    member_id text NOT NULL,
    at text NOT NULL
)"""

_PLAYBOOKS = """
CREATE TABLE playbooks (
    version bigint PRIMARY KEY,
    answers text NOT NULL,
    member_id text NOT NULL,
    at text NOT NULL
)"""

WORK = Step(
    "0002_work",
    both=(
        _JOBS,
        "CREATE INDEX jobs_waiting ON jobs (kind, due_at) WHERE lease_until IS NULL",
        "CREATE INDEX jobs_leased ON jobs (lease_until) WHERE lease_until IS NOT NULL",
        _MESSAGES,
        "CREATE INDEX messages_by_ts ON messages (ts, channel)",
        _NOTICES,
        _COSTS,
        "CREATE INDEX costs_by_day ON costs (service, day)",
        _BILLED_READS,
        _VOICES,
        _PLAYBOOKS,
        "CREATE TABLE marks (name text PRIMARY KEY, value text NOT NULL)",
        "CREATE TABLE members (id text PRIMARY KEY, name text NOT NULL, team_id text, tz text)",
    ),
)
