//! The sheet around a map: title and words above, legend, notes, sources and disclaimer below, all inside the picture.

use super::{
    LegendEntry, Refusal, legend,
    palette::{HATCH, INK, NO_DATA},
    svg::{escape, escaped, px},
    text,
};

/// The direction of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Latin, Cyrillic, Chinese.
    LeftToRight,
    /// Arabic, Hebrew, Persian, Urdu: words and legend are mirrored, never the map.
    RightToLeft,
}

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where to.
    pub href: String,
    /// What it says.
    pub text: String,
}

/// All words of a map, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// What is shown.
    pub title: String,
    /// The finding in one or two sentences: range, highest, lowest, how many without data. Read by screen readers.
    pub description: String,
    /// Place and date.
    pub subtitle: String,
    /// The unit, for the head of the legend.
    pub unit: String,
    /// A label for each class; where there are fewer, its breaks.
    pub class_labels: Vec<String>,
    /// "No data".
    pub no_data: String,
    /// "Not applicable".
    pub not_applicable: String,
    /// "Estimated".
    pub estimated: String,
    /// What must be said about areas in view, one note each.
    pub notes: Vec<String>,
    /// Source of the values, of the shapes with its version, of the population; version of the method.
    pub sources: Vec<String>,
    /// The organisation's disclaimer on boundaries and names.
    pub disclaimer: String,
    /// The table with the same values, which is the equal alternative.
    pub table: Option<Link>,
    /// Short words for metres and kilometres on the scale bar.
    pub metres: String,
    /// See `metres`.
    pub kilometres: String,
    /// The language, as HTML's `lang` has it.
    pub language: String,
    /// Its direction.
    pub direction: Direction,
}

/// A picture in the making.
pub(super) struct Sheet<'a> {
    pub(super) prefix: &'a str,
    pub(super) texts: &'a Texts,
    pub(super) width: f64,
    /// Where the next thing begins.
    pub(super) y: f64,
    pub(super) body: String,
}

impl<'a> Sheet<'a> {
    /// A sheet with its title.
    ///
    /// Errors: a prefix that cannot begin an id; no title or no description.
    pub(super) fn new(prefix: &'a str, width: f64, texts: &'a Texts) -> Result<Self, Refusal> {
        let is_id = prefix.starts_with(|first: char| first.is_ascii_alphabetic())
            && prefix.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_');
        if !is_id || prefix.len() > 64 {
            return Err(Refusal::Prefix(prefix.chars().take(64).collect()));
        }
        for (text, what) in [(&texts.title, "title"), (&texts.description, "description")] {
            if text.trim().is_empty() {
                return Err(Refusal::NoText(what));
            }
        }
        let mut sheet = Self { prefix, texts, width, y: 8.0, body: String::new() };
        sheet.paragraph(&texts.title, 18.0, " font-weight=\"600\"");
        sheet.paragraph(&texts.subtitle, 13.0, "");
        Ok(sheet)
    }

    /// Wrapped text from the side where reading begins.
    pub(super) fn paragraph(&mut self, words: &str, size: f64, attributes: &str) {
        for line in text::wrap(words, size, self.width) {
            self.y += size * 1.1;
            self.body.push_str(&format!(
                "<text x=\"{}\" y=\"{}\" font-size=\"{size}\"{attributes}>",
                px(self.start()),
                px(self.y)
            ));
            escape(&line, &mut self.body);
            self.body.push_str("</text>");
            self.y += size * 0.3;
        }
    }

    /// Where a line of text begins.
    fn start(&self) -> f64 {
        match self.texts.direction {
            Direction::LeftToRight => 0.0,
            Direction::RightToLeft => self.width,
        }
    }

    /// The legend with the unit above it.
    pub(super) fn legend(&mut self, entries: &[LegendEntry]) {
        self.y += 8.0;
        let texts = self.texts;
        self.paragraph(&texts.unit, 12.0, " font-weight=\"600\"");
        self.y += 4.0;
        self.y = legend::draw(entries, self.prefix, texts.direction, (self.width, self.y), &mut self.body);
    }

    /// Notes, sources, link and disclaimer, and the whole picture.
    pub(super) fn finish(mut self) -> String {
        let texts = self.texts;
        self.y += 4.0;
        for note in texts.notes.iter().chain(&texts.sources).chain([&texts.disclaimer]) {
            self.paragraph(note, 11.0, "");
            self.y += 2.0;
        }
        let picture = std::mem::take(&mut self.body);
        if let Some(link) = &texts.table {
            self.body.push_str(&format!(
                "<a href=\"{}\" fill=\"#0b4f9e\" text-decoration=\"underline\">",
                escaped(&link.href)
            ));
            self.paragraph(&link.text, 12.0, "");
            self.body.push_str("</a>");
        }
        let Self { prefix, width, y, body: link, .. } = self;
        // What is within an image cannot be reached: a link stands beside it, and both are a group.
        let image = format!("role=\"img\" aria-labelledby=\"{prefix}-title {prefix}-desc\"");
        let (root, body) = if link.is_empty() {
            (image, picture)
        } else {
            (format!("role=\"group\" aria-labelledby=\"{prefix}-title\""), format!("<g {image}>{picture}</g>{link}"))
        };
        let direction = if texts.direction == Direction::RightToLeft { "rtl" } else { "ltr" };
        let (title, description) = (escaped(&texts.title), escaped(&texts.description));
        // A margin, so that outlines at the edge are not cut.
        let view = format!("-6 0 {} {}", px(width + 12.0), px(y + 8.0));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view}\" {root} lang=\"{}\" direction=\"{direction}\" \
             font-family=\"'Noto Sans','Noto Naskh Arabic','Noto Sans CJK SC',system-ui,sans-serif\" fill=\"{INK}\">\
             <title id=\"{prefix}-title\">{title}</title><desc id=\"{prefix}-desc\">{description}</desc>\
             <defs><pattern id=\"{prefix}-hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><path fill=\"{NO_DATA}\" d=\"M0 0h5v5H0z\"/>\
             <path fill=\"{HATCH}\" d=\"M0 0h1v5H0z\"/></pattern>\
             <pattern id=\"{prefix}-dots\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\">\
             <circle cx=\"2\" cy=\"2\" r=\".9\" fill=\"#fff\"/><circle cx=\"2\" cy=\"2\" r=\".6\" fill=\"{INK}\"/></pattern>\
             </defs><path fill=\"#fff\" d=\"M-6 0h{}v{}h-{}z\"/>{body}</svg>\n",
            escaped(&texts.language),
            px(width + 12.0),
            px(y + 8.0),
            px(width + 12.0),
        )
    }
}
