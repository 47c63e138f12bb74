//! What a file of microdata holds, variable by variable, and which concept each variable seems to be.
//!
//! A proposal rests on names that survey programmes use (DHS, MICS, LSMS), on words in names and labels, and on values that the
//! concept can have. It is a proposal: a person who knows the questionnaire confirms it.

use model::microdata::{MISSING, Table, Values, Variable};
use rustc_hash::FxHashMap;

/// Values of a variable that are told one by one.
const MOST_VALUES: usize = 12;
/// Different values that are counted.
const MOST_DISTINCT: usize = 100_000;

/// A variable in numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// Its name.
    pub name: String,
    /// What the file says of it.
    pub label: String,
    /// Whether its values are texts.
    pub is_text: bool,
    /// Rows without a value.
    pub n_missing: usize,
    /// Different values, up to 100,000.
    pub n_distinct: usize,
    /// Smallest and largest number, and the mean.
    pub range: Option<(f64, f64, f64)>,
    /// The most frequent values with their rows and labels; empty where nearly every row has its own.
    pub values: Vec<(String, usize, String)>,
    /// Whether all its numbers are whole.
    pub is_whole: bool,
}

/// What a variable can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Concept {
    /// Household.
    Household,
    /// Primary sampling unit.
    Psu,
    /// Stratum.
    Stratum,
    /// Weight of a household.
    Weight,
    /// Weight of its people.
    PersonWeight,
    /// Place.
    Place,
    /// Urban or rural.
    Urban,
    /// Class of the degree of urbanisation, level 1.
    DegreeOfUrbanisation,
    /// Persons in the household.
    Persons,
    /// Rooms.
    Rooms,
    /// Rooms for sleeping.
    SleepingRooms,
    /// Source of drinking water.
    Water,
    /// Kind of toilet.
    Sanitation,
    /// Whether it is shared.
    SharedSanitation,
    /// Floor.
    Floor,
    /// Walls.
    Wall,
    /// Roof.
    Roof,
    /// Tenure.
    Tenure,
    /// Whether a document proves the tenure.
    TenureDocument,
    /// Sex.
    Sex,
    /// Age in years.
    Age,
    /// Whether a person has a disability.
    Disability,
    /// Fifth of the population by wealth, from 1.
    Wealth,
    /// Electricity.
    Electricity,
    /// What is cooked with.
    CookingFuel,
    /// What housing costs.
    HousingCost,
    /// Income, or all that is spent.
    Income,
}

/// Names that programmes use, words of names and labels (all of one list must be there; a stem is enough), and what the
/// values must be.
struct Sign {
    concept: Concept,
    name: &'static str,
    known: &'static [&'static str],
    words: &'static [&'static [&'static str]],
    fits: fn(&Described, usize) -> bool,
}

fn few(d: &Described, n_rows: usize) -> bool {
    d.n_distinct >= 2 && d.n_distinct <= 60.max(n_rows / 50)
}
fn units(d: &Described, n_rows: usize) -> bool {
    d.n_distinct >= 2 && d.n_distinct <= n_rows
}
fn positive(d: &Described, _: usize) -> bool {
    d.range.is_some_and(|(low, high, _)| low >= 0.0 && high > 0.0)
}
fn counts(d: &Described, _: usize) -> bool {
    d.is_whole && d.range.is_some_and(|(low, high, mean)| low >= 0.0 && high <= 100.0 && mean >= 1.0)
}
fn two(d: &Described, _: usize) -> bool {
    (2..=4).contains(&d.n_distinct)
}
fn fifths(d: &Described, _: usize) -> bool {
    d.is_whole && d.range.is_some_and(|(low, high, _)| low == 1.0 && high <= 10.0)
}
fn years(d: &Described, _: usize) -> bool {
    d.n_distinct > 10 && d.range.is_some_and(|(low, high, _)| low >= 0.0 && (20.0..=130.0).contains(&high))
}
fn ids(d: &Described, n_rows: usize) -> bool {
    d.n_missing == 0 && d.n_distinct.saturating_mul(20) >= n_rows.min(MOST_DISTINCT)
}

