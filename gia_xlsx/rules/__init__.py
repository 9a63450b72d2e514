"""The catalogue of rules, and the engine: it asks each rule, and puts place and words to what it finds."""

from __future__ import annotations

from collections.abc import Iterable

from gia_xlsx.diagnostic import Diagnostic, Finding, Rule, Severity, Verdict
from gia_xlsx.report import Report
from gia_xlsx.rules import blanks, cells, complete, cover, files, formulas, previous, sheets, sums, wording

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
    # 4xx last year
    previous.previous_is_not_last_year,
    # 5xx organ
    *files.RULES,
    # 6xx complete
    complete.wrong_form_for_year,
    complete.template_words_left,
)
_ORDER = {severity: n for n, severity in enumerate(Severity)}


def check(report: Report) -> Verdict:
    """Judge one report by every rule that has its evidence; errors first, each kind in the order of the catalogue."""
    diagnostics: list[Diagnostic] = []
    not_run: list[tuple[str, str]] = []
    for rule in CATALOGUE:
        if rule.needs == "files":
            continue  # one report cannot tell; see files.across
        if rule.needs == "previous" and report.previous is None:
            not_run.append((rule.code, "没有上年数据"))
            continue
        diagnostics.extend(_diagnostic(rule, finding, report) for finding in rule.find(report))
    return Verdict(gravest_first(diagnostics), tuple(not_run), blanks.open_cells(report))


def gravest_first(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Errors, then warnings, then notes; else in the order they come."""
    return tuple(sorted(diagnostics, key=lambda diagnostic: _ORDER[diagnostic.severity]))


def _diagnostic(rule: Rule, finding: Finding, report: Report) -> Diagnostic:
    places = finding.places or tuple(place for key in finding.keys if (place := report.facts[key].place))
    words = {"cell": wording.name(report.form, finding.keys[0]), **finding.words} if finding.keys else finding.words
    message, hint = rule.message.format(**words), rule.hint.format(**words)
    return Diagnostic(rule.code, rule.name, rule.severity, message, hint, places, finding.keys, finding.excerpt)
