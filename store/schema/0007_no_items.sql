-- Version 7: a story without items has a status of its own, where it kept the one it had with its last item.
UPDATE stories SET status = 'NO ITEMS', because = 'No items yet', origins = 0, told_items = 0
WHERE items = 0 AND joined_into IS NULL AND status_by_analyst = 0;
