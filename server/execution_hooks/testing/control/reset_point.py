"""What a store held when its server started, to which a test can go back."""

from execution_hooks.store.contents import Contents, read_contents, replace_contents
from execution_hooks.store.database import Database
from execution_hooks.testing.control.seeds.adding import MOST_ROWS


class ResetPoint:
    """Remembers what a store holds, and puts it back."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._contents: Contents = {}

    def set(self) -> None:
        """Remember what the store holds now. Raises TooMuch if it is more than a store of tests holds."""
        self._contents = read_contents(self._database, MOST_ROWS)

    def restore(self) -> None:
        """Have the store hold what it held when the point was set, and no more."""
        replace_contents(self._database, self._contents)
