"""A second calculation of ten generated budgets, in plain Python integers, written from architecture §4
alone.

It shares nothing with the portal's own: fractions are pairs of integers, tonnes are whole micro-tonnes and
shares are hundredths of a percent. The two must agree to the 12 decimals the portal's divisions are cut to.
"""

from decimal import Decimal
from random import Random

import pytest

from budget.calculations import BudgetInput, Effect, LineInput, OverlapInput, compute
from budget.enums import OverlapMethod
from strategy.calculations import ceilings
from strategy.enums import Level

YEARS = tuple(range(2025, 2033))
LEVELS = ("municipal", "regional", "national")
BASE_YEAR, TARGET_YEAR = 2009, 2030
UNIT = 10**6 * 10**4  # one tonne, when micro-tonnes are split by hundredths of a percent


def generate(seed):
    """A budget as plain dicts of integers. Sources are squeezed so that some years have excess."""
    random = Random(seed)
    sources = range(random.randint(1, 6))
    reference = {(s, y): random.randrange(0, 5_000 * 10**6) for s in sources for y in YEARS}
    lines = []
    for number in range(random.randint(5, 40)):
        cut = random.choice([0, 2500, 3333, 10_000])
        first, second = random.choice(sources), random.choice(sources)
        shares = {first: cut, second: 10_000 - cut} if first != second else {first: 10_000}
        lines.append(
            {
                "key": number,
                "level": random.choice(LEVELS),
                "shares": shares,
                "already": random.choice([0, 0, random.randrange(60 * 10**6)]),
                "counts": random.random() < 0.9,
                "effects": {y: random.choice([None, *[random.randrange(900 * 10**6)] * 6]) for y in YEARS},
            }
        )
    overlaps = []
    for source in sources:
        free = [line["key"] for line in lines if line["shares"].get(source)]
        while len(free) > 1 and random.random() < 0.8:
            size = random.randint(2, min(5, len(free)))
            members, free = free[:size], free[size:]
            overlaps.append(overlap(random, source, members, lines, reference))
    percent = random.randrange(3000, 9000)
    return {
        "sources": sources,
        "reference": reference,
        "lines": lines,
        "overlaps": overlaps,
        "base": random.randrange(10_000 * 10**6, 20_000 * 10**6),
        "percent": percent,
    }


