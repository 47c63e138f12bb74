//! Which indicators of people need which breakdown.

use model::{kinds::Indicator, value::Lang};

/// Whether an indicator is broken down by one of these dimensions.
pub(super) fn has(indicator: &Indicator, dimensions: &[&str]) -> bool {
    indicator.dimensions.iter().any(|d| dimensions.contains(&d.as_str().to_ascii_lowercase().as_str()))
}

fn names(indicator: &Indicator, english: &[&str], chinese: &[&str]) -> bool {
    let title = indicator.title.get(Lang::En).unwrap_or_default().to_lowercase();
    let numerator = indicator.numerator.as_deref().unwrap_or_default().to_lowercase();
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|w| english.contains(&w));
    let in_chinese = indicator.title.get(Lang::Zh).is_some_and(|t| chinese.iter().any(|c| t.contains(c)));
    words(&title) || words(&numerator) || in_chinese
}

/// Whether only women or only men are counted: both together need the breakdown.
pub(super) fn is_of_one_sex(indicator: &Indicator) -> bool {
    let women = names(indicator, &["women", "girls", "woman", "girl"], &["妇女", "女性", "女童"]);
    let men = names(indicator, &["men", "boys", "man", "boy"], &["男性", "男童"]);
    women != men
}

/// Whether an age group is counted.
pub(super) fn is_of_one_age(indicator: &Indicator) -> bool {
    names(
        indicator,
        &["children", "child", "youth", "young", "aged", "older", "girls", "boys", "pupils", "infants"],
        &["儿童", "青年", "老年", "岁", "女童", "男童", "小学"],
    )
}
