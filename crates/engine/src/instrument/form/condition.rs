//! The conditions of a form (`relevant`) in the words of a questionnaire: `selected(${water}, 'well')` is `water.well == 1`.

use std::{collections::BTreeMap, iter::Peekable, vec::IntoIter};

use model::instrument::QuestionKind;

/// A question that conditions can name: its code, its type, and the codes of its choices by those of the form.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) kind: QuestionKind,
    pub(super) choices: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Question(String),
    Text(String),
    Number(String),
    Word(String),
    Sign(&'static str),
}

/// Conditions within conditions, at most.
const DEEPEST: usize = 50;

/// Translates a condition.
///
/// Errors: the part that a questionnaire's conditions cannot say.
pub(super) fn translated(text: &str, named: &BTreeMap<String, Named>) -> Result<String, String> {
    let mut parser = Parser { tokens: tokens(text)?.into_iter().peekable(), named, depth: 0 };
    let told = parser.either()?;
    match parser.tokens.next() {
        None => Ok(told),
        Some(rest) => Err(shown(&rest)),
    }
}

fn shown(token: &Token) -> String {
    match token {
        Token::Question(name) => format!("${{{name}}}"),
        Token::Text(text) => format!("'{text}'"),
        Token::Number(text) | Token::Word(text) => text.clone(),
        Token::Sign(sign) => (*sign).to_owned(),
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    const SIGNS: [&str; 9] = ["!=", "<=", ">=", "=", "<", ">", "(", ")", ","];
    let mut all = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if let Some(inner) = rest.strip_prefix("${") {
            let end = inner.find('}').ok_or_else(|| rest.to_owned())?;
            all.push(Token::Question(inner.get(..end).unwrap_or_default().trim().to_owned()));
            end + 3
        } else if let Some(quote) = ['\'', '"', '‘', '’', '“', '”'].into_iter().find(|q| first == *q) {
            let close = match quote {
                '‘' | '’' => '’',
                '“' | '”' => '”',
                own => own,
            };
            let inner = rest.get(quote.len_utf8()..).unwrap_or_default();
            let end = inner.find(close).ok_or_else(|| rest.to_owned())?;
            all.push(Token::Text(inner.get(..end).unwrap_or_default().to_owned()));
            quote.len_utf8() + end + close.len_utf8()
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            all.push(Token::Sign(sign));
            sign.len()
        } else if first.is_ascii_digit()
            || first == '-' && rest.get(1..2).is_some_and(|c| c.as_bytes()[0].is_ascii_digit())
        {
            let end = rest
                .char_indices()
                .skip(1)
                .find(|(_, c)| !c.is_ascii_digit() && *c != '.')
                .map_or(rest.len(), |(i, _)| i);
            all.push(Token::Number(rest.get(..end).unwrap_or_default().to_owned()));
            end
        } else if first.is_alphabetic() {
            let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || c == ':';
            let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            all.push(Token::Word(rest.get(..end).unwrap_or_default().to_owned()));
            end
        } else {
            return Err(rest.to_owned());
        };
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    Ok(all)
}

struct Parser<'n> {
    tokens: Peekable<IntoIter<Token>>,
    named: &'n BTreeMap<String, Named>,
    depth: usize,
}