/// The signs of each concept.
static SIGNS: &[Sign] = &[
    Sign {
        concept: Concept::PersonWeight,
        name: "person_weight",
        known: &["popweight", "perweight", "indweight"],
        words: &[&["pop", "weight"], &["person", "weight"], &["population", "weight"]],
        fits: positive,
    },
    Sign {
        concept: Concept::Weight,
        name: "weight",
        known: &["hv005", "hhweight", "wgt", "weight", "pondera", "wt", "nweight"],
        words: &[&["weight"], &["pondera"], &["poids"], &["权重"], &["وزن"]],
        fits: positive,
    },
    Sign {
        concept: Concept::Psu,
        name: "psu",
        known: &["hv021", "hv001", "psu", "hh1", "ea", "cluster", "clusterid", "upm"],
        words: &[
            &["cluster"],
            &["enumeration", "area"],
            &["sampling", "unit"],
            &["psu"],
            &["grappe"],
            &["conglomerado"],
        ],
        fits: units,
    },
    Sign {
        concept: Concept::Stratum,
        name: "stratum",
        known: &["hv022", "hv023", "stratum", "strata", "estrato"],
        words: &[&["strat"], &["estrato"], &["طبقة"], &["分层"]],
        fits: few,
    },
    Sign {
        concept: Concept::Household,
        name: "household",
        known: &["hhid", "hid", "hh2", "codusu", "household_key"],
        words: &[&["household", "id"], &["household", "number"]],
        fits: ids,
    },
    Sign {
        concept: Concept::Urban,
        name: "urban",
        known: &["hv025", "hh6", "urbrur", "urban", "area_type"],
        words: &[&["urban"], &["milieu"]],
        fits: two,
    },
    Sign {
        concept: Concept::DegreeOfUrbanisation,
        name: "degree_of_urbanisation",
        known: &["degurba", "degree_of_urbanisation", "degree_of_urbanization", "smod"],
        words: &[&["degree", "urban"], &["درجة", "التحضر"], &["城镇化程度"]],
        fits: few,
    },
    Sign {
        concept: Concept::Place,
        name: "place",
        known: &["hv024", "hh7", "region", "district", "city", "geo1", "province"],
        words: &[&["region"], &["district"], &["province"], &["city"], &["geographic", "area"], &["municipal"]],
        fits: few,
    },
    Sign {
        concept: Concept::Persons,
        name: "persons",
        known: &["hv009", "hh48", "hhsize", "hh_size", "ix_tot", "persons"],
        words: &[&["household", "size"], &["household", "members"], &["number", "persons"], &["taille", "ménage"]],
        fits: counts,
    },
    Sign {
        concept: Concept::SleepingRooms,
        name: "sleeping_rooms",
        known: &["hv216", "hc3", "bedrooms"],
        words: &[&["rooms", "sleeping"], &["bedroom"], &["dormitorio"]],
        fits: counts,
    },
    Sign {
        concept: Concept::Rooms,
        name: "rooms",
        known: &["rooms", "nrooms", "ii1"],
        words: &[&["number", "rooms"], &["rooms"], &["pièces"], &["cuartos"], &["ambientes"]],
        fits: counts,
    },
    Sign {
        concept: Concept::Water,
        name: "water",
        known: &["hv201", "ws1", "water", "iv6"],
        words: &[&["source", "water"], &["drinking", "water"], &["eau", "boisson"], &["agua"], &["مياه"], &["饮用水"]],
        fits: few,
    },
    Sign {
        concept: Concept::SharedSanitation,
        name: "shared_sanitation",
        known: &["hv225", "ws15"],
        words: &[&["share", "toilet"], &["shared", "toilet"], &["toilet", "other", "household"]],
        fits: two,
    },
    Sign {
        concept: Concept::Sanitation,
        name: "sanitation",
        known: &["hv205", "ws11", "toilet", "iv8"],
        words: &[&["toilet"], &["sanitation"], &["latrine"], &["baño"], &["مرحاض"], &["厕所"]],
        fits: few,
    },
    Sign {
        concept: Concept::Floor,
        name: "floor",
        known: &["hv213", "hc4", "floor", "iv3"],
        words: &[&["floor"], &["sol", "logement"], &["piso"], &["أرضية"], &["地板"]],
        fits: few,
    },
    Sign {
        concept: Concept::Wall,
        name: "wall",
        known: &["hv214", "hc6", "wall", "walls"],
        words: &[&["wall"], &["murs"], &["pared"], &["جدار"], &["墙"]],
        fits: few,
    },
    Sign {
        concept: Concept::Roof,
        name: "roof",
        known: &["hv215", "hc5", "roof", "iv4"],
        words: &[&["roof"], &["toit"], &["techo"], &["سقف"], &["屋顶"]],
        fits: few,
    },
    Sign {
        concept: Concept::TenureDocument,
        name: "tenure_document",
        known: &["tenure_document"],
        words: &[&["title", "deed"], &["document", "tenure"], &["written", "contract"], &["document", "own"]],
        fits: two,
    },
    Sign {
        concept: Concept::Tenure,
        name: "tenure",
        known: &["tenure", "statocc", "hc14", "ii7"],
        words: &[&["tenure"], &["occupancy"], &["own", "rent"], &["statut", "occupation"], &["tenencia"]],
        fits: few,
    },
    Sign {
        concept: Concept::Sex,
        name: "sex",
        known: &["hv104", "hl4", "sex", "gender", "ch04"],
        words: &[&["sex"], &["gender"], &["الجنس"], &["性别"]],
        fits: two,
    },
    Sign {
        concept: Concept::Age,
        name: "age",
        known: &["hv105", "hl6", "age", "ch06"],
        words: &[&["age"], &["edad"], &["العمر"], &["年龄"]],
        fits: years,
    },
    Sign {
        concept: Concept::Disability,
        name: "disability",
        known: &["disability", "disab"],
        words: &[&["disab"], &["discapacidad"], &["إعاقة"], &["残疾"]],
        fits: two,
    },
    Sign {
        concept: Concept::Wealth,
        name: "wealth",
        known: &["hv270", "windex5", "quint_nat", "wealth_quintile"],
        words: &[&["wealth", "quint"], &["quintile"]],
        fits: fifths,
    },
    Sign {
        concept: Concept::Electricity,
        name: "electricity",
        known: &["hv206", "hc8", "electricity"],
        words: &[&["electric"]],
        fits: few,
    },
    Sign {
        concept: Concept::CookingFuel,
        name: "cooking_fuel",
        known: &["hv226", "eu1", "cook_fuel"],
        words: &[&["cook", "fuel"]],
        fits: few,
    },
    Sign {
        concept: Concept::HousingCost,
        name: "housing_cost",
        known: &["rent", "exp_04"],
        words: &[&["housing", "expend"], &["housing", "cost"], &["rent", "paid"]],
        fits: positive,
    },
    Sign {
        concept: Concept::Income,
        name: "income",
        known: &["income", "tot_exp", "itf"],
        words: &[&["total", "income"], &["household", "income"], &["total", "expend"]],
        fits: positive,
    },
];

