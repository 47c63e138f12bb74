//! Microdata in Parquet files, read by part and by variable, so that a file larger than memory can be gone through.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use arrow_array::{
    Array, ArrayRef, RecordBatch,
    cast::AsArray,
    types::{Date32Type, Float64Type, Int32Type},
};
use arrow_schema::DataType;
use diag::Diagnostic;
use model::microdata::{MISSING, Table, Values, Variable};
use parquet::arrow::{
    ProjectionMask,
    arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder},
};
use rustc_hash::FxHashMap;

use crate::{
    columns::with_dictionaries,
    foreign::{codes, guarded},
};

/// Rows that are decoded at once.
const BATCH: usize = 65_536;

/// Why a file cannot be read.
pub type Refusal = Box<Diagnostic>;

/// A Parquet file of microdata that was opened: its footer is read, no row is.
#[derive(Clone)]
pub struct MicrodataFile {
    name: String,
    path: PathBuf,
    arrow: ArrowReaderMetadata,
    /// Place of the first row of each row group, and of the end.
    starts: Vec<u64>,
}

impl MicrodataFile {
    /// Opens a file.
    ///
    /// Errors: a file that is no Parquet, breaks off, is encrypted or damaged.
    pub fn open(path: &Path) -> Result<MicrodataFile, Refusal> {
        let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let wrong = |code| Box::new(Diagnostic::new(code).arg("file", &name));
        let damaged =
            |detail: String| Box::new(Diagnostic::new(&codes::XCH304).arg("file", &name).arg("detail", detail));
        let file = File::open(path).map_err(|e| damaged(e.to_string()))?;
        if file.metadata().is_ok_and(|m| m.len() == 0) {
            return Err(wrong(&codes::XCH300));
        }
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let opened = guarded(|| {
            let plain = ArrowReaderMetadata::load(&file, options.clone())?;
            let schema = with_dictionaries(plain.schema());
            ArrowReaderMetadata::try_new(plain.metadata().clone(), options.with_schema(schema))
        });
        let arrow = opened.map_err(damaged)?;
        let mut starts: Vec<u64> = vec![0];
        for group in arrow.metadata().row_groups() {
            let upto = starts.last().copied().unwrap_or(0);
            starts.push(upto.saturating_add(u64::try_from(group.num_rows()).unwrap_or(0)));
        }
        Ok(MicrodataFile { name, path: path.to_owned(), arrow, starts })
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The variables, in the order of the file.
    pub fn variables(&self) -> Vec<String> {
        self.arrow.schema().fields().iter().map(|f| f.name().clone()).collect()
    }

    /// Number of rows.
    pub fn n_rows(&self) -> u64 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// Number of parts that can be read on their own.
    pub fn n_parts(&self) -> usize {
        self.starts.len() - 1
    }

    /// Goes through some variables of a part, some ten thousand rows at a time.
    ///
    /// Shape: tables with the variables that the file has, in its order; `Table::place` is the row in the file. Errors: those
    /// of `take`, damage, a variable of a type that is neither number nor text.
    pub fn each(
        &self,
        part: usize,
        variables: &[String],
        mut take: impl FnMut(Table) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let damaged =
            |detail: String| Box::new(Diagnostic::new(&codes::XCH304).arg("file", &self.name).arg("detail", detail));
        let fields = self.arrow.schema().fields();
        let wanted = (0..fields.len()).filter(|i| variables.iter().any(|v| v == fields[*i].name()));
        let mask = ProjectionMask::roots(self.arrow.parquet_schema(), wanted);
        let file = File::open(&self.path).map_err(|e| damaged(e.to_string()))?;
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.arrow.clone());
        let mut batches =
            guarded(|| builder.with_projection(mask).with_row_groups(vec![part]).with_batch_size(BATCH).build())
                .map_err(damaged)?;
        let mut place = self.starts[part];
        while let Some(batch) = guarded(|| Ok(batches.next().transpose()?)).map_err(damaged)? {
            let n = batch.num_rows() as u64;
            take(self.table(&batch, place)?)?;
            place += n;
        }
        Ok(())
    }

    /// Some variables of all rows.
    ///
    /// Errors: as [`MicrodataFile::each`].
    pub fn read(&self, variables: &[String]) -> Result<Table, Refusal> {
        let mut whole: Option<Joined> = None;
        for part in 0..self.n_parts() {
            self.each(part, variables, |table| {
                whole.get_or_insert_with(|| Joined::of(&table)).add(table);
                Ok(())
            })?;
        }
        let none = || Table { name: self.name.clone(), ..Table::default() };
        Ok(whole.map_or_else(none, |joined| joined.finish(self.name.clone())))
    }

    fn table(&self, batch: &RecordBatch, place: u64) -> Result<Table, Refusal> {
        let mut variables = Vec::with_capacity(batch.num_columns());
        for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
            let values = values(column).ok_or_else(|| {
                let detail = format!("{}: {}", field.name(), field.data_type());
                Box::new(Diagnostic::new(&codes::XCH304).arg("file", &self.name).arg("detail", detail))
            })?;
            variables.push(Variable::new(field.name(), values));
        }
        let n_rows = batch.num_rows();
        let origin = Some((place..place + n_rows as u64).collect());
        Ok(Table { name: self.name.clone(), variables, n_rows, origin })
    }
}

