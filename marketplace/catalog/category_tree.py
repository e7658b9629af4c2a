"""The category tree as visitors walk through it: only what holds goods is shown."""

from dataclasses import dataclass, field

from marketplace.catalog.queries import categories
from marketplace.reading import Query

_CATEGORIES = Query(categories())


@dataclass(eq=False)
class Branch:
    """A category with its children; `is_live` when goods stand on it or below it."""

    id: int
    slug: str
    name: str
    name_en: str
    is_stocked: bool
    photo: str | None
    parent: "Branch | None" = field(default=None, repr=False)
    children: list["Branch"] = field(default_factory=list)

    @property
    def is_live(self) -> bool:
        """Whether a visitor finds goods here."""
        return self.is_stocked or any(child.is_stocked for child in self.children)

    @property
    def live_children(self) -> list["Branch"]:
        """The categories below that hold goods."""
        return [child for child in self.children if child.is_stocked]

    @property
    def picture(self) -> str | None:
        """The digest of a photo from here or from below."""
        return next((branch.photo for branch in (self, *self.children) if branch.photo), None)

    @property
    def category_ids(self) -> list[int]:
        """What a list of this category holds: its own goods and those below."""
        return [self.id, *(child.id for child in self.children)]


def category_tree() -> dict[str, Branch]:
    """Every branch by slug, in the order of the city's data; one query."""
    by_id: dict[int, Branch] = {}
    for row in _CATEGORIES.all():
        parent = by_id.get(row.parent_id)
        branch = Branch(row.id, row.slug, row.name, row.name_en, row.is_stocked, row.photo, parent)
        by_id[row.id] = branch
        if parent:
            parent.children.append(branch)
    return {branch.slug: branch for branch in by_id.values()}


def live_tops(tree: dict[str, Branch]) -> list[Branch]:
    """The topmost categories that hold goods, their own or those below."""
    return [branch for branch in tree.values() if branch.parent is None and branch.is_live]