impl Concept {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        SIGNS.iter().find(|s| s.concept == self).map_or("", |s| s.name)
    }
    /// A concept by its name in files.
    pub fn parse(name: &str) -> Option<Concept> {
        SIGNS.iter().find(|s| s.name == name).map(|s| s.concept)
    }
    /// All concepts.
    pub fn all() -> impl Iterator<Item = Concept> {
        SIGNS.iter().map(|s| s.concept)
    }
}

/// A variable that seems to be a concept.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The concept.
    pub concept: Concept,
    /// The variable.
    pub variable: String,
    /// From 0 to 1: 1 for a name that survey programmes use.
    pub confidence: f64,
    /// Others that could be it, the likeliest first.
    pub others: Vec<String>,
}

/// Describes every variable.
pub fn describe(table: &Table) -> Vec<Described> {
    table.variables.iter().map(|v| described(v, table.n_rows)).collect()
}

fn described(variable: &Variable, n_rows: usize) -> Described {
    let (mut n_missing, mut is_whole, mut range) = (0, true, None);
    let mut counted: Vec<(String, usize)> = match &variable.values {
        Values::Texts { levels, codes } => {
            let mut counts = vec![0; levels.len()];
            for code in codes {
                if *code == MISSING { n_missing += 1 } else { counts[*code as usize] += 1 }
            }
            levels.iter().cloned().zip(counts).filter(|(_, n)| *n > 0).collect()
        }
        Values::Numbers(numbers) => {
            let (mut low, mut high, mut n) = (f64::INFINITY, f64::NEG_INFINITY, 0.0);
            let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
            for x in numbers {
                if x.is_nan() {
                    n_missing += 1;
                    continue;
                }
                (low, high, n) = (low.min(*x), high.max(*x), n + 1.0);
                is_whole &= x.fract() == 0.0;
                let key = (x + 0.0).to_bits();
                if counts.len() < MOST_DISTINCT || counts.contains_key(&key) {
                    *counts.entry(key).or_default() += 1;
                }
            }
            if n > 0.0 {
                range = Some((low, high, stats::sum(numbers.iter().copied().filter(|x| !x.is_nan())) / n));
            }
            let mut counts: Vec<(f64, usize)> = counts.into_iter().map(|(bits, n)| (f64::from_bits(bits), n)).collect();
            counts.sort_by(|a, b| a.0.total_cmp(&b.0));
            counts.into_iter().map(|(x, n)| (x.to_string(), n)).collect()
        }
    };
    let n_distinct = counted.len();
    // The sort keeps the order of the values among equals.
    counted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counted.truncate(MOST_VALUES);
    if n_distinct > MOST_VALUES && counted.first().is_some_and(|(_, n)| n.saturating_mul(200) < n_rows.max(1)) {
        counted.clear();
    }
    let labelled = |value: &String| {
        let found = variable.labels.iter().find(|(of, _)| of == value);
        found.map_or_else(String::new, |(_, label)| label.clone())
    };
    Described {
        name: variable.name.clone(),
        label: variable.label.clone(),
        is_text: matches!(variable.values, Values::Texts { .. }),
        n_missing,
        n_distinct,
        range,
        values: counted.into_iter().map(|(value, n)| (value.clone(), n, labelled(&value))).collect(),
        is_whole: is_whole && range.is_some(),
    }
}

