//! A layer of features, as every reader of this crate returns it and every writer takes it.

use geo::Geometry;

use crate::Crs;

/// Features of one file with one reference system.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// What the file calls it; the file's stem where it says nothing.
    pub name: String,
    /// What the coordinates are.
    pub crs: Crs,
    /// The attributes, in the order of the file.
    pub fields: Vec<Field>,
    /// The features, in the order of the file.
    pub features: Vec<Feature>,
}

/// One attribute of a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in the file.
    pub name: String,
    /// What its values are.
    pub kind: FieldKind,
}

/// What the values of an attribute are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Whole numbers.
    Whole,
    /// Numbers.
    Number,
    /// Text.
    Text,
    /// Yes or no.
    Flag,
}

/// One feature: a shape (in the layer's reference system, `x` before `y`: longitude before latitude) and its attributes.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// The number that the file gives it; its row, from 1, where it gives none.
    pub id: i64,
    /// Where it is; `None` where the file has nothing.
    pub shape: Option<Geometry<f64>>,
    /// One value for each field of the layer, in its order.
    pub values: Vec<Value>,
}

/// One value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing is there.
    Missing,
    /// A whole number.
    Whole(i64),
    /// A number; never NaN.
    Number(f64),
    /// A text.
    Text(String),
    /// Yes or no.
    Flag(bool),
}
