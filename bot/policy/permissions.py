"""permissions.yml as it stands on the disk: reread when it changes, the last good one kept."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from bot.policy.compile import compile_file
from bot.policy.evaluate import Policy
from bot.policy.lint import errors
from bot.policy.model import PolicyError, parse
from bot.policy.selftest import check_tests

_SETTLED = 100_000_000  # ns; a file touched later than this before reading may change again unseen

_MOST = 10  # problems told at once
_CUT = (
    "the file is the last good one without its end, and would allow more: it looks cut short. "
    "If it is meant so, change it elsewhere too: a comment will do"
)


@dataclass(frozen=True, slots=True)
class Change:
    """What to tell the admins: a new file was taken, or why it was not."""

    taken: bool
    message: str


def load_checked(text: str) -> Policy:
    """The policy of a file that lints without errors and passes its own tests. Raises PolicyError."""
    file = parse(text)
    wrong = [str(finding) for finding in errors(file)] or [str(failure) for failure in check_tests(file)]
    if wrong:
        raise PolicyError(wrong)
    return compile_file(file)


class Permissions:
    """The policy of one file. Before there ever was a good one, everything is denied, with the reason.

    `policy` is the last good one; `problem` says what is wrong with the file now, None where nothing is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem: str | None = None
        self.policy = Policy(closed="the permission list has not been read")
        self._read: tuple[int, ...] = ()  # what the file looked like when it was read
        self._text: str | None = None
        self._good = ""  # the text of `policy`
        self.refresh()

    def refresh(self) -> Change | None:
        """Reread the file if it changed. What the admins should be told, once for each change or problem.

        Cheap where nothing changed (one stat). Never raises: a file that is missing, broken, cut or fails its
        own tests leaves the last good policy. So does one that is the last good file cut at the end of a
        line, where that would allow more.
        """
        try:
            stat = self.path.stat()
            looks = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino, stat.st_dev)
            if looks == self._read:
                return None
            text = self.path.read_bytes().decode()
        except (OSError, ValueError) as error:
            self._read, self._text = (), None
            return self._refuse(_unreadable(error))
        # A later write within the clock's grain would look the same: then look again at the next call.
        self._read = looks if time.time_ns() - max(looks[:2]) > _SETTLED else ()
        if text == self._text:
            return None
        self._text = text
        try:
            policy = load_checked(text)
        except PolicyError as error:
            return self._refuse(str(error))
        if self._good.startswith(text) and _allows_more(policy, self.policy):
            return self._refuse(_CUT)
        return self._take(policy, text)

    def _take(self, policy: Policy, text: str) -> Change:
        self.policy, self.problem, self._good = policy, None, text
        rules = len(policy.rules)
        return Change(True, f"{self.path.name} is in force: {rules} rule{'' if rules == 1 else 's'}.")

    def _refuse(self, problem: str) -> Change | None:
        if problem == self.problem:
            return None
        self.problem = problem
        if self.policy.closed is not None:
            self.policy = Policy(closed=f"nobody may do anything: {self.path.name} can't be used")
            stays = "There is no earlier one, so nobody may do anything."
        else:
            stays = "The last good one stays in force."
        return Change(False, f"{self.path.name} was not taken. {stays}\n{_first_lines(problem)}")


def _allows_more(cut: Policy, whole: Policy) -> bool:
    """Whether a policy cut from a whole one differs by more than allow rules that are gone."""
    kept = len(cut.rules)
    return cut.rules != whole.rules[:kept] or not all(rule.allows for rule in whole.rules[kept:])


def _first_lines(problem: str) -> str:
    first, rest = problem.splitlines()[:_MOST], problem.splitlines()[_MOST:]
    return "\n".join(first + ([f"and {len(rest)} more; `dockwarden policy test` shows all"] if rest else []))


def _unreadable(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "the file is missing"
    if isinstance(error, UnicodeDecodeError):
        return f"the file is not UTF-8 text (byte {error.start})"
    errno = error.errno if isinstance(error, OSError) else None
    return f"the file can't be read: {os.strerror(errno) if errno else error}"
