"""The database of a test process, which goes back to how it was before each test."""

import shutil
from pathlib import Path

from tests import postgres

BARE, OPEN = "bare", "open"  # the states a database goes back to: migrated, or with the cast in it


class TestDatabase:
    """One database of one engine that goes back to a state it was kept in."""

    __test__ = False

    def __init__(self, engine: str, folder: Path, name: str) -> None:
        self.engine, self.folder, self.name = engine, folder, name
        self.file = folder / "pasar.db"

    @property
    def url(self) -> str:
        """Where the app finds it."""
        return f"sqlite:///{self.file}" if self.engine == "sqlite" else postgres.url_of(self.name)

    def create(self) -> None:
        """An empty database, before it is migrated and kept."""
        if self.engine == "postgresql":
            _clone(self.name)

    def keep(self, state: str) -> None:
        """Keep it as it is now under this name; nobody may be connected."""
        if self.engine == "postgresql":
            _clone(f"{state}_{self.name}", self.name)
        else:
            shutil.copy(self.file, self.folder / state)

    def reset(self, state: str) -> None:
        """Back to what was kept under this name."""
        if self.engine == "postgresql":
            _clone(self.name, f"{state}_{self.name}")
            return
        for leftover in (self.folder / "pasar.db-wal", self.folder / "pasar.db-shm"):
            leftover.unlink(missing_ok=True)
        shutil.copy(self.folder / state, self.file)


def _clone(name: str, *template: str) -> None:
    """In the place of what has this name: a run may come back to an engine."""
    postgres.drop(name)
    postgres.clone(name, *template)
