-- Version 2: how each item's words reached us, so that a snapshot stands as evidence.

-- One row for each answer that brought something new; many items share one.
CREATE TABLE retrievals (
    id            INTEGER PRIMARY KEY,
    feed          INTEGER NOT NULL REFERENCES feeds(id),
    at            INTEGER NOT NULL,
    status        INTEGER,
    etag          TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    content_type  TEXT NOT NULL DEFAULT '',
    sha256        TEXT NOT NULL DEFAULT '',      -- of the raw answer's bytes, hexadecimal
    extractor     TEXT NOT NULL DEFAULT ''       -- what took the text out of it, with its version
);
CREATE INDEX retrievals_feed ON retrievals (feed, at);
-- NULL for an item of an archive: it was never fetched.
ALTER TABLE items ADD COLUMN retrieval INTEGER REFERENCES retrievals(id);
-- The date exactly as the feed wrote it; published is how we read it.
ALTER TABLE items ADD COLUMN published_raw TEXT NOT NULL DEFAULT '';

-- Where retention left off: keys of items that were deleted for their age, so that a feed that still
-- lists them does not bring them back.
CREATE TABLE retired_keys (
    key BLOB PRIMARY KEY
) WITHOUT ROWID;

-- When a decision was taken over from another analyst's log; NULL: it was made here, at its own time.
ALTER TABLE decisions ADD COLUMN applied INTEGER;

-- Every claim a story was told with, like its names: an earlier moment is told with the claim of that moment.
CREATE TABLE story_claims (
    story  INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
    since  INTEGER NOT NULL,
    claim  TEXT NOT NULL,
    PRIMARY KEY (story, since)
) WITHOUT ROWID;
INSERT INTO story_claims (story, since, claim) SELECT id, created, claim FROM stories WHERE claim <> '';
