"""The one error an unreadable file gives."""


class UnreadableFile(ValueError):
    """The file cannot be imported; `str()` is one Norwegian sentence or two that say what to do.

    `code` is stable and meant for logs, JSON and tests; the sentence is meant for people. `headers` are
    those of the row that looked most like a header, where somebody may say what they mean.
    """

    def __init__(self, code: str, sentence: str, headers: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.code = code
        self.headers = headers
