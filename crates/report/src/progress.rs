//! The progress report of a plan.

use askama::Template;
use jiff::civil::Date;
use locale::{answer, answer_exact, list_item, number, percent, say, say_with};
use model::{
    Records,
    figure::{Duty, Figure, Progress as Status, Standing, Tracking},
    kinds::{Indicator, Plan, Result as PlanResult},
    value::{Lang, Text},
};
use rust_xlsxwriter::Workbook;

use crate::sheets::{ReportError, Style, figures_sheet, properties, tracking_sheet, write_answer};

/// A result in the report, in tree order.
#[derive(Clone, Debug)]
pub struct ReportNode {
    /// The result.
    pub result: PlanResult,
    /// Depth in the tree, from 0.
    pub depth: usize,
    /// Name of its level.
    pub level: Text,
    /// Its indicators with their standing.
    pub indicators: Vec<(Indicator, Standing)>,
}

/// A finding of the checker in the report.
#[derive(Clone, Debug)]
pub struct FindingLine {
    /// Code.
    pub code: &'static str,
    /// Severity.
    pub severity: diag::Severity,
    /// How many findings have this code.
    pub n: usize,
    /// The first one's message.
    pub message: String,
}

/// Everything the progress report of a plan says.
#[derive(Clone, Debug)]
pub struct Progress<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// All records, for names.
    pub records: &'a Records,
    /// The day for which statuses are computed.
    pub on: Date,
    /// Position and head of the register's chain: the report can be made again from these, equal.
    pub position: u64,
    /// Head of the chain.
    pub fingerprint: &'a str,
    /// The results tree.
    pub nodes: Vec<ReportNode>,
    /// The tracking table.
    pub tracking: &'a Tracking,
    /// What is overdue or due.
    pub duties: Vec<Duty>,
    /// Findings by code.
    pub findings: Vec<FindingLine>,
}

impl Progress<'_> {
    /// Number of indicators with each status, in the order of [`Status::ALL`]; statuses without any are left out.
    fn counts(&self) -> Vec<(Status, usize)> {
        let of = |status| self.nodes.iter().flat_map(|n| &n.indicators).filter(|(_, s)| s.progress == status).count();
        Status::ALL.into_iter().map(|s| (s, of(s))).filter(|(_, n)| *n > 0).collect()
    }
}

#[derive(Template)]
#[template(path = "progress.html")]
struct Page<'a> {
    lang: Lang,
    report: &'a Progress<'a>,
    counts: Vec<(Status, usize)>,
}

impl Page<'_> {
    fn say(&self, key: &str) -> String {
        say(self.lang, key)
    }
    fn status(&self, status: &Status) -> String {
        say(self.lang, &format!("progress-{}", status.as_str()))
    }
    fn text<'t>(&self, text: &'t Text) -> &'t str {
        text.show(self.lang)
    }
    fn item(&self, list: &str, code: &str) -> String {
        list_item(self.lang, list, code)
    }
    fn answer(&self, figure: &Figure) -> String {
        answer(self.lang, &figure.answer)
    }
    fn exact(&self, figure: &Figure) -> String {
        answer_exact(&figure.answer)
    }
    fn completeness(&self, figure: &Figure) -> String {
        let c = figure.completeness;
        say_with(
            self.lang,
            "report-completeness",
            &[
                ("reported", i64::from(c.n_reported).into()),
                ("expected", i64::from(c.n_expected).into()),
                ("estimated", i64::from(c.n_estimated).into()),
            ],
        )
    }
    fn number(&self, value: &f64) -> String {
        number(*value)
    }
    fn percent(&self, share: &f64) -> String {
        percent(*share)
    }
    fn say_on(&self) -> String {
        say_with(self.lang, "report-on", &[("on", self.report.on.to_string().into())])
    }
    fn duty_state(&self, duty: &Duty) -> String {
        say(self.lang, &format!("duty-state-{}", duty.state.as_str()))
    }
    fn footer(&self) -> String {
        let position = i64::try_from(self.report.position).unwrap_or(i64::MAX);
        let args = [("position", position.into()), ("fingerprint", self.report.fingerprint.into())];
        say_with(self.lang, "report-footer", &args)
    }
    fn about(&self, duty: &Duty) -> String {
        let id = duty.about.id.as_str();
        let records = self.report.records;
        let title = match duty.about.kind {
            "indicator" => records.indicators.get(id).map(|r| r.title.show(self.lang)),
            "mandate" => records.mandates.get(id).map(|r| r.title.show(self.lang)),
            "evaluation" => records.evaluations.get(id).map(|r| r.title.show(self.lang)),
            "task" => records.tasks.get(id).map(|r| r.title.show(self.lang)),
            "output" => records.outputs.get(id).map(|r| r.title.show(self.lang)),
            "plan" => records.plans.get(id).map(|r| r.title.show(self.lang)),
            "result" => records.results.get(id).map(|r| r.title.show(self.lang)),
            "project" => records.projects.get(id).map(|r| r.title.show(self.lang)),
            _ => None,
        };
        title.map_or_else(|| id.to_owned(), |t| format!("{id} {t}"))
    }
}

