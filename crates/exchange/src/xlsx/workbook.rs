//! The workbook's own parts: which sheets there are, how cells look, how days are counted.

use super::{
    archive::{Archive, Broken},
    format,
    strings::Strings,
    xml::{attribute, for_each_element},
};

/// A sheet as the workbook lists it.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) path: String,
    /// Hidden from the person who looks at the workbook.
    pub(super) hidden: bool,
}

/// What all sheets share.
#[derive(Debug)]
pub(super) struct Workbook {
    pub(super) sheets: Vec<Sheet>,
    pub(super) strings: Strings,
    /// Days count from 1904 instead of 1900.
    pub(super) from_1904: bool,
    /// For each cell style whether it shows a day.
    pub(super) is_date: Vec<bool>,
}

impl Workbook {
    pub(super) fn read(archive: &mut Archive<'_>) -> Result<Workbook, Broken> {
        let path = relations(archive, "")?
            .into_iter()
            .find(|r| r.kind.ends_with("/officeDocument"))
            .map(|r| r.target)
            .ok_or_else(|| Broken::damaged("no workbook inside"))?;
        let relations = relations(archive, &path)?;
        let target = |kind: &str| relations.iter().find(|r| r.kind.ends_with(kind)).map(|r| r.target.clone());

        let mut listed = Vec::new();
        let mut from_1904 = false;
        for_each_element(archive, &path, |name, element| match name {
            "workbookPr" => from_1904 = attribute(element, "date1904").is_some_and(|v| v == "1" || v == "true"),
            "sheet" => {
                let hidden = attribute(element, "state").is_some_and(|s| s != "visible");
                listed.push((attribute(element, "name"), attribute(element, "id"), hidden));
            }
            _ => {}
        })?;
        let mut sheets = Vec::new();
        for (name, id, hidden) in listed {
            let (Some(name), Some(id)) = (name, id) else { continue };
            let relation = relations.iter().find(|r| r.id == id);
            // A sheet of charts has no cells.
            if let Some(relation) = relation.filter(|r| r.kind.ends_with("/worksheet")) {
                sheets.push(Sheet { name, path: relation.target.clone(), hidden });
            }
        }
        let strings = match target("/sharedStrings").filter(|p| archive.has(p)) {
            Some(path) => Strings::read(archive, &path)?,
            None => Strings::default(),
        };
        let is_date = match target("/styles").filter(|p| archive.has(p)) {
            Some(path) => format::date_styles(archive, &path)?,
            None => Vec::new(),
        };
        Ok(Workbook { sheets, strings, from_1904, is_date })
    }
}

/// Where a part points to.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

/// The relations of a part, their targets as paths inside of the archive.
fn relations(archive: &mut Archive<'_>, path: &str) -> Result<Vec<Relation>, Broken> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let slash = if folder.is_empty() { "" } else { "/" };
    let part = format!("{folder}{slash}_rels/{name}.rels");
    let mut relations = Vec::new();
    for_each_element(archive, &part, |tag, element| {
        let get = |name: &str| attribute(element, name).unwrap_or_default();
        if tag == "Relationship" && get("TargetMode") != "External" {
            let target = inside(folder, &get("Target"));
            relations.push(Relation { id: get("Id"), kind: get("Type"), target });
        }
    })?;
    Ok(relations)
}

/// A target as a path inside of the archive.
fn inside(folder: &str, target: &str) -> String {
    let full = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in full.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
