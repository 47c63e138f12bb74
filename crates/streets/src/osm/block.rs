//! What a blob of data holds: strings, nodes, ways, relations.

use super::{
    Fault,
    wire::{Deltas, Message, Packed, Value, zigzag},
};

/// Strings of one block that we accept. Writers put 8 000 elements into a block; four million strings are an attack.
const STRINGS_LIMIT: usize = 1 << 22;
/// What a coordinate is stored in: 10⁻⁷ of a degree, which is 100 of the nanodegrees of the format.
const NANODEGREES: i64 = 100;

/// The parts of a block, not yet decoded.
pub(super) struct Block<'a> {
    strings: Vec<&'a [u8]>,
    groups: Vec<&'a [u8]>,
    granularity: i64,
    lat_offset: i64,
    lon_offset: i64,
}

/// Tags of an element: pairs of places in the table of strings.
#[derive(Clone, Copy)]
pub(super) struct Tags<'a, 'b> {
    pairs: Pairs<'a>,
    strings: &'b [&'a [u8]],
}

/// Key and value.
pub(super) type Tag<'a> = (&'a [u8], &'a [u8]);

/// How tags are written.
#[derive(Clone, Copy)]
enum Pairs<'a> {
    /// Keys, and apart from them values.
    Apart(Packed<'a>, Packed<'a>),
    /// Key, value, key, value.
    InTurn(Packed<'a>),
}

impl<'a> Tags<'a, '_> {
    /// The next key and value; `None` at the end.
    #[inline]
    pub fn next(&mut self) -> Result<Option<Tag<'a>>, Fault> {
        let pair = match &mut self.pairs {
            Pairs::Apart(keys, values) => (keys.next()?, values.next()?),
            Pairs::InTurn(list) => match list.next()? {
                Some(key) => (Some(key), list.next()?),
                None => (None, None),
            },
        };
        match pair {
            (Some(key), Some(value)) => Ok(Some((string(self.strings, key)?, string(self.strings, value)?))),
            (None, None) => Ok(None),
            _ => Err(Fault::Tags),
        }
    }
}

#[inline]
fn string<'a>(strings: &[&'a [u8]], at: u64) -> Result<&'a [u8], Fault> {
    usize::try_from(at).ok().and_then(|at| strings.get(at)).copied().ok_or(Fault::String)
}

/// A way.
pub(super) struct Way<'a, 'b> {
    /// Its number.
    pub id: i64,
    /// Its tags.
    pub tags: Tags<'a, 'b>,
    /// Its nodes.
    pub nodes: Deltas<'a>,
}

/// A relation.
pub(super) struct Relation<'a, 'b> {
    /// Its number.
    pub id: i64,
    /// Its tags.
    pub tags: Tags<'a, 'b>,
    /// The roles of its members.
    pub roles: Packed<'a>,
    /// The numbers of its members.
    pub members: Deltas<'a>,
    /// The kinds of its members: 0 node, 1 way, 2 relation.
    pub kinds: Packed<'a>,
    strings: &'b [&'a [u8]],
}

impl<'a> Relation<'a, '_> {
    /// The next member that is a way, with its role; `None` at the end.
    pub fn next_way(&mut self) -> Result<Option<i64>, Fault> {
        loop {
            match (self.members.next()?, self.kinds.next()?, self.roles.next()?) {
                (None, None, None) => return Ok(None),
                (Some(id), Some(1), Some(role)) => {
                    // It says nothing, but must be one.
                    string(self.strings, role)?;
                    return Ok(Some(id));
                }
                (Some(_), Some(_), Some(_)) => {}
                _ => return Err(Fault::Members),
            }
        }
    }
}

/// A node: number, latitude and longitude in 10⁻⁷ degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Its number.
    pub id: i64,
    /// North.
    pub lat: i64,
    /// East.
    pub lon: i64,
}

