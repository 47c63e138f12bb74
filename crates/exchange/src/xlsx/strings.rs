//! The texts that the cells of a workbook share.

use quick_xml::events::Event;

use super::{
    archive::{Archive, Broken, Share},
    xml,
};

/// Shared texts, one after another in one string.
#[derive(Debug, Default)]
pub(super) struct Strings {
    all: String,
    ends: Vec<usize>,
}

impl Strings {
    /// A text by its index; empty when there is none.
    pub(super) fn get(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |i| self.ends.get(i).copied().unwrap_or(0));
        self.ends.get(index).and_then(|end| self.all.get(start..*end)).unwrap_or("")
    }
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn read(archive: &mut Archive<'_>, path: &str) -> Result<Strings, Broken> {
        let (part, _) = archive.part(path, Share::Texts)?;
        let mut reader = xml::reader(part);
        let mut strings = Strings::default();
        let mut buffer = Vec::new();
        let (mut item, mut text) = (String::new(), TextState::default());
        loop {
            buffer.clear();
            let event = reader.read_event_into(&mut buffer)?;
            match &event {
                Event::Start(start) if start.local_name().as_ref() == "si" => item.clear(),
                Event::End(end) if end.local_name().as_ref() == "si" => {
                    xml::unescape(&mut item);
                    strings.all.push_str(&item);
                    strings.ends.push(strings.all.len());
                }
                Event::Eof => return Ok(strings),
                _ => {}
            }
            text.take(&event, &mut item);
        }
    }
}

/// Collects the text of `<t>` elements, without the reading aids of East Asian texts (`<rPh>`).
#[derive(Debug, Default)]
pub(super) struct TextState {
    inside: bool,
    phonetic: bool,
}

impl TextState {
    pub(super) fn take(&mut self, event: &Event<'_>, out: &mut String) {
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "t" => self.inside = true,
                "rPh" => self.phonetic = true,
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "t" => self.inside = false,
                "rPh" => self.phonetic = false,
                _ => {}
            },
            _ if !self.inside || self.phonetic => {}
            Event::Text(text) => out.push_str(&text.xml10_content()),
            Event::CData(text) => out.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => xml::push_reference(reference, out),
            _ => {}
        }
    }
}
