"""The bounds that keep a person's template from taking the bot down."""

from dataclasses import dataclass

from bot.format.template.values import TemplateError

MAX_TEXT = 1 << 20  # characters that a template may write, and that one call may return
MAX_WORK = 1_000_000  # nodes walked and characters handled, together
ROW_WORK = 20_000  # that much more of both for every row of a listing


@dataclass
class Budget:
    """What executions that share it may still do: steps and characters handled, characters written."""

    work: int = MAX_WORK
    output: int = MAX_TEXT

    @classmethod
    def for_rows(cls, rows: int) -> "Budget":
        """Enough for a listing of so many rows."""
        return cls(MAX_WORK + rows * ROW_WORK, MAX_TEXT + rows * ROW_WORK)

    def spend(self, amount: int) -> None:
        """Take `amount` of the work.

        Raises:
            TemplateError: there is not so much left.
        """
        self.work -= amount
        if self.work < 0:
            raise TemplateError("template: the template does too much")

    def write(self, amount: int) -> None:
        """Take `amount` characters of the output.

        Raises:
            TemplateError: there are not so many left.
        """
        self.output -= amount
        if self.output < 0:
            raise TemplateError("template: the output is too long")
