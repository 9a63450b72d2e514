"""The catalogue of rules, and the engine: it asks each rule, and puts place and words to what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from gia_xlsx.diagnostic import Diagnostic, Finding, Rule, Severity, Verdict
from gia_xlsx.organ import organ_types
from gia_xlsx.report import Report
from gia_xlsx.rules import (
    accept,
    blanks,
    cells,
    claims,
    complete,
    cover,
    files,
    formulas,
    organ,
    previous,
    publication,
    sheets,
    sums,
    text,
    wording,
    years,
)
from gia_xlsx.rules.accept import accepting

CATALOGUE: tuple[Rule, ...] = (
    # 1xx cells: values
    blanks.cell_blank,
    blanks.cell_holds_dash,
    cells.number_stored_as_text,
    cells.unit_in_number_cell,
    cells.other_unit_in_number_cell,
    cells.words_in_number_cell,
    cells.change_sign_in_count,
    cells.negative_number,
    cells.count_not_whole,
    cells.value_of_wrong_type,
    cells.error_value,
    cells.money_too_precise,
    blanks.report_unfilled,
    blanks.blanks_counted_as_zero,
    # 12x sheets
    sheets.label_overwritten,
    sheets.label_altered,
    sheets.row_missing,
    sheets.column_missing,
    sheets.line_twice,
    sheets.key_disagrees_with_label,
    sheets.stray_content,
    sheets.input_moved,
    sheets.inputs_merged,
    sheets.twin_sheets_differ,
    sheets.sheet_copied,
    sheets.extra_sheet,
    sheets.sheet_missing,
    # 13x formulas and the file itself
    formulas.read_by_labels,
    formulas.external_link,
    formulas.hidden_values,
    formulas.protection_gone,
    formulas.never_calculated,
    formulas.stale_result,
    formulas.total_typed_over,
    formulas.formula_changed,
    formulas.other_file_kind,
    formulas.old_layout,
    # 15x cover and text
    cover.cover_field_missing,
    cover.cover_field_unintelligible,
    cover.broken_placeholder,
    cover.text_too_long,
    cover.text_cleaned,
    cover.placeholder_without_value,
    cover.title_disagrees_with_cover,
    # 2xx sums
    sums.carry_over_does_not_balance,
    sums.column_total_differs,
    sums.row_total_differs,
    sums.cases_total_differs,
    sums.in_force_too_small,
    sums.published_total_too_small,
    sums.cases_without_applications,
    sums.more_suits_after_review_than_reviews,
    sums.items_and_decisions_mixed,
    # 3xx prose against tables
    *claims.RULES,
    # 4xx last year
    previous.previous_is_not_last_year,
    *years.RULES,
    # 5xx organ
    *files.RULES,
    *organ.RULES,
    # 6xx complete
    *complete.RULES,
    # 7xx text
    *text.RULES,
    # 8xx publication
    *publication.RULES,
)
# the workbook alone cannot tell the others; see files.across and publication.told
_OF_ONE = tuple(rule for rule in CATALOGUE if not {"files", "built"} & set(rule.needs))
_ORDER = {severity: n for n, severity in enumerate(Severity)}

LACKING_LAST_YEAR = "没有上年数据"

# What a rule may need: whether a report has it, and what to say where it has not.
EVIDENCE: Mapping[str, tuple[Callable[[Report], bool], str]] = {
    "previous": (lambda report: report.previous is not None, LACKING_LAST_YEAR),
    "last year": (previous.is_last_year, "给出的上年材料不是本机关上一年度的"),
    "type": (lambda report: report.cover.type in organ_types(), "封面没有填机关类型"),
    "year": (lambda report: report.year is not None, "封面没有填报告年度"),
    "organ": (lambda report: bool(report.organ), "封面没有填机关名称"),
}


def check(report: Report) -> Verdict:
    """Judge one report by every rule that has its evidence; errors first, each kind in the order of the catalogue."""
    found: list[Diagnostic] = []
    not_run: list[tuple[str, str]] = []
    levels = report.profile.of(report.organ).levels
    lacking = {name: why for name, (has, why) in EVIDENCE.items() if not has(report)}
    for rule in _OF_ONE:
        why = next((lacking[name] for name in rule.needs if name in lacking), "") if rule.needs else ""
        level = levels.get(rule.code, "")
        if why or level == "off":
            not_run.append((rule.code, why or "gia.toml 设为不查"))
            continue
        found.extend(_diagnostic(rule, finding, report, level) for finding in rule.find(report))
    unfilled = blanks.open_cells(report)
    return accepting(report, Verdict(gravest_first(found), tuple(not_run), unfilled))


def gravest_first(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Errors, then warnings, then notes; else in the order they come."""
    return tuple(sorted(diagnostics, key=lambda diagnostic: _ORDER[diagnostic.severity]))


def _diagnostic(rule: Rule, finding: Finding, report: Report, level: str) -> Diagnostic:
    places = finding.places or tuple(place for key in finding.keys if (place := report.facts[key].place))
    words = {"cell": wording.name(report.form, finding.keys[0]), **finding.words} if finding.keys else finding.words
    severity = Severity(level) if level else finding.severity or rule.severity
    message, hint = (text.concealed(report, told.format(**words)) for told in (rule.message, rule.hint))
    excerpt = text.concealed(report, finding.excerpt) if finding.excerpt else finding.excerpt
    mark = accept.mark(rule, finding, report)
    return Diagnostic(rule.code, rule.name, severity, message, hint, places, finding.keys, excerpt, mark)
