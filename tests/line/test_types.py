"""What a type says holds at run time, and a slip of the pen is refused before anything runs."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import get_args, get_type_hints

import pytest

from xlplugin.bulletin.wording import PARAGRAPHS, ParagraphKey
from xlplugin.schema import PARAMETERS, Parameter, Parameters
from xlplugin.schema.model import Kind
from xlplugin.settings import value

TYPES: dict[Kind, object] = {
    "text": str,
    "choice": str,
    "date": dt.date | None,
    "share": Fraction,
    "points": Fraction,
    "number": Fraction,
    "count": int,
    "flag": bool,
    "list": tuple[str, ...],
    "month_day": tuple[int, int] | None,
}


@pytest.mark.parametrize("parameter", PARAMETERS, ids=[each.key for each in PARAMETERS])
def test_a_parameter_is_read_as_its_fields_type(parameter: Parameter) -> None:
    declared = get_type_hints(Parameters)[parameter.key]
    if parameter.key == "as_of":  # never without: reading stops there
        assert declared is dt.date
        return
    assert declared == TYPES[parameter.kind]
    for typed in (parameter.default, parameter.example):
        if typed:
            kept = value(parameter, typed)
            assert type(kept) in (declared, *get_args(declared), tuple)


def test_every_paragraphs_key_is_one_that_may_be_spelled() -> None:
    assert get_args(ParagraphKey) == tuple(paragraph.key for paragraph in PARAGRAPHS)
