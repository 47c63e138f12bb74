//! What a proposal would change, as it is kept: records as JSON, observations as a segment of the lake that no change
//! names yet.

use std::sync::Arc;

use lake::SegmentId;
use model::{
    Kind,
    observations::Observations,
    record::{Origin, SheetOrigin},
};
use register::{Edit, SegmentRef};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::{App, error::AppError};

/// The edits of a proposal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Content {
    pub records: Vec<Stored>,
    /// Observations that it adds.
    pub segments: Vec<SegmentRef>,
    /// Observations that it takes back.
    pub retracted: Vec<SegmentRef>,
    pub sheets: Vec<SheetOrigin>,
    /// The change that it takes back.
    pub undoes: Option<u64>,
}

/// A record as a proposal would have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Stored {
    pub kind: String,
    pub id: String,
    /// The record's body; none for a removal.
    pub body: Option<Map<String, Json>>,
    /// Sheet and row that it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<(usize, u32)>,
}

impl Content {
    /// Takes edits apart. Segments are kept as they are: they lie in the lake already.
    pub fn of(edits: &[Edit], undoes: Option<u64>) -> Self {
        let mut content = Content { undoes, ..Content::default() };
        for edit in edits {
            match edit {
                Edit::Put { kind, row, origin } => {
                    let def = kind.def();
                    let origin = origin.as_ref().map(|o| (content.sheet(&o.sheet), o.row));
                    content.records.push(Stored {
                        kind: kind.name().to_owned(),
                        id: def.id_of(row),
                        body: serde_json::from_str(&def.to_json(row)).ok(),
                        origin,
                    });
                }
                Edit::Remove { kind, id } => {
                    content.records.push(Stored {
                        kind: kind.name().to_owned(),
                        id: id.clone(),
                        body: None,
                        origin: None,
                    });
                }
                Edit::AddSegment(segment) => content.segments.push(segment.clone()),
                Edit::RetractSegment(segment) => content.retracted.push(segment.clone()),
                Edit::Agree { .. } => {}
            }
        }
        content
    }

    fn sheet(&mut self, sheet: &SheetOrigin) -> usize {
        self.sheets.iter().position(|s| s == sheet).unwrap_or_else(|| {
            self.sheets.push(sheet.clone());
            self.sheets.len() - 1
        })
    }

    /// The edits. A kind that this program does not know is left out; it cannot have been written by it.
    pub fn edits(&self) -> Vec<Edit> {
        let sheets: Vec<Arc<SheetOrigin>> = self.sheets.iter().cloned().map(Arc::new).collect();
        let records = self.records.iter().filter_map(|stored| {
            let kind = Kind::parse(&stored.kind)?;
            Some(match &stored.body {
                None => Edit::Remove { kind, id: stored.id.clone() },
                Some(body) => {
                    let origin =
                        stored.origin.and_then(|(sheet, row)| Some(Origin { sheet: sheets.get(sheet)?.clone(), row }));
                    Edit::Put { kind, row: kind.def().row_from_json(body), origin }
                }
            })
        });
        let added = self.segments.iter().cloned().map(Edit::AddSegment);
        let retracted = self.retracted.iter().cloned().map(Edit::RetractSegment);
        records.chain(added).chain(retracted).collect()
    }

    /// The observations that it adds.
    pub async fn observations(&self, app: &App) -> Result<Observations, AppError> {
        if self.segments.is_empty() {
            return Ok(Observations::default());
        }
        let ids: Vec<(SegmentId, u64)> =
            self.segments.iter().filter_map(|s| Some((SegmentId::parse(&s.id)?, 0))).collect();
        let lake = app.lake()?.clone();
        let read = tokio::task::spawn_blocking(move || lake.current(&ids, 0)).await;
        Ok(read.map_err(|e| AppError::Internal(e.to_string()))??)
    }

    /// As it is kept.
    pub fn to_json(&self) -> String {
        // Texts, numbers and lists only.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what was kept.
    pub fn read(text: &str) -> Result<Self, AppError> {
        serde_json::from_str(text).map_err(|e| AppError::Internal(format!("the content of a proposal: {e}")))
    }
}
