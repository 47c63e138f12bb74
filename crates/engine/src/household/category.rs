//! The words in which answers of different surveys are said: `unprotected_well`, `pit_slab`, `female`.
//!
//! Water and sanitation follow the ladder of the joint monitoring programme of WHO and UNICEF, materials the three groups of DHS.

use crate::survey::{Concept, has_word};

/// A category of a concept, and the words by which an answer is known to be it: all stems of one list must be there.
struct Category {
    concept: Concept,
    name: &'static str,
    words: &'static [&'static [&'static str]],
}

const fn category(concept: Concept, name: &'static str, words: &'static [&'static [&'static str]]) -> Category {
    Category { concept, name, words }
}

/// Earlier ones win: `open pit` is open before it is a pit.
static CATEGORIES: &[Category] = &[
    category(Concept::Water, "piped_dwelling", &[&["piped", "dwelling"], &["piped", "inside"], &["piped", "house"]]),
    category(Concept::Water, "piped_yard", &[&["piped", "yard"], &["piped", "plot"], &["piped", "compound"]]),
    category(Concept::Water, "piped_neighbour", &[&["neighb"]]),
    category(Concept::Water, "public_tap", &[&["public", "tap"], &["standpipe"], &["kiosk"]]),
    category(Concept::Water, "borehole", &[&["borehole"], &["tube", "well"], &["tubewell"]]),
    category(Concept::Water, "unprotected_well", &[&["unprotected", "well"], &["open", "well"]]),
    category(Concept::Water, "protected_well", &[&["protected", "well"]]),
    category(Concept::Water, "unprotected_spring", &[&["unprotected", "spring"]]),
    category(Concept::Water, "protected_spring", &[&["protected", "spring"]]),
    category(Concept::Water, "surface", &[&["river"], &["surface"], &["lake"], &["pond"], &["stream"], &["canal"]]),
    category(Concept::Water, "rainwater", &[&["rain"]]),
    category(Concept::Water, "tanker", &[&["tanker"], &["truck"]]),
    category(Concept::Water, "cart", &[&["cart"]]),
    category(Concept::Water, "bottled", &[&["bottle"], &["sachet"]]),
    category(Concept::Water, "other", &[&["other"]]),
    category(
        Concept::Sanitation,
        "flush_elsewhere",
        &[&["flush", "elsewhere"], &["flush", "somewhere"], &["flush", "drain"]],
    ),
    category(Concept::Sanitation, "flush_sewer", &[&["sewer"]]),
    category(Concept::Sanitation, "flush_septic", &[&["septic"]]),
    category(Concept::Sanitation, "flush_pit", &[&["flush", "pit"]]),
    category(Concept::Sanitation, "ventilated_pit", &[&["ventilated"], &["vip"]]),
    category(Concept::Sanitation, "none", &[&["no", "facilit"], &["bush"], &["field"], &["open", "defecation"]]),
    category(Concept::Sanitation, "pit_open", &[&["without", "slab"], &["open", "pit"]]),
    category(Concept::Sanitation, "pit_slab", &[&["slab"]]),
    category(Concept::Sanitation, "composting", &[&["compost"]]),
    category(Concept::Sanitation, "bucket", &[&["bucket"]]),
    category(Concept::Sanitation, "hanging", &[&["hanging"]]),
    category(Concept::Sanitation, "other", &[&["other"]]),
    category(Concept::SharedSanitation, "yes", &[&["yes"], &["shared"], &["نعم"], &["是"]]),
    category(Concept::SharedSanitation, "no", &[&["no"], &["not"], &["لا"], &["否"]]),
    category(Concept::Floor, "natural", &[&["earth"], &["sand"], &["dung"], &["mud"]]),
    category(Concept::Floor, "rudimentary", &[&["plank"], &["palm"], &["bamboo"]]),
    category(
        Concept::Floor,
        "finished",
        &[
            &["cement"],
            &["concrete"],
            &["tile"],
            &["ceramic"],
            &["parquet"],
            &["polish"],
            &["vinyl"],
            &["carpet"],
            &["stone"],
            &["wood"],
            &["marble"],
            &["brick"],
        ],
    ),
    category(Concept::Floor, "other", &[&["other"]]),
    category(
        Concept::Wall,
        "natural",
        &[&["straw"], &["thatch"], &["mud"], &["adobe"], &["cane"], &["palm"], &["dirt"], &["no", "wall"]],
    ),
    category(Concept::Wall, "rudimentary", &[&["cardboard"], &["scrap"], &["plastic"], &["bamboo"], &["reused"]]),
    category(
        Concept::Wall,
        "finished",
        &[&["brick"], &["concrete"], &["cement"], &["stone"], &["metal"], &["iron"], &["block"], &["wood"]],
    ),
    category(Concept::Wall, "other", &[&["other"]]),
    category(Concept::Roof, "natural", &[&["thatch"], &["straw"], &["palm"], &["sod"], &["mud"], &["no", "roof"]]),
    category(Concept::Roof, "rudimentary", &[&["scrap"], &["cardboard"], &["plastic"], &["bamboo"], &["mat"]]),
    category(
        Concept::Roof,
        "finished",
        &[
            &["concrete"],
            &["cement"],
            &["tile"],
            &["asphalt"],
            &["slate"],
            &["metal"],
            &["iron"],
            &["zinc"],
            &["wood"],
            &["shingle"],
        ],
    ),
    category(Concept::Roof, "other", &[&["other"]]),
    category(Concept::Tenure, "occupied", &[&["without", "permission"], &["squat"], &["occup", "without"]]),
    category(Concept::Tenure, "free", &[&["free"], &["no", "rent"]]),
    category(Concept::Tenure, "tenant", &[&["rent"], &["tenant"], &["lease"]]),
    category(Concept::Tenure, "owner", &[&["own"]]),
    category(Concept::Tenure, "other", &[&["other"]]),
    category(Concept::TenureDocument, "yes", &[&["yes"], &["نعم"], &["是"]]),
    category(Concept::TenureDocument, "no", &[&["no"], &["none"], &["لا"], &["否"]]),
    // Codes alone say nothing: some write 1 for cities and some 3.
    category(Concept::DegreeOfUrbanisation, "town", &[&["town"], &["semi", "dense"], &["cluster"], &["بلد"], &["镇"]]),
    category(
        Concept::DegreeOfUrbanisation,
        "city",
        &[&["city"], &["cities"], &["urban", "cent"], &["مدينة"], &["城市"]],
    ),
    category(Concept::DegreeOfUrbanisation, "rural_area", &[&["rural"], &["ريف"], &["农村"]]),
    category(Concept::Urban, "urban", &[&["urban"], &["حضر"], &["城"]]),
    category(Concept::Urban, "rural", &[&["rural"], &["ريف"], &["乡"], &["农村"]]),
    category(Concept::Sex, "female", &[&["female"], &["wom"], &["femenin"], &["mujer"], &["أنثى"], &["女"]]),
    category(Concept::Sex, "male", &[&["male"], &["man"], &["men"], &["masculin"], &["hombre"], &["ذكر"], &["男"]]),
    category(Concept::Disability, "yes", &[&["yes"], &["with"], &["نعم"], &["是"]]),
    category(Concept::Disability, "no", &[&["no"], &["without"], &["لا"], &["否"]]),
    category(Concept::Electricity, "yes", &[&["yes"], &["نعم"], &["是"]]),
    category(Concept::Electricity, "no", &[&["no"], &["لا"], &["否"]]),
    category(Concept::CookingFuel, "electricity", &[&["electric"]]),
    category(Concept::CookingFuel, "gas", &[&["gas"], &["lpg"], &["biogas"]]),
    category(Concept::CookingFuel, "solar", &[&["solar"]]),
    category(Concept::CookingFuel, "kerosene", &[&["kerosene"], &["petroleum"], &["paraffin"]]),
    category(Concept::CookingFuel, "charcoal", &[&["charcoal"], &["coal"]]),
    category(Concept::CookingFuel, "wood", &[&["wood"], &["straw"], &["dung"]]),
    category(Concept::CookingFuel, "none", &[&["no", "food"], &["not", "cook"]]),
    category(Concept::CookingFuel, "other", &[&["other"]]),
];