/// Proposes a concept for variables, each at most one, the surest first; a concept without a likely variable is left out.
pub fn propose(described: &[Described], n_rows: usize) -> Vec<Proposal> {
    let mut likely: Vec<(f64, usize, usize)> = Vec::new();
    for (s, sign) in SIGNS.iter().enumerate() {
        for (v, variable) in described.iter().enumerate() {
            let found = confidence(sign, variable);
            if found > 0.0
                && !is_metadata(&variable.name)
                && variable.n_missing < n_rows
                && (sign.fits)(variable, n_rows)
            {
                likely.push((found, s, v));
            }
        }
    }
    likely.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let (mut of_sign, mut taken) = (vec![None; SIGNS.len()], vec![false; described.len()]);
    for (found, s, v) in &likely {
        if of_sign[*s].is_none() && !taken[*v] {
            of_sign[*s] = Some((*found, *v));
            taken[*v] = true;
        }
    }
    let proposal = |(s, chosen): (usize, Option<(f64, usize)>)| {
        let (confidence, variable) = chosen?;
        let others = likely.iter().filter(|(_, sign, v)| *sign == s && *v != variable && !taken[*v]).take(3);
        Some(Proposal {
            concept: SIGNS[s].concept,
            variable: described[variable].name.clone(),
            confidence,
            others: others.map(|(.., v)| described[*v].name.clone()).collect(),
        })
    };
    of_sign.into_iter().enumerate().filter_map(proposal).collect()
}

/// What the programs of field teams write beside the answers: who sent them, when, from which device. Kept, and never a concept.
const METADATA: &[&str] = &[
    "submissiondate",
    "submitterid",
    "submittername",
    "attachmentspresent",
    "attachmentsexpected",
    "status",
    "reviewstate",
    "deviceid",
    "edits",
    "formversion",
    "instanceid",
    "instancename",
    "meta_instanceid",
    "start",
    "end",
    "today",
    "username",
    "simserial",
    "subscriberid",
    "phonenumber",
    "row_key",
];

/// Whether a variable is the program's own; theirs begin with `_` in Kobo.
fn is_metadata(name: &str) -> bool {
    name.starts_with('_') || METADATA.iter().any(|own| own.eq_ignore_ascii_case(name))
}

