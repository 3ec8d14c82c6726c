"""Two spellings of one address are one address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.calculations.addresses import normal_address


@pytest.mark.parametrize(
    "text",
    [
        "Kari.Hansen@Kommune.NO",
        "  kari.hansen@kommune.no\n",
        "mailto:kari.hansen@kommune.no",
        "Kari Hansen <kari.hansen@kommune.no>",
        "kari.hansen@kommune.no.",
        "kari\u200b.hansen@kommune.no",
        "ＫＡＲＩ.hansen@kommune.no",
    ],
)
def test_one_address(text: str) -> None:
    assert normal_address(text) == "kari.hansen@kommune.no"


def test_a_norwegian_domain_is_written_as_servers_write_it() -> None:
    assert normal_address("kari@Bærum.no") == normal_address("kari@xn--brum-voa.no")


@given(st.text(max_size=60))
def test_any_text_is_read_and_read_again_the_same(text: str) -> None:
    once = normal_address(text)
    assert normal_address(once) == once
