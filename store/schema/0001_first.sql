-- spreadwatch's file, version 1. Every time is INTEGER milliseconds since 1970-01-01 UTC.
-- Rows that can change keep when they held (since, until), so that any earlier moment can be shown again.
-- "known" is when we knew of an item: our first sighting when it was polled; for an imported
-- archive its own time (there was no sighting of ours).

-- Who stands behind items: a registrable domain or the catalogue's key. One row for many feeds of one site.
CREATE TABLE publishers (
    id      INTEGER PRIMARY KEY,
    key     TEXT NOT NULL UNIQUE
);

-- One row per URL, polled or named by an import; what the last polls said.
CREATE TABLE feeds (
    id             INTEGER PRIMARY KEY,
    url            TEXT NOT NULL UNIQUE,
    publisher      TEXT NOT NULL DEFAULT '',
    title          TEXT NOT NULL DEFAULT '',
    polled         INTEGER NOT NULL DEFAULT 0,   -- 1: in the catalogue; 0: only named by items of an import
    muted          INTEGER NOT NULL DEFAULT 0,
    etag           BLOB,                          -- byte-exact, as the server gave it
    last_modified  BLOB,                          -- byte-exact, as the server gave it
    next_due       INTEGER,
    last_fetched   INTEGER,
    last_changed   INTEGER,                       -- last poll that brought something new
    last_status    INTEGER,                       -- HTTP status of the last poll, NULL when there was no answer
    error_kind     TEXT NOT NULL DEFAULT '',
    error_text     TEXT NOT NULL DEFAULT '',
    failures       INTEGER NOT NULL DEFAULT 0,    -- in a row
    rhythm         INTEGER NOT NULL DEFAULT 0,    -- seconds between polls as learnt, 0: not yet
    items_per_hour REAL NOT NULL DEFAULT 0,
    extra          TEXT NOT NULL DEFAULT '{}'     -- JSON: what the poller alone needs to remember
);

CREATE TABLE stories (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL DEFAULT '',
    claim       TEXT NOT NULL DEFAULT '',
    created     INTEGER NOT NULL,
    watched     INTEGER NOT NULL DEFAULT 0,
    starred     INTEGER NOT NULL DEFAULT 0,
    named_by    TEXT NOT NULL DEFAULT 'title',   -- title: its first item's; tool: by stories.naming; analyst: stays
    claim_by_analyst INTEGER NOT NULL DEFAULT 0,
    -- No foreign keys on the next two, nor on items.story: deleting a story would look through all of both.
    opposite_of INTEGER,
    opposite_since INTEGER,
    joined_into INTEGER,                         -- set when it turned out to be the same story
    joined_at   INTEGER,
    terms       TEXT NOT NULL DEFAULT '[]',      -- JSON: a watched story's words
    rated       TEXT NOT NULL DEFAULT '',        -- the analyst's Admiralty rating
    note        TEXT NOT NULL DEFAULT '',
    -- From here on: worked out from the items by store.stories.refresh, never the truth itself.
    status      TEXT NOT NULL DEFAULT 'SINGLE',
    status_by_analyst INTEGER NOT NULL DEFAULT 0,
    because     TEXT NOT NULL DEFAULT '',
    first_seen  INTEGER,
    last_seen   INTEGER,
    items       INTEGER NOT NULL DEFAULT 0,
    publishers  INTEGER NOT NULL DEFAULT 0,
    origins     INTEGER NOT NULL DEFAULT 0,
    told_items  INTEGER NOT NULL DEFAULT 0,      -- how many items it had when it was last told in full
    stale       INTEGER NOT NULL DEFAULT 0,      -- 1: its items changed since then
    fresh       INTEGER NOT NULL DEFAULT 0,      -- items since the analyst last opened it
    activity    REAL NOT NULL DEFAULT 0,         -- sort key "most active first"; see store.placing
    shown       INTEGER NOT NULL DEFAULT 0       -- 1: on the Stories screen (two publishers, or watched)
);
-- Stories screen, most active first: read in this order, no sorting, no scan of the SINGLE ones.
CREATE INDEX stories_shown ON stories (activity DESC) WHERE shown = 1;
CREATE INDEX stories_watched ON stories (activity DESC) WHERE watched = 1;
CREATE INDEX stories_starred ON stories (activity DESC) WHERE starred = 1;
CREATE INDEX stories_all ON stories (activity DESC) WHERE items > 0;
CREATE INDEX stories_named ON stories (name) WHERE shown = 1;
CREATE INDEX stories_stale ON stories (id) WHERE stale = 1;
CREATE INDEX stories_joined ON stories (joined_into) WHERE joined_into IS NOT NULL;
CREATE INDEX stories_opposite ON stories (opposite_of) WHERE opposite_of IS NOT NULL;

