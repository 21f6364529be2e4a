-- Version 8: a story begins when its first item was known, where it began with the one that an archive happened to give first.
UPDATE stories SET created = (SELECT min(since) FROM memberships WHERE story = stories.id)
WHERE created > (SELECT min(since) FROM memberships WHERE story = stories.id);
