"""A store with news in it."""

from __future__ import annotations

import pytest

from store.database import Store
from tests.store.making import Newsroom


@pytest.fixture
def newsroom(store: Store) -> Newsroom:
    return Newsroom(store)
