"""What a running command is given beside the daemon."""

from collections.abc import Callable
from dataclasses import dataclass
from time import time

from bot.blocks.reply import Reply
from bot.policy.evaluate import Allowed, Rules
from bot.policy.terms import Act, Target


@dataclass(frozen=True)
class Running:
    """`rules` are those of the asker here; `show` posts how far it is (the latest wins, once a second);
    `auth` gives the registry credentials for a domain; `full` asks for all of the output as a file;
    `now` is UTC epoch seconds.
    """

    rules: Rules
    show: Callable[[Reply], None]
    auth: Callable[[str], str]
    full: bool = False
    now: Callable[[], float] = time

    def sees(self, verb: str, target: Target) -> bool:
        """Whether the asker may see this row of a list."""
        return isinstance(self.rules.judge(Act(verb, target)), Allowed)
