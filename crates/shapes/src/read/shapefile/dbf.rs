//! The .dbf (dBase III to 7, FoxPro): rows of a fixed width.

use super::encoding::{self, TextEncoding};
use crate::{Fault, Field, FieldKind, Place, Value, limits, read::values::as_kind};

/// A row, and whether it was marked as deleted.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) values: Vec<Value>,
    pub(super) is_deleted: bool,
}

/// A column: its letter of type, and where it lies in the row.
struct Column {
    field: Field,
    kind: u8,
    at: usize,
    size: usize,
}

/// Reads fields and rows. What is not text, number, date or flag (notes, pictures) is left out.
pub(super) fn read(bytes: &[u8], cpg: Option<&[u8]>, place: &Place) -> Result<(Vec<Field>, Vec<Row>), Fault> {
    let broken = |found: &str| Fault::damaged(place, format!("the .dbf is wrong: {found}"));
    let (head, _) = bytes.split_first_chunk::<32>().ok_or_else(|| broken("it breaks off in its head"))?;
    let [_, _, _, _, n0, n1, n2, n3, h0, h1, r0, r1, ..] = *head;
    let n_rows = u32::from_le_bytes([n0, n1, n2, n3]) as usize;
    let (n_head, n_row) = (usize::from(u16::from_le_bytes([h0, h1])), usize::from(u16::from_le_bytes([r0, r1])));
    let language = bytes.get(29).copied().unwrap_or_default();
    let text = encoding::of(cpg, language);
    let described = bytes.get(32..n_head).ok_or_else(|| broken("it breaks off in its head"))?;
    let columns = columns(described, text, n_row).ok_or_else(|| broken("its columns are wider than its rows"))?;
    if columns.len() > limits::FIELDS {
        return Err(Fault::TooLarge { place: place.clone(), what: "attributes", limit: limits::FIELDS as u64 });
    }
    if n_row == 0 && n_rows > 0 {
        return Err(broken("its rows have no width"));
    }
    let body = bytes.get(n_head..).unwrap_or_default();
    if body.len().checked_div(n_row).unwrap_or_default() < n_rows {
        return Err(broken("it has fewer rows than it says"));
    }
    limits::check_values(place, n_rows, columns.len())?;
    let mut rows = Vec::new();
    for (number, row) in (1_i64..).zip(body.chunks_exact(n_row.max(1)).take(n_rows)) {
        let value = |column: &Column| {
            let cell = row.get(column.at..column.at + column.size).unwrap_or_default();
            value(cell, column, text).map_err(|found| Fault::Damaged {
                place: place.feature(number),
                found: format!("the attribute {} holds {found:?}, which is not of its kind", column.field.name),
                todo: "correct the value, or save the column as text",
            })
        };
        let values = columns.iter().map(value).collect::<Result<_, _>>()?;
        rows.push(Row { values, is_deleted: row.first() == Some(&b'*') });
    }
    Ok((columns.into_iter().map(|column| column.field).collect(), rows))
}

/// The columns; `None` where they do not fit into the row.
fn columns(described: &[u8], text: TextEncoding, n_row: usize) -> Option<Vec<Column>> {
    let mut columns = Vec::new();
    // The first byte of a row is the mark of deletion.
    let mut at = 1_usize;
    for column in described.chunks_exact(32).take_while(|column| column.first() != Some(&0x0d)) {
        let name = column.get(..11)?;
        let name = name.split(|byte| *byte == 0).next()?;
        let kind = column.get(11).copied()?;
        let decimals = column.get(17).copied()?;
        let mut size = usize::from(column.get(16).copied()?);
        if kind == b'C' {
            // Long texts keep the high byte of their size where numbers have their decimals.
            size += usize::from(decimals) << 8;
        }
        let field_kind = match kind {
            b'C' | b'D' => Some(FieldKind::Text),
            b'N' | b'F' if decimals == 0 && kind == b'N' && size <= 18 => Some(FieldKind::Whole),
            b'N' | b'F' => Some(FieldKind::Number),
            b'I' | b'+' => Some(FieldKind::Whole),
            b'O' | b'B' if size == 8 => Some(FieldKind::Number),
            b'L' => Some(FieldKind::Flag),
            _ => None,
        };
        let end = at.checked_add(size).filter(|end| *end <= n_row)?;
        if let Some(kind_of_field) = field_kind {
            let name = text.decode(name).trim().to_owned();
            columns.push(Column { field: Field { name, kind: kind_of_field }, kind, at, size });
        }
        at = end;
    }
    Some(columns)
}

/// A cell's value; the text itself where it is not of the column's kind.
fn value(cell: &[u8], column: &Column, encoding: TextEncoding) -> Result<Value, String> {
    let text = || {
        let end = cell.iter().position(|byte| *byte == 0).unwrap_or(cell.len());
        encoding.decode(cell.get(..end).unwrap_or_default()).trim().to_owned()
    };
    let four = || cell.first_chunk::<4>().copied();
    Ok(match column.kind {
        // Dates as 20240131 become 2024-01-31.
        b'D' => match text() {
            date if date.is_empty() || date.chars().all(|sign| sign == '0') => Value::Missing,
            date => match (date.get(..4), date.get(4..6), date.get(6..8)) {
                (Some(year), Some(month), Some(day)) if date.len() == 8 => Value::Text(format!("{year}-{month}-{day}")),
                _ => return Err(date),
            },
        },
        b'C' => match text() {
            text if text.is_empty() => Value::Missing,
            text => Value::Text(text),
        },
        b'L' => match cell.first() {
            Some(b'T' | b't' | b'Y' | b'y') => Value::Flag(true),
            Some(b'F' | b'f' | b'N' | b'n') => Value::Flag(false),
            _ => Value::Missing,
        },
        b'I' => four().map_or(Value::Missing, |bytes| Value::Whole(i32::from_le_bytes(bytes).into())),
        // dBase 7 keeps numbers so that their bytes sort: the highest bit is turned over.
        b'+' => four().map_or(Value::Missing, |bytes| Value::Whole(i64::from(u32::from_be_bytes(bytes)) - (1 << 31))),
        b'O' | b'B' => match cell.first_chunk::<8>() {
            Some(bytes) => {
                let number = if column.kind == b'B' {
                    f64::from_le_bytes(*bytes)
                } else {
                    let bits = u64::from_be_bytes(*bytes);
                    f64::from_bits(if bits >> 63 == 1 { bits & !(1 << 63) } else { !bits })
                };
                if number.is_nan() { Value::Missing } else { Value::Number(number) }
            }
            None => Value::Missing,
        },
        _ => {
            let text = text();
            // Stars stand for a number that was too long.
            if text.is_empty() || text.chars().all(|sign| sign == '*') {
                return Ok(Value::Missing);
            }
            let found = match text.parse::<i64>() {
                Ok(whole) => Value::Whole(whole),
                Err(_) => match text.replace(',', ".").parse::<f64>() {
                    Ok(number) if number.is_nan() => Value::Missing,
                    Ok(number) if number.fract() == 0.0 && number.abs() < 9e15 => Value::Whole(number as i64),
                    Ok(number) => Value::Number(number),
                    Err(_) => return Err(text),
                },
            };
            match as_kind(found.clone(), column.field.kind) {
                Value::Missing if found != Value::Missing => return Err(text),
                value => value,
            }
        }
    })
}