impl Parser<'_> {
    fn takes(&mut self, token: &Token) -> bool {
        self.tokens.next_if(|next| next == token).is_some()
    }
    fn sign(&mut self, sign: &'static str) -> Result<(), String> {
        if self.takes(&Token::Sign(sign)) { Ok(()) } else { Err(self.rest()) }
    }
    fn rest(&mut self) -> String {
        self.tokens.peek().map_or_else(|| "…".to_owned(), shown)
    }

    fn either(&mut self) -> Result<String, String> {
        let mut all = vec![self.both()?];
        while self.takes(&Token::Word("or".to_owned())) {
            all.push(self.both()?);
        }
        Ok(if all.len() == 1 { all.swap_remove(0) } else { format!("({})", all.join(" or ")) })
    }

    fn both(&mut self) -> Result<String, String> {
        let mut all = vec![self.atom()?];
        while self.takes(&Token::Word("and".to_owned())) {
            all.push(self.atom()?);
        }
        Ok(all.join(" and "))
    }

    fn atom(&mut self) -> Result<String, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.rest());
        }
        let told = match self.tokens.next() {
            Some(Token::Sign("(")) => {
                let inner = self.either()?;
                self.sign(")")?;
                format!("({inner})")
            }
            Some(Token::Word(word)) if word == "not" => {
                self.sign("(")?;
                let inner = self.either()?;
                self.sign(")")?;
                format!("not ({inner})")
            }
            Some(Token::Word(word)) if word == "selected" => {
                self.sign("(")?;
                let name = self.question()?;
                self.sign(",")?;
                let choice = self.value()?;
                self.sign(")")?;
                self.chosen(&name, &choice)?
            }
            Some(Token::Question(name)) => self.compared(&name)?,
            Some(other) => return Err(shown(&other)),
            None => return Err("…".to_owned()),
        };
        self.depth -= 1;
        Ok(told)
    }

    fn question(&mut self) -> Result<String, String> {
        match self.tokens.next() {
            Some(Token::Question(name)) => Ok(name),
            other => Err(other.as_ref().map_or_else(|| "…".to_owned(), shown)),
        }
    }

    fn value(&mut self) -> Result<String, String> {
        match self.tokens.next() {
            Some(Token::Text(text) | Token::Number(text)) => Ok(text),
            other => Err(other.as_ref().map_or_else(|| "…".to_owned(), shown)),
        }
    }

    /// That a choice was made.
    fn chosen(&self, name: &str, choice: &str) -> Result<String, String> {
        let question = self.named.get(name).ok_or_else(|| format!("${{{name}}}"))?;
        let code = || question.choices.get(choice).ok_or_else(|| format!("'{choice}'"));
        match question.kind {
            QuestionKind::Choice => Ok(format!("{} == '{}'", question.id, code()?)),
            QuestionKind::Multi => Ok(format!("{}.{} == 1", question.id, code()?)),
            _ => Err(format!("selected(${{{name}}}, '{choice}')")),
        }
    }

    /// `${name} = …`.
    fn compared(&mut self, name: &str) -> Result<String, String> {
        let question = self.named.get(name).ok_or_else(|| format!("${{{name}}}"))?;
        let sign = match self.tokens.next() {
            Some(Token::Sign("=")) => "==",
            Some(Token::Sign(sign @ ("!=" | "<" | "<=" | ">" | ">="))) => sign,
            other => return Err(other.as_ref().map_or_else(|| format!("${{{name}}}"), shown)),
        };
        let value = self.value()?;
        let is_equality = sign == "==" || sign == "!=";
        match question.kind {
            // Whether anything was chosen.
            QuestionKind::Choice if value.is_empty() && is_equality => {
                let codes: Vec<String> = question.choices.values().map(|code| format!("'{code}'")).collect();
                let any = format!("{} in ({})", question.id, codes.join(", "));
                if sign == "!=" { Ok(any) } else { Err(format!("${{{name}}} = ''")) }
            }
            QuestionKind::Choice if is_equality => {
                let code = question.choices.get(&value).ok_or_else(|| format!("'{value}'"))?;
                Ok(format!("{} {sign} '{code}'", question.id))
            }
            QuestionKind::Multi if sign == "==" => self.chosen(name, &value),
            QuestionKind::Number | QuestionKind::Scale if value.parse::<f64>().is_ok_and(f64::is_finite) => {
                Ok(format!("{} {sign} {value}", question.id))
            }
            QuestionKind::Text | QuestionKind::Date if is_equality && !value.is_empty() && !value.contains('\'') => {
                Ok(format!("{} {sign} '{value}'", question.id))
            }
            _ => Err(format!("${{{name}}} {sign} '{value}'")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named() -> BTreeMap<String, Named> {
        let of = |id: &str, kind, choices: &[(&str, &str)]| {
            let choices = choices.iter().map(|(form, own)| ((*form).to_owned(), (*own).to_owned())).collect();
            Named { id: id.to_owned(), kind, choices }
        };
        [
            ("Use", of("use", QuestionKind::Choice, &[("1", "c1"), ("2", "c2")])),
            ("src", of("src", QuestionKind::Multi, &[("well", "well")])),
            ("n", of("n", QuestionKind::Number, &[])),
            ("t", of("t", QuestionKind::Text, &[])),
        ]
        .map(|(name, question)| (name.to_owned(), question))
        .into()
    }

    #[test]
    fn what_can_be_said_is_said() {
        for (form, own) in [
            ("${Use} = '1'", "use == 'c1'"),
            ("${Use}=1 or ${Use} = \"2\"", "(use == 'c1' or use == 'c2')"),
            ("selected(${src}, 'well') and ${n} >= 2.5", "src.well == 1 and n >= 2.5"),
            ("not(selected(${Use},'2'))", "not (use == 'c2')"),
            ("(${n} > -1) and (${t} != 'x')", "(n > -1) and (t != 'x')"),
            ("${Use} != ''", "use in ('c1', 'c2')"),
            ("${ n } < 3", "n < 3"),
        ] {
            assert_eq!(translated(form, &named()).as_deref(), Ok(own), "{form}");
        }
    }

    #[test]
    fn what_cannot_is_named() {
        for (form, part) in [
            ("count-selected(${src}) > 1", "count-selected"),
            ("${gone} = 1", "${gone}"),
            ("${Use} = '9'", "'9'"),
            ("${n} > 'many'", "${n} > 'many'"),
            ("${n}", "${n}"),
            ("${n} > 1 )", ")"),
            ("${n", "${n"),
            ("${t} = 'a", "'a"),
            (". > 1", ". > 1"),
            ("", "…"),
        ] {
            assert_eq!(translated(form, &named()), Err(part.to_owned()), "{form}");
        }
        assert!(translated(&"(".repeat(10_000), &named()).is_err());
    }
}
