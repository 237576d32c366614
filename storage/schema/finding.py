"""Step 8: what people wrote, by its words."""

from storage.schema.step import Step

# Without a copy of the texts: X's ids are numbers, and serve as row ids. They have nineteen digits
# today; a row id holds those up to 9.2 quintillion, which X reaches in 2080.
_INDEX = """
CREATE VIRTUAL TABLE posts_fts USING fts5 (
    text, content='', tokenize='unicode61 remove_diacritics 2'
)"""
_NUMBERED = "{row}.id NOT GLOB '*[^0-9]*' AND length({row}.id) BETWEEN 1 AND 19"
_INSERTED = f"""
CREATE TRIGGER posts_fts_ai AFTER INSERT ON posts WHEN {_NUMBERED.format(row="new")} BEGIN
    INSERT INTO posts_fts (rowid, text) VALUES (CAST(new.id AS INTEGER), new.text);
END"""  # noqa: S608 - constants of this file
_DELETED = f"""
CREATE TRIGGER posts_fts_ad AFTER DELETE ON posts WHEN {_NUMBERED.format(row="old")} BEGIN
    INSERT INTO posts_fts (posts_fts, rowid, text)
        VALUES ('delete', CAST(old.id AS INTEGER), old.text);
END"""  # noqa: S608 - constants of this file
_UPDATED = f"""
CREATE TRIGGER posts_fts_au AFTER UPDATE OF text ON posts
    WHEN {_NUMBERED.format(row="new")} AND new.text <> old.text BEGIN
    INSERT INTO posts_fts (posts_fts, rowid, text)
        VALUES ('delete', CAST(old.id AS INTEGER), old.text);
    INSERT INTO posts_fts (rowid, text) VALUES (CAST(new.id AS INTEGER), new.text);
END"""  # noqa: S608 - constants of this file
_KNOWN = f"""
INSERT INTO posts_fts (rowid, text)
SELECT CAST(id AS INTEGER), text FROM posts WHERE {_NUMBERED.format(row="posts")}"""  # noqa: S608 - constants of this file

FINDING = Step(
    "0008_finding",
    both=("CREATE INDEX posts_by_time ON posts (created_at)",),
    sqlite=(_INDEX, _INSERTED, _DELETED, _UPDATED, _KNOWN),
    postgres=("CREATE INDEX posts_by_words ON posts USING gin (to_tsvector('simple', text))",),
)
