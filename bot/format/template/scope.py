"""The variables of a template that is run (Go's text/template/exec.go keeps them as a stack, too)."""

from bot.format.template.budget import Budget


class Scope:
    """Variables in the order of their declaration: of several with one name, the last is meant."""

    def __init__(self, data: object, budget: Budget) -> None:
        self.held: list[tuple[str, object]] = [("$", data)]
        self.budget = budget

    def __len__(self) -> int:
        return len(self.held)

    def declare(self, name: str, value: object) -> None:
        """A new variable, that may hide an older one."""
        self.held.append((name, value))

    def forget(self, known: int) -> None:
        """Drop all but the first `known` variables: those of a block that has ended."""
        del self.held[known:]

    def assign(self, name: str, value: object) -> None:
        """Give the variable another value. Raises KeyError where there is none of that name."""
        self.held[self._place(name)] = (name, value)

    def value(self, name: str) -> object:
        """The variable's value. Raises KeyError where there is none of that name."""
        return self.held[self._place(name)][1]

    def _place(self, name: str) -> int:
        """Where it stands. Looking past others is work: hundreds of them may stand there."""
        for at in range(len(self.held) - 1, -1, -1):
            if self.held[at][0] == name:
                self.budget.spend(len(self.held) - 1 - at)
                return at
        raise KeyError(name)