def overlap(random, source, members, lines, reference):
    """A record whose basis holds every member; years where none can are left to a fixed one, or to nobody."""
    if random.random() < 0.3:
        tonnes = {y: random.randrange(500 * 10**6) for y in YEARS}
        return {"source": source, "method": "fixed", "members": members, "tonnes": tonnes}
    tonnes = {}
    for year in YEARS:
        largest = max(acting(lines[member], source, year) for member in members)
        smallest_basis = -(-largest // 10**4)
        if smallest_basis <= reference[source, year]:
            tonnes[year] = random.randint(smallest_basis, reference[source, year])
    return {"source": source, "method": "product", "members": members, "tonnes": tonnes}


def acting(line, source, year):
    """e(l, s, y) in units of 10^-10 tonnes."""
    effect = line["effects"][year]
    if effect is None or not line["counts"]:
        return 0
    return max(0, effect - line["already"]) * line["shares"].get(source, 0)


def by_hand(budget):
    """Per year: reference, gross, net and net per level, each a pair (numerator, denominator) of integers."""
    years = {}
    for year in YEARS:
        gross = reference = 0
        net = (0, 1)
        levels = dict.fromkeys(LEVELS, (0, 1))
        for source in budget["sources"]:
            cut = {line["key"]: acting(line, source, year) for line in budget["lines"]}
            own = sum(cut.values())
            left = {key: (tonnes, 1) for key, tonnes in cut.items()}
            for record in budget["overlaps"]:
                if record["source"] == source and year in record["tonnes"]:
                    members = [key for key in record["members"] if cut[key] > 0]
                    counted = record_net(record, [cut[key] for key in members], year)
                    for key in members:  # shared by effect: each keeps its part of what the record counts
                        weight = sum(cut[other] for other in members)
                        left[key] = (counted[0] * cut[key], counted[1] * weight)
            limit = budget["reference"][source, year] * 10**4
            total = add(*left.values())
            if total[0] > limit * total[1]:
                left = squeeze(left, cut, minus(total, (limit, 1)))
            gross += own
            reference += limit
            net = add(net, *left.values())
            for line in budget["lines"]:
                levels[line["level"]] = add(levels[line["level"]], left[line["key"]])
        years[year] = {"reference": (reference, 1), "gross": (gross, 1), "net": net, **levels}
    return years


def record_net(record, effects, year):
    """What one overlap record lets count: B(1 - product of (B - e) / B), or all but the stated tonnes."""
    tonnes = record["tonnes"][year] * 10**4
    if len(effects) < 2:
        return (sum(effects), 1)
    if record["method"] == "fixed":
        return (sum(effects) - min(tonnes, sum(effects) - max(effects)), 1)
    remaining, scale = 1, 1
    for effect in effects:
        remaining *= tonnes - effect
        scale *= tonnes
    return (tonnes * (scale - remaining), scale)


def squeeze(left, cut, excess):
    """Take the excess by effect; who has less left than that gives all, and the others carry the rest."""
    givers = {key for key in left if cut[key] > 0}
    done = {key: left[key] for key in left if key not in givers}
    while True:
        weight = sum(cut[key] for key in givers)
        asked = {key: (excess[0] * cut[key], excess[1] * weight) for key in givers}
        short = [key for key in givers if minus(left[key], asked[key])[0] < 0]
        if not short:
            return done | {key: minus(left[key], asked[key]) for key in givers}
        for key in short:
            excess = minus(excess, left[key])
            done[key] = (0, 1)
            givers.remove(key)


def add(*fractions):
    top, bottom = 0, 1
    for numerator, denominator in fractions:
        top, bottom = top * denominator + numerator * bottom, bottom * denominator
        divisor = common(top, bottom)
        top, bottom = top // divisor, bottom // divisor
    return top, bottom


def minus(one, other):
    return add(one, (-other[0], other[1]))


def common(one, other):
    one = abs(one)
    while other:
        one, other = other, one % other
    return one or 1


def as_input(budget):
    def tonnes(number):
        return Decimal(number).scaleb(-6)

    overlaps = []
    for key, record in enumerate(budget["overlaps"]):
        amounts = {year: tonnes(number) for year, number in record["tonnes"].items()}
        method = OverlapMethod(record["method"])
        field = "basis" if method is OverlapMethod.PRODUCT else "stated"
        members = tuple(record["members"])
        overlaps.append(OverlapInput(key, record["source"], method, members, **{field: amounts}))
    return BudgetInput(
        years=YEARS,
        sources=tuple(budget["sources"]),
        reference={place: tonnes(number) for place, number in budget["reference"].items()},
        lines=tuple(
            LineInput(
                line["key"],
                Level(line["level"]),
                {source: Decimal(share).scaleb(-2) for source, share in line["shares"].items()},
                {y: None if e is None else Effect(tonnes(e)) for y, e in line["effects"].items()},
                tonnes(line["already"]),
                scope_counts=line["counts"],
            )
            for line in budget["lines"]
        ),
        overlaps=tuple(overlaps),
        ceilings=ceilings(
            tonnes(budget["base"]),
            YEARS,
            base_year=BASE_YEAR,
            target_year=TARGET_YEAR,
            percent=Decimal(budget["percent"]).scaleb(-2),
        ),
    )


def difference(found, wanted, unit=UNIT):
    """|found - wanted| times 10^12, rounded up, from a Decimal of tonnes and a pair of integers in 1/unit
    tonnes.
    """
    top, bottom = found.as_integer_ratio()
    apart, below = minus((top, bottom), (wanted[0], wanted[1] * unit))
    return -(-abs(apart) * 10**12 // below)


@pytest.mark.parametrize("seed", range(10))
def test_the_two_calculations_agree(seed):
    budget = generate(seed)
    result = compute(as_input(budget))
    for year, wanted in by_hand(budget).items():
        row = result.years[year]
        path = minus(wanted["reference"], wanted["net"])
        years_in = min(year, TARGET_YEAR) - BASE_YEAR
        whole = TARGET_YEAR - BASE_YEAR
        # base * (1 - percent / 10^4 * years_in / whole), in 10^-10 tonnes
        ceiling = (budget["base"] * (10**4 * whole - budget["percent"] * years_in), whole)
        assert difference(row.reference, wanted["reference"]) == 0
        assert difference(row.gross, wanted["gross"]) == 0
        assert difference(row.net, wanted["net"]) <= 100
        assert difference(row.path, path) <= 100
        assert difference(row.ceiling, ceiling) <= 200  # 12 decimals of a percent on 20 000 tonnes
        assert difference(row.gap, minus(path, ceiling)) <= 300
        for level in LEVELS:
            assert difference(row.net_by_level[level], wanted[level]) <= 200


def test_the_generated_budgets_are_worth_comparing():
    """Between them they have both kinds of overlap, excess, lines that do not count and unknown effects."""
    budgets = [generate(seed) for seed in range(10)]
    results = [compute(as_input(budget)) for budget in budgets]
    assert {record["method"] for budget in budgets for record in budget["overlaps"]} == {"product", "fixed"}
    assert any(cell.excess for result in results for cell in result.cells.values())
    assert any(cell.overlap > 0 and not cell.excess for result in results for cell in result.cells.values())
    assert any(not line["counts"] for budget in budgets for line in budget["lines"])
    assert any(row.unknown_lines for result in results for row in result.years.values())
    assert any(row.gap > 0 for result in results for row in result.years.values())
    assert any(row.gap < 0 for result in results for row in result.years.values())
