//! The spatial index of a layer, so that programs find features of an area without reading all.

use std::collections::HashSet;

use geo::BoundingRect as _;
use rusqlite::{Connection, params};

use super::quoted;
use crate::Layer;

/// The R-tree (extension `gpkg_rtree_index`) with the triggers that the standard asks for.
pub(super) fn index(connection: &Connection, layer: &Layer, names: [&str; 2]) -> rusqlite::Result<()> {
    let [key, column] = names.map(quoted);
    let table = quoted(&layer.name);
    let tree = format!("rtree_{}_{}", layer.name, names[1]);
    let q = |suffix: &str| quoted(&format!("{tree}{suffix}"));
    let rtree = q("");
    connection.execute_batch(&format!("create virtual table {rtree} using rtree(id, minx, maxx, miny, maxy)"))?;
    {
        let mut statement = connection.prepare(&format!("insert into {rtree} values (?1, ?2, ?3, ?4, ?5)"))?;
        let mut ids = HashSet::new();
        let keeps_ids = layer.features.iter().all(|feature| ids.insert(feature.id));
        for (number, feature) in (1_i64..).zip(&layer.features) {
            if let Some(bounds) = feature.shape.as_ref().and_then(|shape| shape.bounding_rect()) {
                let id = if keeps_ids { feature.id } else { number };
                statement.execute(params![id, bounds.min().x, bounds.max().x, bounds.min().y, bounds.max().y])?;
            }
        }
    }
    let insert = format!(
        "insert or replace into {rtree} values (new.{key}, ST_MinX(new.{column}), ST_MaxX(new.{column}), \
         ST_MinY(new.{column}), ST_MaxY(new.{column}));"
    );
    let (has_new, had_old) = (
        format!("(new.{column} notnull and not ST_IsEmpty(new.{column}))"),
        format!("(old.{column} notnull and not ST_IsEmpty(old.{column}))"),
    );
    let no_new = format!("(new.{column} isnull or ST_IsEmpty(new.{column}))");
    let no_old = format!("(old.{column} isnull or ST_IsEmpty(old.{column}))");
    let delete = format!("delete from {rtree} where id = old.{key};");
    let update = format!(
        "update {rtree} set minx = ST_MinX(new.{column}), maxx = ST_MaxX(new.{column}), \
         miny = ST_MinY(new.{column}), maxy = ST_MaxY(new.{column}) where id = new.{key};"
    );
    connection.execute_batch(&format!(
        "create trigger {} after insert on {table} when {has_new} begin {insert} end;
         create trigger {} after update of {column} on {table} when old.{key} = new.{key} and {has_new} and {had_old}
           begin {update} end;
         create trigger {} after update of {column} on {table} when old.{key} = new.{key} and {has_new} and {no_old}
           begin {insert} end;
         create trigger {} after update of {column} on {table} when old.{key} = new.{key} and {no_new}
           begin {delete} end;
         create trigger {} after update on {table} when old.{key} != new.{key} and {has_new}
           begin {delete} {insert} end;
         create trigger {} after update on {table} when old.{key} != new.{key} and {no_new}
           begin delete from {rtree} where id in (old.{key}, new.{key}); end;
         create trigger {} after delete on {table} when old.{column} not null begin {delete} end;",
        q("_insert"),
        q("_update6"),
        q("_update7"),
        q("_update2"),
        q("_update5"),
        q("_update4"),
        q("_delete"),
    ))?;
    connection.execute(
        "insert into gpkg_extensions values (?1, ?2, 'gpkg_rtree_index', \
         'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        params![layer.name, names[1]],
    )?;
    Ok(())
}