/// The report as one self-contained HTML page: no script, no file beside it.
pub fn progress_html(report: &Progress<'_>, lang: Lang) -> Result<String, ReportError> {
    Ok(Page { lang, report, counts: report.counts() }.render()?)
}

/// The report as a workbook: summary, tracking table, figures, what is due.
pub fn progress_xlsx(report: &Progress<'_>, lang: Lang) -> Result<Vec<u8>, ReportError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(report.plan.title.show(lang), report.on));
    let style = Style::new();
    summary_sheet(&mut book, report, lang, &style)?;
    tracking_sheet(&mut book, report.tracking, report.records, lang, &style)?;
    let shown = report.tracking.rows.iter().flat_map(|r| r.cells.iter().filter_map(|c| c.figure.as_ref()));
    figures_sheet(&mut book, shown, lang, &style)?;
    duties_sheet(&mut book, report, lang, &style)?;
    Ok(book.save_to_buffer()?)
}

fn summary_sheet(book: &mut Workbook, report: &Progress<'_>, lang: Lang, style: &Style) -> Result<(), ReportError> {
    let sheet = book.add_worksheet().set_name("summary")?;
    sheet.set_right_to_left(lang == Lang::Ar);
    sheet.set_column_width(0, 22)?;
    sheet.set_column_width(1, 60)?;
    sheet.write_string_with_format(0, 0, report.plan.title.show(lang), &style.title)?;
    let on = say_with(lang, "report-on", &[("on", report.on.to_string().into())]);
    sheet.write_string(1, 0, on)?;
    let mut row = 3;
    for (status, n) in report.counts() {
        sheet.write_string(row, 0, say(lang, &format!("progress-{}", status.as_str())))?;
        sheet.write_number(row, 1, n as f64)?;
        row += 1;
    }
    row += 1;
    let header = [
        "report-result",
        "report-title",
        "report-indicator",
        "report-status",
        "report-actual",
        "report-target",
        "report-probability",
    ];
    for (column, key) in header.into_iter().enumerate() {
        sheet.write_string_with_format(row, column as u16, say(lang, key), &style.header)?;
    }
    for node in &report.nodes {
        for (indicator, standing) in &node.indicators {
            row += 1;
            sheet.write_string_with_format(row, 0, &node.result.code.0, &style.text)?;
            sheet.write_string_with_format(row, 1, indicator.title.show(lang), &style.text)?;
            sheet.write_string_with_format(row, 2, indicator.id.as_str(), &style.text)?;
            sheet.write_string_with_format(
                row,
                3,
                say(lang, &format!("progress-{}", standing.progress.as_str())),
                &style.text,
            )?;
            if let Some(figure) = &standing.actual {
                write_answer(sheet, row, 4, &figure.answer, lang, style)?;
            }
            if let Some(target) = &standing.target {
                sheet.write_number_with_format(row, 5, target.value, &style.number)?;
            }
            if let Some(probability) = standing.probability {
                sheet.write_number_with_format(row, 6, probability, &style.number)?;
            }
        }
    }
    let position = i64::try_from(report.position).unwrap_or(i64::MAX);
    let footer =
        say_with(lang, "report-footer", &[("position", position.into()), ("fingerprint", report.fingerprint.into())]);
    sheet.write_string(row + 2, 0, footer)?;
    Ok(())
}

fn duties_sheet(book: &mut Workbook, report: &Progress<'_>, lang: Lang, style: &Style) -> Result<(), ReportError> {
    let sheet = book.add_worksheet().set_name("due")?;
    sheet.set_right_to_left(lang == Lang::Ar);
    sheet.set_column_width(1, 60)?;
    for (column, key) in
        ["report-due-on", "report-about", "report-kind", "report-period", "report-status", "report-owner"]
            .into_iter()
            .enumerate()
    {
        sheet.write_string_with_format(0, column as u16, say(lang, key), &style.header)?;
    }
    let page = Page { lang, report, counts: Vec::new() };
    for (i, duty) in report.duties.iter().enumerate() {
        let row = i as u32 + 1;
        sheet.write_string(row, 0, duty.due_on.to_string())?;
        sheet.write_string_with_format(row, 1, page.about(duty), &style.text)?;
        sheet.write_string(row, 2, say(lang, &format!("duty-{}", duty.kind.as_str())))?;
        sheet.write_string(row, 3, duty.period.map_or(String::new(), |p| p.to_string()))?;
        sheet.write_string(row, 4, say(lang, &format!("duty-state-{}", duty.state.as_str())))?;
        let owner = duty.owner.as_ref().and_then(|u| report.records.units.of(u)).map_or("", |u| u.title.show(lang));
        sheet.write_string(row, 5, owner)?;
    }
    Ok(())
}
