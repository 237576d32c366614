"""Step 6: notes on people and who asked not to be answered."""

from storage.schema.step import Step

# Who wrote and who removed it stays; the words go with the note.
_PERSON_NOTES = """
CREATE TABLE person_notes (
    id text PRIMARY KEY,
    person_id text NOT NULL REFERENCES people (id),
    text text NOT NULL,
    member_id text NOT NULL,
    member_name text NOT NULL,
    at text NOT NULL
)"""

_OPT_OUTS = """
CREATE TABLE opt_outs (
    person_id text PRIMARY KEY REFERENCES people (id),
    post_id text NOT NULL,
    at text NOT NULL,
    lifted_at text,
    lifted_by text
)"""

PEOPLE = Step(
    "0006_people",
    both=(
        _PERSON_NOTES,
        "CREATE INDEX person_notes_by_person ON person_notes (person_id, at)",
        _OPT_OUTS,
    ),
)