-- Every name a story had; the row with the greatest since is the current one.
CREATE TABLE story_names (
    story  INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
    since  INTEGER NOT NULL,
    name   TEXT NOT NULL,
    PRIMARY KEY (story, since)
) WITHOUT ROWID;

-- How many items each publisher has in a story: "carried by 12" without reading its items.
CREATE TABLE story_publishers (
    story     INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
    publisher INTEGER NOT NULL REFERENCES publishers(id),
    items     INTEGER NOT NULL,
    PRIMARY KEY (story, publisher)
) WITHOUT ROWID;

-- Append-only: every change of a story's status as it was shown, with its reason.
CREATE TABLE status_events (
    id      INTEGER PRIMARY KEY,
    story   INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
    at      INTEGER NOT NULL,
    status  TEXT NOT NULL,
    because TEXT NOT NULL,
    item    INTEGER NOT NULL DEFAULT 0,
    name    TEXT NOT NULL DEFAULT '',
    items   INTEGER NOT NULL DEFAULT 0,
    publishers INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX status_events_story ON status_events (story, at);

-- One entry as published, its present text. The number is the order of arrival.
CREATE TABLE items (
    id         INTEGER PRIMARY KEY,
    guid       TEXT NOT NULL,
    publisher  INTEGER NOT NULL REFERENCES publishers(id),
    feed       INTEGER REFERENCES feeds(id),     -- where it was first seen; NULL when imported without one
    story      INTEGER,                          -- its present story, as in memberships; NULL when dismissed
    effective  INTEGER NOT NULL,                 -- min(published, first_seen); see stories.item
    published  INTEGER,                          -- the feed's word, NULL when undated
    first_seen INTEGER NOT NULL,
    known      INTEGER NOT NULL,
    flags      INTEGER NOT NULL DEFAULT 0,       -- 1 undated, 2 future, 4 corrected
    revised    INTEGER NOT NULL DEFAULT 0,       -- how many revisions are kept
    read       INTEGER NOT NULL DEFAULT 0,
    starred    INTEGER NOT NULL DEFAULT 0,
    dismissed  INTEGER NOT NULL DEFAULT 0,
    decided    INTEGER NOT NULL DEFAULT 0,       -- 1: the analyst placed it; grouping leaves it there
    stance     TEXT,                             -- what it leads with, NULL for none
    lang       TEXT NOT NULL DEFAULT '',
    keys       BLOB NOT NULL DEFAULT x'',        -- its rows of item_keys, one after the other: no second index
    link       TEXT NOT NULL DEFAULT '',
    title      TEXT NOT NULL,
    summary    TEXT NOT NULL DEFAULT '',
    links      TEXT NOT NULL DEFAULT '',         -- JSON [[href, text], …], '' for none
    body       TEXT NOT NULL DEFAULT ''          -- last, so that lists never touch its overflow pages
);
-- Every id in order, without the texts that lie beside it in the table: 10 bytes an item read, not 3,000.
CREATE INDEX items_newest ON items (id);
-- Triage: what waits, newest first. Partial, so its size is the queue's, not the store's; the tested columns are
-- in the index too, since SQLite looks at them again and would read the item for it.
CREATE INDEX items_waiting ON items (id, decided, read, dismissed) WHERE decided = 0 AND read = 0 AND dismissed = 0;
CREATE INDEX items_unread ON items (id, read) WHERE read = 0;
CREATE INDEX items_starred ON items (id, starred) WHERE starred = 1;
CREATE INDEX items_dismissed ON items (id, dismissed) WHERE dismissed = 1;
CREATE INDEX items_stance ON items (stance, id) WHERE stance IS NOT NULL;
CREATE INDEX items_publisher ON items (publisher, id);
CREATE INDEX items_feed ON items (feed, id);
-- Retention (old items in no story of substance) and as-of lists.
CREATE INDEX items_known ON items (known);

-- Words of items. External content: the text is stored once, in items. Diacritics are folded, so that
-- "Erdogan" finds "Erdoğan". Only a changed text is indexed anew, not an item that is marked as read.
CREATE VIRTUAL TABLE items_fts USING fts5 (
    title, summary, body, content = 'items', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER items_indexed AFTER INSERT ON items BEGIN
    INSERT INTO items_fts (rowid, title, summary, body) VALUES (NEW.id, NEW.title, NEW.summary, NEW.body);
END;
CREATE TRIGGER items_unindexed AFTER DELETE ON items BEGIN
    INSERT INTO items_fts (items_fts, rowid, title, summary, body)
        VALUES ('delete', OLD.id, OLD.title, OLD.summary, OLD.body);
END;
CREATE TRIGGER items_reindexed AFTER UPDATE OF title, summary, body ON items BEGIN
    INSERT INTO items_fts (items_fts, rowid, title, summary, body)
        VALUES ('delete', OLD.id, OLD.title, OLD.summary, OLD.body);
    INSERT INTO items_fts (rowid, title, summary, body) VALUES (NEW.id, NEW.title, NEW.summary, NEW.body);
END;

-- How an entry is recognised when it comes again: the digests of feeds.identity. Many keys to an item,
-- and now and then one key to several items (a feed that uses one GUID twice).
-- No foreign key: an item's own keys column says which rows are its, and deleting needs no second index.
CREATE TABLE item_keys (
    key   BLOB NOT NULL,
    item  INTEGER NOT NULL,
    PRIMARY KEY (key, item)
) WITHOUT ROWID;

-- The feeds an item was seen in besides its first, and when.
CREATE TABLE sightings (
    item  INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE,
    feed  INTEGER NOT NULL REFERENCES feeds(id),
    at    INTEGER NOT NULL,
    PRIMARY KEY (item, feed)
) WITHOUT ROWID;

-- An item's earlier texts; each held until a feed silently edited it.
CREATE TABLE revisions (
    item    INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE,
    until   INTEGER NOT NULL,
    title   TEXT NOT NULL,
    summary TEXT NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (item, until)
) WITHOUT ROWID;

-- Which item belongs to which story, from when until when. Clustered by story: its items lie together.
CREATE TABLE memberships (
    story INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
    item  INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE,
    since INTEGER NOT NULL,
    until INTEGER,                       -- NULL: still
    decision INTEGER,                    -- the decision that put it there; NULL: grouping did
    PRIMARY KEY (story, item, since)
) WITHOUT ROWID;
CREATE INDEX memberships_item ON memberships (item, until);
-- A story's newest items and its sparkline: a range of this index, however long the story is.
CREATE INDEX memberships_recent ON memberships (story, since) WHERE until IS NULL;

-- Why grouping put an item where it did: what Triage shows beside it.
CREATE TABLE proposals (
    item       INTEGER PRIMARY KEY REFERENCES items(id) ON DELETE CASCADE,
    score      REAL NOT NULL,
    why        TEXT NOT NULL,            -- JSON list of plain phrases
    runners_up TEXT NOT NULL DEFAULT ''  -- JSON [[story, score], …], '' for none
);

-- What items say. since/until are NULL unless the item was revised or read again.
-- A span is "title:12:40": which text, and characters from and to (exclusive).
CREATE TABLE statements (
    id           INTEGER PRIMARY KEY,
    item         INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE,
    since        INTEGER,
    until        INTEGER,
    stance       TEXT NOT NULL,
    party        TEXT NOT NULL DEFAULT '',
    speaker      TEXT NOT NULL DEFAULT '',
    affiliation  TEXT NOT NULL DEFAULT '',
    voice        TEXT NOT NULL,
    span         TEXT NOT NULL,
    words        TEXT NOT NULL,
    cue          TEXT NOT NULL,
    speaker_span TEXT,
    proposition  TEXT NOT NULL DEFAULT '',
    via          TEXT NOT NULL DEFAULT ''  -- JSON list, '' for none
);
CREATE INDEX statements_item ON statements (item);

CREATE TABLE claims (
    item      INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE,
    place     INTEGER NOT NULL,          -- order of standing: headline first
    since     INTEGER NOT NULL DEFAULT 0,
    until     INTEGER,
    actor     TEXT NOT NULL,
    action    TEXT NOT NULL,
    recipient TEXT NOT NULL,
    object    TEXT NOT NULL,
    span      TEXT,
    PRIMARY KEY (item, place, since)
) WITHOUT ROWID;

CREATE TABLE citations (
    item     INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE,
    place    INTEGER NOT NULL,
    since    INTEGER NOT NULL DEFAULT 0,
    until    INTEGER,
    source   TEXT NOT NULL,
    kind     TEXT NOT NULL,
    words    TEXT NOT NULL,
    span     TEXT,
    href     TEXT NOT NULL DEFAULT '',
    cited_by TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (item, place, since)
) WITHOUT ROWID;

-- An item whose text is (nearly) another's.
CREATE TABLE copies (
    item        INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE,
    of          INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE,
    containment REAL NOT NULL,
    kind        TEXT NOT NULL,
    PRIMARY KEY (item, of)
) WITHOUT ROWID;
CREATE INDEX copies_of ON copies (of);

-- Grouping's memory, so that a collector starts in about a second. Only items of the active window.
CREATE TABLE features (
    item   INTEGER PRIMARY KEY REFERENCES items(id) ON DELETE CASCADE,
    at     INTEGER NOT NULL,
    packed BLOB NOT NULL
);
CREATE INDEX features_at ON features (at);
CREATE TABLE vocabulary (
    term  TEXT PRIMARY KEY,
    items INTEGER NOT NULL               -- in how many items it stood
) WITHOUT ROWID;

-- Append-only: every act of an analyst. Nothing here is ever updated or deleted.
CREATE TABLE decisions (
    id      INTEGER PRIMARY KEY,
    uid     TEXT NOT NULL UNIQUE,        -- the same on every machine it is imported to
    at      INTEGER NOT NULL,
    by      TEXT NOT NULL,
    act     TEXT NOT NULL,
    items   TEXT NOT NULL DEFAULT '[]',  -- JSON list of item numbers
    story   INTEGER,
    details TEXT NOT NULL DEFAULT '{}',  -- JSON object of strings
    undoes  INTEGER REFERENCES decisions(id),
    before  TEXT NOT NULL DEFAULT '{}'   -- JSON: what it changed, as it was, for undo
);
CREATE INDEX decisions_undoes ON decisions (undoes) WHERE undoes IS NOT NULL;
-- Which decisions placed an item: what its constraints are worked out from.
CREATE TABLE decision_items (
    item     INTEGER NOT NULL,
    decision INTEGER NOT NULL REFERENCES decisions(id),
    PRIMARY KEY (item, decision)
) WITHOUT ROWID;
CREATE INDEX decision_items_decision ON decision_items (decision);
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_remain BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

-- What the analyst's decisions in force demand of grouping; rebuilt from them, indexed for take-in.
CREATE TABLE constraints (
    item     INTEGER NOT NULL,
    story    INTEGER NOT NULL,
    must     INTEGER NOT NULL,           -- 1: belongs there; 0: must never be there
    decision INTEGER NOT NULL REFERENCES decisions(id),
    PRIMARY KEY (item, story)
) WITHOUT ROWID;
CREATE INDEX constraints_story ON constraints (story);

-- What screens ask of the collector: poll now, add a feed, regroup.
CREATE TABLE requests (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    act     TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    taken   INTEGER,
    outcome TEXT NOT NULL DEFAULT ''
);
CREATE INDEX requests_open ON requests (id) WHERE taken IS NULL;

-- When each screen was last looked at, and the newest item there was.
CREATE TABLE looks (
    screen TEXT PRIMARY KEY,
    at     INTEGER NOT NULL,
    item   INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Small facts the collector shows: when it last breathed, its trouble, what time it is for it.
CREATE TABLE state (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Counts a screen shows at once, kept by the triggers below: counting a million rows costs 20 ms a frame.
CREATE TABLE tallies (
    name TEXT PRIMARY KEY,
    n    INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO tallies (name, n) VALUES ('items', 0), ('waiting', 0), ('shown', 0);
CREATE TRIGGER items_counted AFTER INSERT ON items BEGIN
    UPDATE tallies SET n = n + 1 WHERE name = 'items';
    UPDATE tallies SET n = n + 1 WHERE name = 'waiting' AND NEW.decided = 0 AND NEW.read = 0 AND NEW.dismissed = 0;
END;
CREATE TRIGGER items_uncounted AFTER DELETE ON items BEGIN
    UPDATE tallies SET n = n - 1 WHERE name = 'items';
    UPDATE tallies SET n = n - 1 WHERE name = 'waiting' AND OLD.decided = 0 AND OLD.read = 0 AND OLD.dismissed = 0;
END;
CREATE TRIGGER items_recounted AFTER UPDATE OF decided, read, dismissed ON items BEGIN
    UPDATE tallies SET n = n
        + (NEW.decided = 0 AND NEW.read = 0 AND NEW.dismissed = 0)
        - (OLD.decided = 0 AND OLD.read = 0 AND OLD.dismissed = 0) WHERE name = 'waiting';
END;
CREATE TRIGGER stories_counted AFTER UPDATE OF shown ON stories WHEN NEW.shown <> OLD.shown BEGIN
    UPDATE tallies SET n = n + NEW.shown - OLD.shown WHERE name = 'shown';
END;
CREATE TRIGGER stories_counted_new AFTER INSERT ON stories WHEN NEW.shown = 1 BEGIN
    UPDATE tallies SET n = n + 1 WHERE name = 'shown';
END;
CREATE TRIGGER stories_uncounted AFTER DELETE ON stories WHEN OLD.shown = 1 BEGIN
    UPDATE tallies SET n = n - 1 WHERE name = 'shown';
END;
