//! Workbooks: the tracking table, and the list of all figures with their addresses.

use jiff::civil::Date;
use locale::{answer_exact, list_item, say};
use model::{
    Records,
    figure::{Answer, Figure, Tracking, TrackingRow},
    value::{Lang, Text},
};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Note, Workbook, Worksheet, XlsxError};
use thiserror::Error;

/// Why a report could not be written.
#[derive(Debug, Error)]
pub enum ReportError {
    /// The workbook could not be made.
    #[error("the workbook could not be made: {0}")]
    Workbook(#[from] XlsxError),
    /// The page could not be made.
    #[error("the page could not be made: {0}")]
    Page(#[from] askama::Error),
}

/// Formats that sheets share.
pub(crate) struct Style {
    pub header: Format,
    pub title: Format,
    pub text: Format,
    pub number: Format,
    pub percent: Format,
}

impl Style {
    pub fn new() -> Self {
        Style {
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(0xE3_EA_F2))
                .set_align(FormatAlign::Top),
            title: Format::new().set_bold().set_font_size(14),
            text: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            number: Format::new().set_num_format("#,##0.####").set_align(FormatAlign::Top),
            percent: Format::new().set_num_format("0.0").set_align(FormatAlign::Top),
        }
    }
}

/// Fixed properties, so that equal figures give equal bytes.
pub(crate) fn properties(title: &str, on: Date) -> DocProperties {
    let mut properties = DocProperties::new().set_title(title);
    if let Ok(at) =
        ExcelDateTime::from_ymd(on.year().unsigned_abs().clamp(1900, 9999), on.month() as u8, on.day() as u8)
    {
        properties = properties.set_creation_datetime(&at);
    }
    properties
}

/// Writes an answer: a number as a number, everything else as text.
pub(crate) fn write_answer(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    answer: &Answer,
    lang: Lang,
    style: &Style,
) -> Result<(), XlsxError> {
    match answer {
        Answer::Value(v) => sheet.write_number_with_format(row, column, *v, &style.number)?,
        other => sheet.write_string_with_format(row, column, locale::answer(lang, other), &style.text)?,
    };
    Ok(())
}

fn unit_title(records: &Records, row: &TrackingRow) -> (String, String) {
    let indicator = records.indicators.of(&row.indicator);
    let title = indicator.map_or(String::new(), |i| i.title.show(Lang::En).to_owned());
    let unit = indicator.and_then(|i| i.unit.as_ref()).map_or(String::new(), |u| u.0.clone());
    (title, unit)
}

/// The tracking table as a workbook of two sheets: the table as on the page, and all of its figures.
pub fn tracking_xlsx(
    tracking: &Tracking,
    records: &Records,
    title: &Text,
    on: Date,
    lang: Lang,
) -> Result<Vec<u8>, ReportError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(title.show(lang), on));
    let style = Style::new();
    tracking_sheet(&mut book, tracking, records, lang, &style)?;
    figures_sheet(
        &mut book,
        tracking.rows.iter().flat_map(|r| r.cells.iter().filter_map(|c| c.figure.as_ref())),
        lang,
        &style,
    )?;
    Ok(book.save_to_buffer()?)
}