impl<'a> Block<'a> {
    /// Finds the parts. `strings` says whether any string will be asked for.
    pub fn of(bytes: &'a [u8], with_strings: bool) -> Result<Self, Fault> {
        let mut block =
            Self { strings: Vec::new(), groups: Vec::new(), granularity: NANODEGREES, lat_offset: 0, lon_offset: 0 };
        let mut fields = Message(bytes);
        while let Some((field, value)) = fields.next()? {
            match field {
                1 if with_strings => {
                    let mut table = Message(value.bytes()?);
                    while let Some((field, value)) = table.next()? {
                        if field == 1 {
                            if block.strings.len() == STRINGS_LIMIT {
                                return Err(Fault::Strings);
                            }
                            block.strings.push(value.bytes()?);
                        }
                    }
                }
                2 => block.groups.push(value.bytes()?),
                17 => block.granularity = value.number()? as i64,
                19 => block.lat_offset = value.number()? as i64,
                20 => block.lon_offset = value.number()? as i64,
                _ => {}
            }
        }
        if block.granularity <= 0 { Err(Fault::Granularity) } else { Ok(block) }
    }

    /// The ways.
    pub fn ways(&self, mut each: impl FnMut(Way<'a, '_>) -> Result<(), Fault>) -> Result<(), Fault> {
        self.elements(3, |fields| {
            let (mut id, mut lists) = (None, Lists::default());
            while let Some((field, value)) = fields.next()? {
                match field {
                    1 => id = Some(value.number()? as i64),
                    2 => lists.set(0, value)?,
                    3 => lists.set(1, value)?,
                    8 => lists.set(2, value)?,
                    _ => {}
                }
            }
            let [keys, values, nodes, ..] = lists.0.map(|list| Packed(list.unwrap_or_default()));
            let tags = Tags { pairs: Pairs::Apart(keys, values), strings: &self.strings };
            each(Way { id: id.ok_or(Fault::NoId)?, tags, nodes: Deltas::of(nodes) })
        })
    }

    /// The relations.
    pub fn relations(&self, mut each: impl FnMut(Relation<'a, '_>) -> Result<(), Fault>) -> Result<(), Fault> {
        self.elements(4, |fields| {
            let (mut id, mut lists) = (None, Lists::default());
            while let Some((field, value)) = fields.next()? {
                match field {
                    1 => id = Some(value.number()? as i64),
                    2 => lists.set(0, value)?,
                    3 => lists.set(1, value)?,
                    8 => lists.set(2, value)?,
                    9 => lists.set(3, value)?,
                    10 => lists.set(4, value)?,
                    _ => {}
                }
            }
            let [keys, values, roles, members, kinds] = lists.0.map(|list| Packed(list.unwrap_or_default()));
            let tags = Tags { pairs: Pairs::Apart(keys, values), strings: &self.strings };
            let members = Deltas::of(members);
            each(Relation { id: id.ok_or(Fault::NoId)?, tags, roles, members, kinds, strings: &self.strings })
        })
    }

    /// The nodes, with their tags.
    pub fn nodes(&self, mut each: impl FnMut(Place, Tags<'a, '_>) -> Result<(), Fault>) -> Result<(), Fault> {
        let strings = self.strings.as_slice();
        self.loose(|place, keys, values| each(place, Tags { pairs: Pairs::Apart(keys, values), strings }))?;
        let mut rest = Packed::default();
        self.dense(|place, fresh| {
            if let Some(list) = fresh {
                rest = list;
            }
            // The tags of a node end with a zero; where no node has any, the list is empty.
            let own = rest.0;
            while rest.next()?.is_some_and(|at| at != 0) {}
            let own = own.get(..own.len() - rest.0.len()).unwrap_or_default();
            let own = own.strip_suffix(&[0]).unwrap_or(own);
            each(place, Tags { pairs: Pairs::InTurn(Packed(own)), strings })
        })
    }

