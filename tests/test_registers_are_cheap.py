"""A register with its list, its form and its files costs at most 500 lines: two of them, counted."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MOST_LINES = 500
LAYERS = ("views", "forms", "importers", "exports", "actions", "words", "queries", "calculations", "rules")
# Every file of the register but its models, whose lines are constraints, and templates of its own.
REGISTERS = {
    "emissions/population": (
        "actions/population.py",
        "forms/population.py",
        "importers/population.py",
        "queries/population.py",
        "views/population.py",
        "words/population.py",
        "words/population_columns.py",
    ),
    "reporting/money": (
        "actions/money.py",
        "forms/money.py",
        "importers/money.py",
        "queries/money.py",
        "views/money.py",
        "views/money_import.py",
        "words/money_columns.py",
    ),
}


def files_of(register: str) -> list[str]:
    """The files of the room's layers that are named after what the register is of."""
    room, noun = register.split("/")
    return sorted(
        f"{layer}/{file.name}"
        for layer in LAYERS
        for file in (ROOT / room / layer).glob("*.py")
        if noun in file.stem.split("_")
    )


@pytest.mark.parametrize("register", REGISTERS)
def test_a_register_costs_at_most_500_lines(register: str) -> None:
    named = REGISTERS[register]
    assert files_of(register) == sorted(named), "every file of the noun is counted"
    room = ROOT / register.split("/")[0]
    lines = {name: len((room / name).read_text(encoding="utf-8").splitlines()) for name in named}
    assert sum(lines.values()) <= MOST_LINES, lines
