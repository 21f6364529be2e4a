-- Version 6: stories that look like two: what grouping suggests, and of how many items it was when it was looked at.
-- A suggestion only: nothing moves until an analyst splits the story.
CREATE TABLE splits (
    story INTEGER PRIMARY KEY REFERENCES stories(id) ON DELETE CASCADE,
    at    INTEGER NOT NULL,
    of    INTEGER NOT NULL,
    items TEXT NOT NULL      -- JSON list of item numbers; [] when it holds together
);
