-- New items are put into the search index by store.intake, a batch at a time. As a trigger for each row it took
-- three times as long: FTS5 writes what it has gathered to disk at the savepoint that every trigger makes.
DROP TRIGGER items_indexed;
