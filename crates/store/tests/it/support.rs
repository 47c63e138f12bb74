//! Changes of places and units in few words.

use jiff::Timestamp;
use model::{
    Kind, Records,
    value::{Raw, Value, parse_cell},
};
use register::{Committed, Edit, Log, Proposal, Upto, accept};
use store::{Mode, Store, StoreError};
use tempfile::TempDir;

/// A register in a folder of its own.
pub struct Register {
    pub folder: TempDir,
    pub store: Store,
}

impl Register {
    pub async fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let store = Store::open(&folder.path().join("register.sqlite"), Mode::Create).await.expect("opens");
        Register { folder, store }
    }
    pub async fn state(&self, upto: Upto) -> Records {
        self.store.fold(upto).await.expect("folds").records
    }
    /// Writes edits as one change, against the position given or the current one.
    pub async fn write(&self, edits: Vec<Edit>, against: Option<u64>) -> Result<Committed, StoreError> {
        let folded = self.store.fold(Upto::Now).await?;
        let proposal = Proposal {
            author: "tester".into(),
            at: "2020-01-01T00:00:00Z".parse::<Timestamp>().expect("an instant"),
            reason: "test".into(),
            undoes: None,
            against: against.unwrap_or(folded.position),
            edits,
        };
        let (checked, found) = accept(&folded.records, proposal);
        self.store.append(checked.unwrap_or_else(|| panic!("{found:?}"))).await
    }
}

/// A row from column and text pairs.
pub fn row(kind: Kind, cells: &[(&str, &str)]) -> Vec<Value> {
    let of = |name: &str| cells.iter().find(|(n, _)| *n == name).map_or("", |(_, text)| text);
    kind.def().columns.iter().map(|c| parse_cell(c.kind, Raw::Text(of(&c.name))).expect("a value")).collect()
}

/// Says what a unit is.
pub fn unit(id: &str, title: &str) -> Edit {
    let cells = [("id", id), ("title_en", title), ("kind", "branch")];
    Edit::Put { kind: Kind::Unit, row: row(Kind::Unit, &cells), origin: None }
}

/// Every record of a state as kind, id and body.
pub fn bodies(records: &Records) -> Vec<(Kind, String, String)> {
    let mut all: Vec<_> = Kind::REGISTER
        .iter()
        .flat_map(|k| records.rows(*k).map(|(id, row)| (*k, id.to_owned(), k.def().to_json(&row))))
        .collect();
    all.sort();
    all
}