/// A column's values; `None` for a type that is neither number nor text. Days are texts, as people write them.
fn values(column: &ArrayRef) -> Option<Values> {
    match column.data_type() {
        DataType::Dictionary(..) => {
            let column = column.as_dictionary_opt::<Int32Type>()?;
            let texts = column.values().as_string_opt::<i32>()?;
            let mut levels = Levels::default();
            let codes: Vec<u32> = texts.iter().map(|t| t.map_or(MISSING, |t| levels.code(t))).collect();
            let of = |key: Option<i32>| key.and_then(|k| codes.get(k as usize).copied()).unwrap_or(MISSING);
            Some(Values::Texts { codes: column.keys().iter().map(of).collect(), levels: levels.names })
        }
        DataType::Utf8 => {
            let mut levels = Levels::default();
            let codes = column.as_string_opt::<i32>()?.iter().map(|t| t.map_or(MISSING, |t| levels.code(t))).collect();
            Some(Values::Texts { codes, levels: levels.names })
        }
        DataType::Date32 => {
            let mut levels = Levels::default();
            let day = |days: i32| jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).ok();
            let of = |days: Option<i32>| days.and_then(day).map_or(MISSING, |d| levels.code(&d.to_string()));
            let codes = column.as_primitive_opt::<Date32Type>()?.iter().map(of).collect();
            Some(Values::Texts { codes, levels: levels.names })
        }
        DataType::Boolean => {
            let of = |b: Option<bool>| b.map_or(f64::NAN, |b| f64::from(u8::from(b)));
            Some(Values::Numbers(column.as_boolean_opt()?.iter().map(of).collect()))
        }
        _ => numbers(column).map(Values::Numbers),
    }
}

/// Numbers of any width.
fn numbers(column: &ArrayRef) -> Option<Vec<f64>> {
    use arrow_array::types::{
        Float32Type, Int8Type, Int16Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
    };
    macro_rules! widened {
        ($kind:ty) => {{
            let column = column.as_primitive_opt::<$kind>()?;
            match column.null_count() {
                0 => column.values().iter().map(|v| *v as f64).collect(),
                _ => column.iter().map(|v| v.map_or(f64::NAN, |v| v as f64)).collect(),
            }
        }};
    }
    Some(match column.data_type() {
        DataType::Float64 => {
            let column = column.as_primitive_opt::<Float64Type>()?;
            match column.null_count() {
                0 => column.values().to_vec(),
                _ => column.iter().map(|v| v.unwrap_or(f64::NAN)).collect(),
            }
        }
        DataType::Float32 => widened!(Float32Type),
        DataType::Int8 => widened!(Int8Type),
        DataType::Int16 => widened!(Int16Type),
        DataType::Int32 => widened!(Int32Type),
        DataType::Int64 => widened!(Int64Type),
        DataType::UInt8 => widened!(UInt8Type),
        DataType::UInt16 => widened!(UInt16Type),
        DataType::UInt32 => widened!(UInt32Type),
        DataType::UInt64 => widened!(UInt64Type),
        _ => return None,
    })
}

/// Texts that were numbered.
#[derive(Default)]
struct Levels {
    names: Vec<String>,
    known: FxHashMap<String, u32>,
}

impl Levels {
    fn code(&mut self, text: &str) -> u32 {
        if let Some(code) = self.known.get(text) {
            return *code;
        }
        let code = self.names.len() as u32;
        self.known.insert(text.to_owned(), code);
        self.names.push(text.to_owned());
        code
    }
}

/// Tables of one file, put together.
struct Joined {
    columns: Vec<(String, Whole)>,
    n_rows: usize,
}

enum Whole {
    Numbers(Vec<f64>),
    Texts(Levels, Vec<u32>),
}

impl Joined {
    fn of(first: &Table) -> Joined {
        let column = |v: &Variable| {
            let whole = match v.values {
                Values::Numbers(_) => Whole::Numbers(Vec::new()),
                Values::Texts { .. } => Whole::Texts(Levels::default(), Vec::new()),
            };
            (v.name.clone(), whole)
        };
        Joined { columns: first.variables.iter().map(column).collect(), n_rows: 0 }
    }

    fn add(&mut self, table: Table) {
        self.n_rows += table.n_rows;
        for ((_, whole), variable) in self.columns.iter_mut().zip(table.variables) {
            match (whole, variable.values) {
                (Whole::Numbers(all), Values::Numbers(numbers)) => all.extend(numbers),
                (Whole::Texts(known, all), Values::Texts { levels, codes }) => {
                    let to: Vec<u32> = levels.iter().map(|level| known.code(level)).collect();
                    all.extend(codes.into_iter().map(|c| if c == MISSING { MISSING } else { to[c as usize] }));
                }
                // One schema holds for all parts of a file.
                _ => {}
            }
        }
    }

    fn finish(self, name: String) -> Table {
        let variable = |(name, whole): (String, Whole)| {
            let values = match whole {
                Whole::Numbers(numbers) => Values::Numbers(numbers),
                Whole::Texts(levels, codes) => Values::Texts { levels: levels.names, codes },
            };
            Variable::new(name, values)
        };
        let variables = self.columns.into_iter().map(variable).collect();
        Table { name, variables, n_rows: self.n_rows, origin: None }
    }
}