/// Adds the tracking table.
pub(crate) fn tracking_sheet(
    book: &mut Workbook,
    tracking: &Tracking,
    records: &Records,
    lang: Lang,
    style: &Style,
) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name("tracking")?;
    sheet.set_right_to_left(lang == Lang::Ar);
    let fixed = [
        "report-indicator",
        "report-title",
        "report-group",
        "report-scope",
        "report-unit",
        "report-baseline",
        "report-baseline-on",
        "report-target",
        "report-target-on",
        "report-status",
    ];
    let mut column = 0u16;
    for key in fixed {
        sheet.write_string_with_format(0, column, say(lang, key), &style.header)?;
        column += 1;
    }
    for period in &tracking.periods {
        sheet.write_string_with_format(0, column, period.to_string(), &style.header)?;
        sheet.write_string_with_format(0, column + 1, format!("{period} %"), &style.header)?;
        column += 2;
    }
    sheet.set_column_width(1, 48)?;
    sheet.set_freeze_panes(1, 2)?;
    for (i, row) in tracking.rows.iter().enumerate() {
        let at = i as u32 + 1;
        let (_, unit) = unit_title(records, row);
        let title = records.indicators.of(&row.indicator).map_or("", |i| i.title.show(lang));
        sheet.write_string_with_format(at, 0, row.indicator.as_str(), &style.text)?;
        sheet.write_string_with_format(at, 1, title, &style.text)?;
        sheet.write_string_with_format(at, 2, row.breakdown.to_string(), &style.text)?;
        sheet.write_string_with_format(at, 3, list_item(lang, "scope", row.scope.as_str()), &style.text)?;
        sheet.write_string_with_format(at, 4, unit, &style.text)?;
        for (target, column) in [(&row.baseline, 5u16), (&row.target, 7)] {
            if let Some(target) = target {
                sheet.write_number_with_format(at, column, target.value, &style.number)?;
                let on = target.on.map_or(String::new(), |d| d.to_string());
                sheet.write_string_with_format(at, column + 1, on, &style.text)?;
            }
        }
        if let Some(standing) = &row.standing {
            sheet.write_string_with_format(
                at,
                9,
                say(lang, &format!("progress-{}", standing.progress.as_str())),
                &style.text,
            )?;
        }
        for (j, cell) in row.cells.iter().enumerate() {
            let column = 10 + 2 * j as u16;
            if let Some(figure) = &cell.figure {
                write_answer(sheet, at, column, &figure.answer, lang, style)?;
                sheet.insert_note(at, column, &Note::new(figure.key.to_string()).set_author("ekistics"))?;
            }
            if let Some(percent) = cell.percent {
                sheet.write_number_with_format(at, column + 1, percent, &style.percent)?;
            }
        }
    }
    if !tracking.rows.is_empty() {
        sheet.autofilter(0, 0, tracking.rows.len() as u32, column.saturating_sub(1))?;
    }
    Ok(())
}

/// Adds the list of figures: address, exact answer, standard error, completeness, rule and formula.
pub(crate) fn figures_sheet<'a>(
    book: &mut Workbook,
    figures: impl Iterator<Item = &'a Figure>,
    lang: Lang,
    style: &Style,
) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name("figures")?;
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_column_width(0, 44)?;
    sheet.set_column_width(9, 60)?;
    let header = [
        "key",
        "value",
        "answer",
        "unit",
        "standard_error",
        "n_expected",
        "n_reported",
        "n_estimated",
        "rule",
        "formula",
        "explanation",
    ];
    for (column, name) in header.into_iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, name, &style.header)?;
    }
    for (i, figure) in figures.enumerate() {
        let row = i as u32 + 1;
        sheet.write_string(row, 0, figure.key.to_string())?;
        if let Answer::Value(v) = figure.answer {
            sheet.write_number(row, 1, v)?;
        }
        sheet.write_string(row, 2, answer_exact(&figure.answer))?;
        sheet.write_string(row, 3, figure.unit.as_deref().unwrap_or_default())?;
        if let Some(se) = figure.standard_error {
            sheet.write_number(row, 4, se)?;
        }
        sheet.write_number(row, 5, figure.completeness.n_expected)?;
        sheet.write_number(row, 6, figure.completeness.n_reported)?;
        sheet.write_number(row, 7, figure.completeness.n_estimated)?;
        sheet.write_string(row, 8, figure.derivation.rule)?;
        sheet.write_string(row, 9, cut(&figure.derivation.formula))?;
        sheet.write_string(row, 10, say(lang, &format!("rule-{}", figure.derivation.rule)))?;
    }
    Ok(())
}

/// A cell holds 32 767 characters; a longer formula ends in an ellipsis, the page has all of it.
fn cut(text: &str) -> String {
    const LONGEST: usize = 32_000;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
