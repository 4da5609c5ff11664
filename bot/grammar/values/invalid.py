"""What a value's function raises."""


class InvalidValue(ValueError):  # noqa: N818  # it is the person's, not the program's
    """The value can't be read. The message is in words for people; `hint` says what to type instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
