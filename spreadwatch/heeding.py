"""Telling the grouper what analysts decided, in screens and on the command line, since it last looked."""

from __future__ import annotations

from store import constraints, items, log, placing
from store.database import Store
from store.watched import watched
from stories.decision import Act, Decision
from stories.grouping import Grouper


class Heeding:
    """Remembers up to which decision the grouper has been told."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._told = 0

    def start(self) -> None:
        """The grouper was just restored from the file, so it knows all decisions there are."""
        self._told = log.last_id(self._store)

    def heed(self, grouper: Grouper) -> int:
        """Tell the grouper what is new; gives how many decisions that were."""
        fresh = log.since(self._store, self._told)
        for decision in fresh:
            self._tell(grouper, decision)
            self._told = decision.id
        return len(fresh)

    def may_join(self, stays: int, goes: int) -> bool:
        """Whether no decision holds two stories apart."""
        return constraints.may_join(self._store, stays, goes)

    def _tell(self, grouper: Grouper, decision: Decision) -> None:
        if decision.act in log.FLAGS_ONLY:
            return
        target = self._reversed(decision)
        if target.act is Act.JOIN and target is decision and decision.story is not None:
            grouper.join(decision.story, int(decision.details["other"]))
        if target.act is Act.RENAME and target.story is not None:
            grouper.fix(target.story)
        if target.act in (Act.WATCH, Act.UNWATCH) and target.story is not None:
            self._watch(grouper, target.story)
        # Where the items are now is what counts: a later decision may have moved them again.
        for row in items.rows(self._store, target.items):
            grouper.move(
                row.id, None if row.story_id is None else placing.resolved(self._store, row.story_id)
            )
        for demand in constraints.of_items(self._store, target.items):
            if not demand.must:
                grouper.forbid(demand.item, demand.story)

    def _watch(self, grouper: Grouper, story: int) -> None:
        """Has the grouper watch a story as it stands in the file now, so that no restart is needed."""
        held = next((each for each in watched(self._store) if each.id == story), None)
        if held is None:
            grouper.unwatch(story)
        else:
            grouper.watch(held.id, held.name, held.claim)

    def _reversed(self, decision: Decision) -> Decision:
        """The decision that an undo or redo is about, else itself."""
        while decision.undoes is not None:
            earlier = log.get(self._store, decision.undoes)
            if earlier is None:
                break
            decision = earlier
        return decision
