"""Megabytes are masked in pieces, with the same result."""

import pytest

from bot.grammar import long_text
from bot.grammar.long_text import mask_long
from bot.grammar.secrets import mask

KEY = "-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEow\n" * 20 + "-----END RSA PRIVATE KEY-----\n"
LOG = "".join(f"line {number} password=hunter{number}\n" for number in range(50))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(LOG, id="lines"),
        pytest.param(LOG + KEY + LOG, id="a key within"),
        pytest.param(LOG + KEY[:90], id="a key that was cut"),
        pytest.param("x" * 500 + " token=" + "s" * 30, id="one line, no end"),
    ],
)
@pytest.mark.parametrize("piece", [1, 7, 64, 100_000])
def test_pieces_are_masked_as_the_whole_is(text: str, piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_text, "PIECE", piece)
    assert mask_long(text) == mask(text)
