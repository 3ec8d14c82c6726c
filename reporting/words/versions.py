"""What is different between two submissions of a report, from what was frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reporting.enums import ProposalKind
from reporting.models import PROPOSAL_KIND_LABELS, MeasureStatus
from web.field_display import display_value, field_label
from web.formats import format_date

_NOT_ANSWERS = frozenset({"measure", "line", "indicator"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that is not the same, in words; «–» where nothing was said."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """A measure that is not answered the same in both; `kind` is «added», «removed» or «changed»."""

    code: str
    title: str
    kind: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class VersionDiff:
    """Everything that is not the same: about the report itself, and by measure in the order of the later."""

    report: tuple[FieldChange, ...]
    measures: tuple[MeasureChange, ...]

    @property
    def nothing(self) -> bool:
        return not self.report and not self.measures


def compare_versions(before: Mapping[str, Any], after: Mapping[str, Any]) -> VersionDiff:
    """What a later submission answers differently from an earlier one, field by field.

    Names and targets that others have changed meanwhile are no difference.
    """
    old = {one["measure"]["code"]: one for one in before["statuses"]}
    new = {one["measure"]["code"]: one for one in after["statuses"]}
    measures = [_changed(code, old.get(code), new[code]) for code in new]
    gone = [_changed(code, old[code], None) for code in old if code not in new]
    return VersionDiff(
        report=tuple(_report_changes(before, after)),
        measures=tuple(one for one in (*measures, *gone) if one is not None),
    )


def _report_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FieldChange]:
    if (earlier := _proposed(before)) != (later := _proposed(after)):
        yield FieldChange(_("Forslag"), earlier, later)
    old, new = before.get("enterprise") or {}, after.get("enterprise") or {}
    for name, label in (("board_date", _("Styrebehandling")), ("own_report", _("Foretakets egen rapport"))):
        if (old.get(name) or "") != (new.get(name) or ""):
            yield FieldChange(label, _day_or_text(old.get(name)), _day_or_text(new.get(name)))


def _proposed(content: Mapping[str, Any]) -> str:
    """What the unit proposes, one on each line; «–» when nothing."""
    lines = []
    for one in content.get("proposals", ()):
        what = one["title"] or (one["measure"] or {}).get("code", "")
        lines.append(f"{PROPOSAL_KIND_LABELS[ProposalKind(one['kind'])]}: {what}. {one['reason']}")
    return "\n".join(lines) or "–"


def _changed(code: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> MeasureChange | None:
    kind = "added" if old is None else "removed" if new is None else "changed"
    fields = tuple(_field_changes(old or {}, new or {}))
    if kind == "changed" and not fields:
        return None
    title = (new or old or {})["measure"]["title"]
    return MeasureChange(code, title, kind, fields)


def _field_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FieldChange]:
    result = _result(old), _result(new)
    # In the order the form asks: status, result, then the rest.
    names = [name for name in {**new, **old} if name not in _NOT_ANSWERS]
    for name in names:
        if (old.get(name) or "") != (new.get(name) or ""):
            yield FieldChange(_label(name), _shown(name, old.get(name)), _shown(name, new.get(name)))
        if name == "status" and result[0] != result[1]:
            yield FieldChange(_("Resultat"), *result)


def _result(status: Mapping[str, Any]) -> str:
    """«11 biler»"""
    indicator = status.get("indicator")
    if not indicator or indicator["value"] is None:
        return "–"
    return f"{_shown('indicator_value', indicator['value'])} {indicator['unit']}".strip()


def _field(name: str) -> Any | None:
    fields = {field.name: field for field in MeasureStatus._meta.concrete_fields}
    return fields.get(name)


def _label(name: str) -> str:
    field = _field(name)
    return field_label(field) if field else capfirst(name.replace("_", " "))


def _shown(name: str, value: Any) -> str:
    """A frozen value in words: decimals and dates are text in what is frozen."""
    field = _field(name)
    if value in (None, "") or field is None:
        return "–" if value in (None, "") else str(value)
    if isinstance(value, list):
        return "\n".join(value)
    kind = field.get_internal_type()
    if kind == "DecimalField":
        return display_value(field, Decimal(value))
    if kind == "DateField":
        return display_value(field, date.fromisoformat(value))
    return display_value(field, value)


def _day_or_text(value: str | None) -> str:
    if not value:
        return "–"
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return format_date(day)