    /// The nodes alone.
    pub fn places(&self, mut each: impl FnMut(Place) -> Result<(), Fault>) -> Result<(), Fault> {
        self.loose(|place, _, _| each(place))?;
        self.dense(|place, _| each(place))
    }

    /// Nodes written one by one.
    fn loose(&self, mut each: impl FnMut(Place, Packed<'a>, Packed<'a>) -> Result<(), Fault>) -> Result<(), Fault> {
        self.elements(1, |fields| {
            let (mut id, mut lat, mut lon, mut lists) = (None, None, None, Lists::default());
            while let Some((field, value)) = fields.next()? {
                match field {
                    1 => id = Some(zigzag(value.number()?)),
                    2 => lists.set(0, value)?,
                    3 => lists.set(1, value)?,
                    8 => lat = Some(zigzag(value.number()?)),
                    9 => lon = Some(zigzag(value.number()?)),
                    _ => {}
                }
            }
            let [keys, values, ..] = lists.0.map(|list| Packed(list.unwrap_or_default()));
            let (Some(id), Some(lat), Some(lon)) = (id, lat, lon) else { return Err(Fault::NoId) };
            each(self.place(id, lat, lon), keys, values)
        })
    }

    /// Nodes written as columns. The list of all tags comes with the first node of each group.
    fn dense(&self, mut each: impl FnMut(Place, Option<Packed<'a>>) -> Result<(), Fault>) -> Result<(), Fault> {
        self.elements(2, |fields| {
            let mut lists = Lists::default();
            while let Some((field, value)) = fields.next()? {
                match field {
                    1 => lists.set(0, value)?,
                    8 => lists.set(1, value)?,
                    9 => lists.set(2, value)?,
                    10 => lists.set(3, value)?,
                    _ => {}
                }
            }
            let [ids, lats, lons, tags, _] = lists.0.map(|list| Packed(list.unwrap_or_default()));
            let [mut ids, mut lats, mut lons] = [ids, lats, lons].map(Deltas::of);
            let mut tags = Some(tags);
            loop {
                match (ids.next()?, lats.next()?, lons.next()?) {
                    (Some(id), Some(lat), Some(lon)) => each(self.place(id, lat, lon), tags.take())?,
                    (None, None, None) => return Ok(()),
                    _ => return Err(Fault::Columns),
                }
            }
        })
    }

    /// Elements of one kind (the number of its field in a group).
    fn elements(&self, kind: u64, mut each: impl FnMut(&mut Message<'a>) -> Result<(), Fault>) -> Result<(), Fault> {
        for group in &self.groups {
            let mut fields = Message(group);
            while let Some((field, value)) = fields.next()? {
                if field == kind {
                    each(&mut Message(value.bytes()?))?;
                } else if (1..=4).contains(&field) {
                    // A group holds one kind of element alone.
                    break;
                }
            }
        }
        Ok(())
    }

    #[inline]
    fn place(&self, id: i64, lat: i64, lon: i64) -> Place {
        let stored = |offset: i64, value: i64| {
            // What does not fit is no place on Earth; whoever needs the node says so.
            let nano = self.granularity.saturating_mul(value).saturating_add(offset);
            if nano % NANODEGREES == 0 {
                nano / NANODEGREES
            } else {
                nano.saturating_add(nano.signum() * NANODEGREES / 2) / NANODEGREES
            }
        };
        Place { id, lat: stored(self.lat_offset, lat), lon: stored(self.lon_offset, lon) }
    }
}

/// Up to five packed lists of an element, each in one part.
#[derive(Default)]
struct Lists<'a>([Option<&'a [u8]>; 5]);

impl<'a> Lists<'a> {
    fn set(&mut self, at: usize, value: Value<'a>) -> Result<(), Fault> {
        // The format lets a list come in pieces or unpacked; nobody writes that, and half a way would be a wrong way.
        match self.0.get_mut(at) {
            Some(list @ None) => {
                *list = Some(value.bytes()?);
                Ok(())
            }
            _ => Err(Fault::Pieces),
        }
    }
}
