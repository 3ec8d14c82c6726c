"""The one error an unreadable file gives."""


class UnreadableFile(ValueError):
    """The file cannot be imported; `str()` is one Norwegian sentence or two that say what to do.

    `code` is stable and meant for logs, JSON and tests; the sentence is meant for people.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class UnreadableCell(UnreadableFile):
    """One row or cell cannot be read; the sentence names the row and, for a cell, the column."""
