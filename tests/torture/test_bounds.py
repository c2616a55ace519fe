"""What is compared has a bound, whatever stands in a cell; and unequal texts stay unequal."""

from __future__ import annotations

import time

import pytest

from xlplugin.cells import LONGEST_COMPARED, at_once, plain

ENDLESS = {
    "marks": "a" + chr(0x301) * 30_000,
    "marks of two kinds": "a" + (chr(0x301) + chr(0x316)) * 15_000,
    "signs that grow": chr(0xFDFA) * 30_000,
    "blanks": "年度" + " " * 30_000 + "投资",
    "wide digits": "９" * 30_000,
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_a_text_without_end_is_compared_by_its_beginning(text):
    """A hundred of them in half a second: it took CPython 100 s to put one column's marks in order."""
    many = [f"{text}{number}" for number in range(100)]
    begun = time.process_time()
    folded = [plain(each) for each in many]
    assert time.process_time() - begun < 0.5
    assert max(map(len, folded)) < LONGEST_COMPARED + 20
    assert len(set(folded)) == len(many)
    assert at_once(plain, many) == folded


def test_what_grows_only_when_folded():
    texts = [chr(0xFDFA) * (LONGEST_COMPARED - 1) + str(number) for number in range(2)]
    assert at_once(plain, texts) == [plain(text) for text in texts]
    assert len(set(map(plain, texts))) == 2