fn confidence(sign: &Sign, variable: &Described) -> f64 {
    let name = variable.name.to_lowercase();
    let label = variable.label.to_lowercase();
    if let Some(at) = sign.known.iter().position(|known| *known == name) {
        // Of two known names the one that stands first is meant more often.
        return 1.0 - 0.001 * at as f64;
    }
    let has_all = |words: &&[&str], text: &str| words.iter().all(|word| has_word(text, word));
    if sign.words.iter().any(|words| has_all(words, &label)) {
        // A short label says one thing.
        return if label.split_whitespace().count() <= 4 { 0.8 } else { 0.6 };
    }
    if sign.words.iter().any(|words| has_all(words, &name)) { 0.7 } else { 0.0 }
}

/// Whether a word of a text begins with a stem; writing without spaces has it anywhere.
pub(crate) fn has_word(text: &str, stem: &str) -> bool {
    if stem.is_ascii() {
        return text.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(stem));
    }
    text.contains(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str, label: &str, numbers: impl Fn(usize) -> f64) -> Variable {
        let values = Values::Numbers((0..1000).map(numbers).collect());
        Variable { label: label.into(), ..Variable::new(name, values) }
    }

    fn proposed(variables: Vec<Variable>) -> Vec<(&'static str, String)> {
        let table = Table { name: "t".into(), variables, n_rows: 1000, origin: None };
        let found = propose(&describe(&table), 1000);
        found.into_iter().map(|p| (p.concept.name(), p.variable)).collect()
    }

    #[test]
    fn concepts_are_known_by_name_label_and_values() {
        let code = |row: usize| (row % 7) as f64;
        let found = proposed(vec![
            variable("hv005", "", |row| 1e6 + row as f64),
            variable("v17", "Main source of drinking water", code),
            variable("v18", "Type of toilet facility", code),
            variable("v19", "Share toilet with other households", |row| (row % 2) as f64),
            variable("q1", "Age of the household head", |row| (row % 90) as f64),
            variable("مساكن", "مادة الأرضية أرضية", code),
            variable("wealth", "Wealth index", code),
            variable("n", "Number of rooms used for sleeping", |row| 1.0 + (row % 4) as f64),
        ]);
        let expected = [
            ("weight", "hv005"),
            ("sleeping_rooms", "n"),
            ("water", "v17"),
            ("shared_sanitation", "v19"),
            ("sanitation", "v18"),
            ("floor", "مساكن"),
            ("age", "q1"),
        ];
        assert_eq!(found, expected.map(|(concept, name)| (concept, name.to_owned())));
    }

    #[test]
    fn what_cannot_be_is_not_proposed() {
        // A weight below zero, an age of three values, a stratum for every row.
        let found = proposed(vec![
            variable("weight", "", |row| row as f64 - 5.0),
            variable("age", "", |row| (row % 3) as f64),
            variable("stratum", "", |row| row as f64),
            variable("water", "", |_| f64::NAN),
        ]);
        assert_eq!(found, []);
    }

    #[test]
    fn a_variable_in_numbers() {
        let values = Values::Texts { levels: vec!["a".into(), "b".into()], codes: vec![1, 1, MISSING, 0] };
        let labels = vec![("b".to_owned(), "brick".to_owned())];
        let found = described(&Variable { labels, ..Variable::new("wall", values) }, 4);
        assert_eq!((found.n_missing, found.n_distinct, found.range), (1, 2, None));
        assert_eq!(found.values, [("b".into(), 2, "brick".into()), ("a".into(), 1, String::new())]);
        let numbers = Variable::new("x", Values::Numbers(vec![1.0, 4.0, f64::NAN, 1.0]));
        let found = described(&numbers, 4);
        assert_eq!((found.range, found.is_whole), (Some((1.0, 4.0, 2.0)), true));
        assert_eq!(found.values[0], ("1".into(), 2, String::new()));
        let none = described(&Variable::new("x", Values::Numbers(vec![f64::NAN])), 1);
        assert_eq!((none.range, none.is_whole, none.values.len()), (None, false, 0));
    }
}