/// The categories of a concept; none for concepts that are numbers, keys or places.
pub fn categories(concept: Concept) -> impl Iterator<Item = &'static str> {
    CATEGORIES.iter().filter(move |c| c.concept == concept).map(|c| c.name)
}

/// Whether the values of a concept are categories, or a place by its name.
pub fn holds_words(concept: Concept) -> bool {
    concept == Concept::Place || categories(concept).next().is_some()
}

/// The category that an answer seems to be, by its label; without one by its value.
///
/// Values alone are believed only where everybody uses them so: 0 and 1 for no and yes, 1 and 2 for male and female.
pub fn propose_category(concept: Concept, value: &str, label: &str) -> Option<&'static str> {
    let text = if label.is_empty() { value } else { label }.replace(['_', '/'], " ").to_lowercase();
    let by_words = CATEGORIES
        .iter()
        .filter(|c| c.concept == concept)
        .find(|c| c.name == value || c.words.iter().any(|words| words.iter().all(|stem| has_word(&text, stem))))
        .map(|c| c.name);
    let is_plain = label.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    let by_value = || match (concept, value) {
        (Concept::Sex, "1") => Some("male"),
        (Concept::Sex, "2") => Some("female"),
        (Concept::Electricity | Concept::Disability | Concept::SharedSanitation | Concept::TenureDocument, "0") => {
            Some("no")
        }
        (Concept::Electricity | Concept::Disability | Concept::SharedSanitation | Concept::TenureDocument, "1") => {
            Some("yes")
        }
        _ => None,
    };
    by_words.or_else(|| if is_plain { by_value() } else { None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lead_to_categories() {
        let check = |concept, label, expected: Option<&str>| {
            assert_eq!(propose_category(concept, "7", label), expected, "{label}");
        };
        check(Concept::Water, "Piped into dwelling", Some("piped_dwelling"));
        check(Concept::Water, "Public tap/standpipe", Some("public_tap"));
        check(Concept::Water, "Unprotected well", Some("unprotected_well"));
        check(Concept::Water, "River/dam/lake/ponds/stream/canal/irrig", Some("surface"));
        check(Concept::Sanitation, "Pit latrine without slab/open pit", Some("pit_open"));
        check(Concept::Sanitation, "Flush to somewhere else", Some("flush_elsewhere"));
        check(Concept::Sanitation, "No facility/bush/field", Some("none"));
        check(Concept::Wall, "Cardboard, scrap", Some("rudimentary"));
        check(Concept::Wall, "Wood or straw", Some("natural"));
        check(Concept::Tenure, "Occupied for free", Some("free"));
        check(Concept::Sex, "Female", Some("female"));
        check(Concept::Sex, "女", Some("female"));
        check(Concept::Urban, "ريفي", Some("rural"));
        check(Concept::DegreeOfUrbanisation, "Towns and semi-dense areas", Some("town"));
        check(Concept::DegreeOfUrbanisation, "Cities", Some("city"));
        check(Concept::DegreeOfUrbanisation, "Rural areas", Some("rural_area"));
        check(Concept::Water, "", None);
        check(Concept::Rooms, "Other", None);
    }

    #[test]
    fn values_alone_are_believed_where_everybody_uses_them() {
        assert_eq!(propose_category(Concept::Sex, "2", ""), Some("female"));
        assert_eq!(propose_category(Concept::Electricity, "0", ""), Some("no"));
        // Programmes do not agree which of urban and rural is 1.
        assert_eq!(propose_category(Concept::Urban, "1", ""), None);
        assert_eq!(propose_category(Concept::DegreeOfUrbanisation, "3", ""), None);
        assert_eq!(propose_category(Concept::Water, "borehole", ""), Some("borehole"));
    }
}
