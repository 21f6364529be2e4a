-- Version 3: what servers answered, byte for byte, for stories that somebody watches or starred.

-- One row for each different answer, named by the hash that retrievals hold. Bounded: the oldest go first.
CREATE TABLE responses (
    id      INTEGER PRIMARY KEY,
    sha256  TEXT NOT NULL UNIQUE,
    at      INTEGER NOT NULL,            -- when it was first kept
    packed  BLOB NOT NULL                -- zlib; feeds shrink to a fifth
);
CREATE INDEX responses_at ON responses (at);
