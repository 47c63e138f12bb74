//! How the cells of a workbook look.

use model::{record::Column, value::CellKind};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The formats of a workbook, made once.
pub(super) struct Look {
    pub(super) header: Format,
    pub(super) required_header: Format,
    pub(super) labels: Format,
    pub(super) title: Format,
    pub(super) prose: Format,
    pub(super) wrong: Format,
    cells: [[Format; 2]; 3],
}

/// Whether a person may change a cell while the sheet is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lock {
    Open,
    Locked,
}

const NAVY: Color = Color::RGB(0x1F_3A_5F);

impl Look {
    pub(super) fn new() -> Look {
        let header = || Format::new().set_bold().set_font_color(Color::White).set_num_format("@");
        let cell = |number_format: &str| {
            let format = Format::new().set_num_format(number_format).set_align(FormatAlign::Top);
            [format.clone().set_unlocked(), format.set_background_color(Color::RGB(0xEE_F1_F5))]
        };
        Look {
            header: header().set_background_color(NAVY),
            // A mark beside the colour: a thick line and, in the labels, an asterisk.
            required_header: header()
                .set_background_color(Color::RGB(0x8A_3B_12))
                .set_border_bottom(FormatBorder::Thick)
                .set_border_bottom_color(Color::Black),
            labels: Format::new().set_italic().set_font_color(Color::RGB(0x44_4C_56)).set_num_format("@"),
            title: Format::new().set_bold().set_font_size(16).set_font_color(NAVY),
            prose: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            wrong: Format::new().set_background_color(Color::RGB(0xFF_D9_CC)).set_border(FormatBorder::Thin),
            cells: [cell("General"), cell("@"), cell("yyyy\\-mm\\-dd")],
        }
    }
    /// The format of a column's cells. Codes are text, so that `001` and `1E5` survive typing.
    pub(super) fn cell(&self, column: &Column, lock: Lock) -> &Format {
        let group = match column.kind {
            CellKind::Number | CellKind::Whole(..) | CellKind::YesNo => 0,
            CellKind::Date => 2,
            _ => 1,
        };
        &self.cells[group][usize::from(lock == Lock::Locked)]
    }
}

/// The width of a column in characters.
pub(super) fn width(column: &Column) -> f64 {
    let wanted = match column.kind {
        CellKind::Text => 36.0,
        CellKind::TextIn(_) => 44.0,
        CellKind::Number | CellKind::Whole(..) => 14.0,
        CellKind::Date | CellKind::YesNo | CellKind::Currency | CellKind::Period => 12.0,
        CellKind::Refs(_) | CellKind::Codes | CellKind::Breakdown => 24.0,
        CellKind::Code | CellKind::Ref(_) | CellKind::OneOf(..) => 18.0,
    };
    f64::max(wanted, column.name.chars().count() as f64 + 3.0)
}
