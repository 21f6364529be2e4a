-- Version 4: articles that were read behind an item's link, so that its body stands as evidence.

-- One row an item: the last attempt. The text is the item's body, until a feed gives it another.
CREATE TABLE articles (
    item        INTEGER PRIMARY KEY REFERENCES items(id) ON DELETE CASCADE,
    at          INTEGER NOT NULL,            -- when it was asked for
    url         TEXT NOT NULL DEFAULT '',    -- where the last redirect led
    text_sha256 TEXT NOT NULL DEFAULT '',    -- of the extracted text as it was stored, UTF-8, hexadecimal
    page_sha256 TEXT NOT NULL DEFAULT '',    -- of the page's bytes as they were received, hexadecimal
    extractor   TEXT NOT NULL DEFAULT '',    -- what took the text out of the page, with its version
    trouble     TEXT NOT NULL DEFAULT ''     -- why there is none; '' when there is
);
