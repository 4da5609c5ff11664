"""The word that somebody probably meant."""

from collections.abc import Iterable


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate fewest typing slips away from the word, or None where none is near.

    A slip is a letter added, lost, changed, or swapped with its neighbour; about one in three letters may
    be a slip. A candidate that begins with the word (three letters or more) is near too. Case is ignored.
    """
    typed = word.casefold()[:64]
    ranked = sorted((_slips(typed, each.casefold()[:64]), each) for each in set(candidates))
    for slips, each in ranked:
        if slips <= max(1, min(len(typed), len(each)) // 3):
            return each
    if len(typed) < 3:
        return None
    return next((each for _, each in ranked if each.casefold().startswith(typed)), None)


def _slips(one: str, other: str) -> int:
    """The optimal string alignment distance."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
