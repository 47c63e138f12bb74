//! Changes of places and units in few words.

use jiff::Timestamp;
use model::{
    Kind, Records,
    value::{Raw, Value, parse_cell},
};
use register::{Committed, Edit, Log, Proposal, Upto, accept};
use store::{Mode, Store, StoreError};
use tempfile::TempDir;

/// Where a register is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

/// Every law holds on both.
pub const BOTH: [On; 2] = [On::Sqlite, On::Postgres];

/// A register of its own.
pub struct Register {
    pub store: Store,
    place: Place,
}

enum Place {
    File(TempDir),
    Address(String),
}

impl Register {
    pub async fn new(on: On) -> Self {
        let place = match on {
            On::Sqlite => Place::File(TempDir::new().expect("a folder")),
            On::Postgres => Place::Address(testkit::postgres::database()),
        };
        let store = open(&place, Mode::Create).await.expect("opens");
        Register { store, place }
    }
    /// The same register as another program sees it.
    pub async fn again(&self, mode: Mode) -> Store {
        open(&self.place, mode).await.expect("opens again")
    }
    /// The address of its database, where it has one.
    pub fn address(&self) -> Option<&str> {
        match &self.place {
            Place::File(_) => None,
            Place::Address(address) => Some(address),
        }
    }
    /// Does to the database what no program of ours would.
    pub async fn sql(&self, text: &'static str) {
        self.try_sql(text).await.expect("is done");
    }
    /// The same where the database may refuse.
    pub async fn try_sql(&self, text: &'static str) -> Result<(), sqlx::Error> {
        use sqlx::Connection;
        match &self.place {
            Place::File(folder) => {
                let mut db = sqlx::SqliteConnection::connect(&address_of(folder)).await.expect("opens");
                sqlx::raw_sql(text).execute(&mut db).await.map(drop)
            }
            Place::Address(address) => {
                let mut db = sqlx::PgConnection::connect(address).await.expect("connects");
                sqlx::raw_sql(text).execute(&mut db).await.map(drop)
            }
        }
    }
    /// Rows of a table.
    pub async fn count(&self, table: &str) -> i64 {
        use sqlx::Connection;
        let count = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
        let n = match &self.place {
            Place::File(folder) => {
                let mut db = sqlx::SqliteConnection::connect(&address_of(folder)).await.expect("opens");
                sqlx::query_scalar(count).fetch_one(&mut db).await
            }
            Place::Address(address) => {
                let mut db = sqlx::PgConnection::connect(address).await.expect("connects");
                sqlx::query_scalar(count).fetch_one(&mut db).await
            }
        };
        n.expect("counts")
    }
    pub async fn state(&self, upto: Upto) -> Records {
        self.store.fold(upto).await.expect("folds").records
    }
    /// Writes edits as one change, against the position given or the current one.
    pub async fn write(&self, edits: Vec<Edit>, against: Option<u64>) -> Result<Committed, StoreError> {
        write(&self.store, edits, against).await
    }
}

fn address_of(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("register.sqlite").display())
}

async fn open(place: &Place, mode: Mode) -> Result<Store, StoreError> {
    match place {
        Place::File(folder) => Store::open(&folder.path().join("register.sqlite"), mode).await,
        Place::Address(address) => Store::connect(address, mode).await,
    }
}

/// Writes edits as one change, against the position given or the current one.
pub async fn write(store: &Store, edits: Vec<Edit>, against: Option<u64>) -> Result<Committed, StoreError> {
    let folded = store.fold(Upto::Now).await?;
    append_to(store, &folded.records, edits, against.unwrap_or(folded.position)).await
}

/// Writes edits that refer to nothing as one change.
pub async fn append(store: &Store, edits: Vec<Edit>, against: u64) -> Result<Committed, StoreError> {
    append_to(store, &Records::default(), edits, against).await
}

async fn append_to(store: &Store, records: &Records, edits: Vec<Edit>, against: u64) -> Result<Committed, StoreError> {
    let proposal = Proposal {
        author: "tester".into(),
        at: "2020-01-01T00:00:00Z".parse::<Timestamp>().expect("an instant"),
        reason: "test".into(),
        undoes: None,
        against,
        edits,
    };
    let (checked, found) = accept(records, proposal);
    store.append(checked.unwrap_or_else(|| panic!("{found:?}"))).await
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
