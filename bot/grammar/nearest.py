"""The word that somebody probably meant."""

from collections.abc import Iterable, Mapping

MAX_LENGTH = 64  # characters of a word that are compared


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate fewest typing slips away from the word, or None where none is near.

    A slip is a letter added, lost, changed, or swapped with its neighbour; about one in three letters may
    be a slip. A candidate that begins with the word (three letters or more) is near too. Case is ignored.
    Of two equally near it is the first in the alphabet.
    """
    typed = word.casefold()[:MAX_LENGTH]
    places = _places(typed)
    named = [(each.casefold()[:MAX_LENGTH], each) for each in sorted(set(candidates))]
    found, fewest = None, 2 * MAX_LENGTH
    for name, each in named:
        most = min(fewest - 1, max(1, min(len(typed), len(name)) // 3))
        if abs(len(name) - len(typed)) <= most:
            slips = _slips(places, len(typed), name)
            if slips <= most:
                found, fewest = each, slips
    if found is not None or len(typed) < 3:
        return found
    begun = [(len(name), each) for name, each in named if name.startswith(typed)]
    return min(begun)[1] if begun else None


def _places(word: str) -> Mapping[str, int]:
    """For each letter a bit set of where it stands in the word."""
    return {letter: sum(1 << at for at, each in enumerate(word) if each == letter) for letter in set(word)}


def _slips(places: Mapping[str, int], length: int, name: str) -> int:
    """The optimal string alignment distance of the name and a word of that many letters at those places.

    A column of the table is worked out at once, as bits: H. Hyyrö, A bit-vector algorithm for computing
    Levenshtein and Damerau edit distances (2003). Among thousands of names, this is what makes it quick.
    """
    if not length:
        return len(name)
    everywhere, last = (1 << length) - 1, 1 << (length - 1)
    up, down, diagonal, before, slips = everywhere, 0, 0, 0, length
    for letter in name:
        here = places.get(letter, 0)
        swapped = ((~diagonal & here) << 1) & before
        diagonal = (((here & up) + up) ^ up) | here | down | swapped
        more, fewer = down | ~(diagonal | up), diagonal & up
        slips += bool(more & last) - bool(fewer & last)
        more = more << 1 | 1
        up, down = (fewer << 1 | ~(diagonal | more)) & everywhere, more & diagonal & everywhere
        before = here
    return slips
