"""Greenhouse gases as CO2 equivalents: domain §2."""

from decimal import Decimal

import pytest

from emissions.calculations import GWP, co2_equivalents
from emissions.enums import GwpSet

D = Decimal
OFFICIAL = {"CO2": D(32497), "CH4": D(231), "N2O": D(1)}


def test_official_example():
    assert co2_equivalents(OFFICIAL) == 39230


def test_official_example_with_the_older_table():
    assert co2_equivalents(OFFICIAL, GwpSet.AR4) == 32497 + 231 * 25 + 298


def test_both_spellings_are_the_same_gas():
    assert co2_equivalents({"CO₂": D(32497), " CH₄ ": D(231), "N₂O": D(1)}) == 39230


def test_nothing_is_rounded():
    tonnes = D("99999999999999.999999")
    assert co2_equivalents({"SF6": tonnes, "CO2": D("0.000001")}) == D("2349999999999999999.976501")


def test_tables():
    assert GWP[GwpSet.AR5] == {
        "CO2": 1,
        "CH4": 28,
        "N2O": 265,
        "SF6": 23500,
        "HFK-134a": 1300,
        "CF4": 6630,
        "C2F6": 11100,
    }
    assert GWP[GwpSet.AR4] == {"CO2": 1, "CH4": 25, "N2O": 298, "SF6": 22800, "HFK-134a": 1430}


def test_unknown_gas_is_refused():
    with pytest.raises(ValueError, match="CF4"):
        co2_equivalents({"CF4": D(1)}, GwpSet.AR4)
    with pytest.raises(ValueError, match="HFK"):
        co2_equivalents({"HFK": D(1)})


def test_negative_tonnes_are_refused():
    with pytest.raises(ValueError, match="CH4"):
        co2_equivalents({"CO2": D(5), "CH4": D(-1)})


def test_no_gases_is_zero():
    assert co2_equivalents({}) == 0
