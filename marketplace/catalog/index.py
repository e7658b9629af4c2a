"""The search index of whichever engine serves: documents read, replaced, found; the vocabulary counted with them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType

from marketplace.catalog import search_postgresql, search_sqlite
from marketplace.catalog.documents import Document
from marketplace.db import db

_ENGINES: Mapping[str, ModuleType] = {"sqlite": search_sqlite, "postgresql": search_postgresql}


def engine() -> ModuleType:
    """The module of the database that serves: found, render, read, remove, add, clear, finish."""
    return _ENGINES[db.engine.dialect.name]


def replace(ids: Sequence[int], documents: Mapping[int, Document]) -> Counter[str]:
    """Let the index hold these documents of these products; returns how the vocabulary moves. Call inside writing()."""
    before: dict[int, Document] = engine().read(ids)
    gone = {id: old for id, old in before.items() if not _same(documents.get(id), old)}
    new = {id: document for id, document in documents.items() if not _same(before.get(id), document)}
    engine().remove(gone)
    engine().add(new)
    moves = _words(new.values())
    moves.subtract(_words(gone.values()))
    return moves


def add(documents: Mapping[int, Document]) -> Counter[str]:
    """Put documents into an index that holds none of these products; returns the words of the vocabulary."""
    engine().add(documents)
    return _words(documents.values())


def _same(one: Document | None, other: Document) -> bool:
    """Whether two documents are one; a tsvector gives its tokens back in an order of its own."""
    return one is not None and one.rank == other.rank and set(one.tokens) == set(other.tokens)


def _words(documents: Iterable[Document]) -> Counter[str]:
    return Counter(word for document in documents for word in set(document.words))
