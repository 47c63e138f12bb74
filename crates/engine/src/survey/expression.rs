//! Conditions and amounts from variables: `urbrur == 2 & d_space == 1`, `sch.wide == 'Yes'`, `hhsize / rooms > 3`,
//! `water in (11, 12, 13)`, `round(20 + 8 * log10(population), 4)`.
//!
//! A comparison with something missing is unknown; `unknown & false` is false, `unknown | true` is true.

use diag::Diagnostic;
use model::microdata::{MISSING, Table, Values};

use super::{Refusal, codes};

/// An expression that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    text: String,
    root: Node,
}

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Number(f64),
    Text(String),
    Variable(String),
    Not(Box<Node>),
    Minus(Box<Node>),
    Logic(bool, Box<Node>, Box<Node>),
    Compare(Compare, Box<Node>, Box<Node>),
    Arithmetic(char, Box<Node>, Box<Node>),
    In(Box<Node>, Vec<Node>),
    Call(Function, Vec<Node>),
}

/// A function of numbers, value by value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Abs,
    Cos,
    Exp,
    Ln,
    Log10,
    Max,
    Min,
    Round,
    Sin,
    Sqrt,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compare {
    Equal,
    Unequal,
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Node {
    fn variables(&self, names: &mut Vec<String>) {
        match self {
            Node::Number(_) | Node::Text(_) => {}
            Node::Variable(name) => names.push(name.clone()),
            Node::Not(a) | Node::Minus(a) => a.variables(names),
            Node::Logic(_, a, b) | Node::Compare(_, a, b) | Node::Arithmetic(_, a, b) => {
                a.variables(names);
                b.variables(names);
            }
            Node::In(a, list) => {
                a.variables(names);
                list.iter().for_each(|node| node.variables(names));
            }
            Node::Call(_, given) => given.iter().for_each(|node| node.variables(names)),
        }
    }
}

impl Node {
    /// Itself without those alternatives (`a | b`) that speak of variables that are not there; nothing when nothing is left.
    fn answerable(&self, has: &dyn Fn(&str) -> bool) -> Option<Node> {
        if let Node::Logic(false, a, b) = self {
            return match (a.answerable(has), b.answerable(has)) {
                (Some(a), Some(b)) => Some(Node::Logic(false, Box::new(a), Box::new(b))),
                (one, other) => one.or(other),
            };
        }
        let mut names = Vec::new();
        self.variables(&mut names);
        names.iter().all(|name| has(name)).then(|| self.clone())
    }
}

/// Expressions within expressions at most.
const DEEPEST: usize = 64;
/// Terms at most: each is computed within the one after it.
const MOST_TERMS: usize = 500;

/// A column while it is computed.
enum Column<'t> {
    One(f64),
    Word(String),
    Numbers(Vec<f64>),
    Texts(&'t [String], &'t [u32]),
    Truth(Vec<Option<bool>>),
}

impl Expression {
    /// Reads an expression.
    ///
    /// Errors: `SVY003` with the place and what was expected there.
    pub fn parse(text: &str) -> Result<Expression, Refusal> {
        let mut reader = Reader { text, at: 0, depth: 0, n_terms: 0 };
        let wrong = |at: usize, expected: &str| {
            let at = text.get(..at).map_or(0, |t| t.chars().count()) + 1;
            Box::new(Diagnostic::new(&codes::SVY003).arg("text", text).arg("at", at).arg("expected", expected))
        };
        let root = reader.either().map_err(|expected| wrong(reader.at, expected))?;
        reader.skip();
        if reader.at < text.len() {
            return Err(wrong(reader.at, "& | == != < <= > >= + - * /"));
        }
        Ok(Expression { text: text.to_owned(), root })
    }

    /// For each row whether it holds; `None` where that is unknown. A number holds unless it is zero.
    ///
    /// Errors: a variable that is not there, texts where numbers are needed.
    pub fn truth(&self, table: &Table) -> Result<Vec<Option<bool>>, Refusal> {
        self.as_truth(&self.root, table)
    }

    /// A number for each row; missing where it is unknown. What holds is 1, what does not 0.
    pub fn numbers(&self, table: &Table) -> Result<Vec<f64>, Refusal> {
        self.as_numbers(&self.root, table)
    }

    /// What is left of it when alternatives (`a | b`) that speak of variables that are not there are passed over; `None` when
    /// nothing is left.
    pub fn answerable(&self, has: &dyn Fn(&str) -> bool) -> Option<Expression> {
        Some(Expression { text: self.text.clone(), root: self.root.answerable(has)? })
    }

    fn as_truth(&self, node: &Node, table: &Table) -> Result<Vec<Option<bool>>, Refusal> {
        match self.column(node, table)? {
            Column::Truth(truth) => Ok(truth),
            Column::Numbers(numbers) => Ok(numbers.iter().map(|n| (!n.is_nan()).then_some(*n != 0.0)).collect()),
            Column::One(n) => Ok(vec![(!n.is_nan()).then_some(n != 0.0); table.n_rows]),
            Column::Word(_) | Column::Texts(..) => Err(self.not_numeric(&self.text, table)),
        }
    }

    /// The variables that it speaks of, in its order.
    pub fn variables(&self) -> Vec<String> {
        let mut names = Vec::new();
        self.root.variables(&mut names);
        names
    }

    fn as_numbers(&self, node: &Node, table: &Table) -> Result<Vec<f64>, Refusal> {
        match self.column(node, table)? {
            Column::Numbers(numbers) => Ok(numbers),
            Column::One(n) => Ok(vec![n; table.n_rows]),
            Column::Truth(truth) => Ok(truth.iter().map(|t| t.map_or(f64::NAN, |t| f64::from(u8::from(t)))).collect()),
            Column::Word(word) => Err(self.not_numeric(&word, table)),
            Column::Texts(..) => {
                let name = if let Node::Variable(name) = node { name } else { &self.text };
                Err(self.not_numeric(name, table))
            }
        }
    }

    fn not_numeric(&self, name: &str, table: &Table) -> Refusal {
        Box::new(Diagnostic::new(&codes::SVY004).arg("name", name).arg("file", &table.name))
    }

    fn column<'t>(&self, node: &Node, table: &'t Table) -> Result<Column<'t>, Refusal> {
        Ok(match node {
            Node::Number(n) => Column::One(*n),
            Node::Text(text) => Column::Word(text.clone()),
            Node::Variable(name) => match table.variable(name) {
                Some(Values::Numbers(numbers)) => Column::Numbers(numbers.clone()),
                Some(Values::Texts { levels, codes }) => Column::Texts(levels, codes),
                None => return Err(unknown(name, table)),
            },
            Node::Not(inner) => {
                Column::Truth(self.as_truth(inner, table)?.into_iter().map(|t| t.map(|t| !t)).collect())
            }
            Node::Minus(inner) => Column::Numbers(self.as_numbers(inner, table)?.into_iter().map(|n| -n).collect()),
            Node::Logic(is_and, a, b) => {
                let (a, b) = (self.as_truth(a, table)?, self.as_truth(b, table)?);
                let decided = !*is_and;
                let both = |(a, b): (Option<bool>, Option<bool>)| match (a, b) {
                    (Some(x), _) | (_, Some(x)) if x == decided => Some(decided),
                    (Some(_), Some(_)) => Some(!decided),
                    _ => None,
                };
                Column::Truth(a.into_iter().zip(b).map(both).collect())
            }
            Node::Compare(how, a, b) => Column::Truth(self.compare(*how, a, b, table)?),
            Node::Arithmetic(sign, a, b) => {
                let (a, b) = (self.as_numbers(a, table)?, self.as_numbers(b, table)?);
                let of = |(a, b): (f64, f64)| match sign {
                    '+' => a + b,
                    '-' => a - b,
                    '*' => a * b,
                    // Nothing per nothing is unknown, and so is something.
                    _ if b == 0.0 => f64::NAN,
                    _ => a / b,
                };
                Column::Numbers(a.into_iter().zip(b).map(of).collect())
            }
            Node::Call(function, given) => {
                let mut arguments = Vec::with_capacity(given.len());
                for node in given {
                    arguments.push(self.as_numbers(node, table)?);
                }
                let at = |argument: usize, row: usize| arguments.get(argument).map_or(0.0, |a: &Vec<f64>| a[row]);
                Column::Numbers((0..table.n_rows).map(|row| function.of(at(0, row), at(1, row))).collect())
            }
            Node::In(a, list) => {
                let mut found: Vec<Option<bool>> = vec![Some(false); table.n_rows];
                for b in list {
                    let equal = self.compare(Compare::Equal, a, b, table)?;
                    for (found, equal) in found.iter_mut().zip(equal) {
                        *found = match (*found, equal) {
                            (Some(true), _) | (_, Some(true)) => Some(true),
                            (Some(false), Some(false)) => Some(false),
                            _ => None,
                        };
                    }
                }
                Column::Truth(found)
            }
        })
    }

    fn compare(&self, how: Compare, a: &Node, b: &Node, table: &Table) -> Result<Vec<Option<bool>>, Refusal> {
        let (left, right) = (self.column(a, table)?, self.column(b, table)?);
        let words = match (&left, &right) {
            (Column::Texts(levels, codes), Column::Word(word)) => Some((levels, codes, word, how)),
            (Column::Word(word), Column::Texts(levels, codes)) => Some((levels, codes, word, how.turned())),
            _ => None,
        };
        if let Some((levels, codes, word, how)) = words {
            let holds: Vec<bool> = levels.iter().map(|level| how.holds(level.as_str().cmp(word.as_str()))).collect();
            return Ok(codes.iter().map(|c| (*c != MISSING).then(|| holds[*c as usize])).collect());
        }
        let (a, b) = (self.as_numbers(a, table)?, self.as_numbers(b, table)?);
        Ok(a.iter().zip(&b).map(|(a, b)| a.partial_cmp(b).map(|order| how.holds(order))).collect())
    }
}

impl Function {
    /// A function by its name, with the least and most arguments.
    fn named(name: &str) -> Option<(Function, usize, usize)> {
        Some(match name {
            "abs" => (Function::Abs, 1, 1),
            "cos" => (Function::Cos, 1, 1),
            "exp" => (Function::Exp, 1, 1),
            "ln" | "log" => (Function::Ln, 1, 1),
            "log10" => (Function::Log10, 1, 1),
            "max" | "pmax" => (Function::Max, 2, 2),
            "min" | "pmin" => (Function::Min, 2, 2),
            "round" => (Function::Round, 1, 2),
            "sin" => (Function::Sin, 1, 1),
            "sqrt" => (Function::Sqrt, 1, 1),
            _ => return None,
        })
    }

    /// What has no value (the root of −1, the logarithm of 0) is missing, and so is what is made of something missing.
    fn of(self, x: f64, y: f64) -> f64 {
        let value = match self {
            Function::Abs => x.abs(),
            Function::Cos => x.cos(),
            Function::Exp => x.exp(),
            Function::Ln => x.ln(),
            Function::Log10 => x.log10(),
            Function::Max if x.is_nan() || y.is_nan() => f64::NAN,
            Function::Max => x.max(y),
            Function::Min if x.is_nan() || y.is_nan() => f64::NAN,
            Function::Min => x.min(y),
            Function::Round => {
                let scale = 10f64.powi(y.clamp(-12.0, 12.0) as i32);
                (x * scale).round_ties_even() / scale
            }
            Function::Sin => x.sin(),
            Function::Sqrt => x.sqrt(),
        };
        if value.is_finite() { value } else { f64::NAN }
    }
}

/// That a variable is not in the data, with the nearest one.
pub(crate) fn unknown(name: &str, table: &Table) -> Refusal {
    let same = table.variables.iter().find(|v| v.name.eq_ignore_ascii_case(name));
    let found = Diagnostic::new(&codes::SVY002)
        .arg("name", name)
        .arg("file", &table.name)
        .arg("near", if same.is_some() { "yes" } else { "no" })
        .arg("nearest", same.map_or("", |v| v.name.as_str()));
    Box::new(found)
}

impl Compare {
    fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Compare::Equal => order.is_eq(),
            Compare::Unequal => order.is_ne(),
            Compare::Below => order.is_lt(),
            Compare::AtMost => order.is_le(),
            Compare::Above => order.is_gt(),
            Compare::AtLeast => order.is_ge(),
        }
    }
    /// The same, asked from the other side.
    fn turned(self) -> Self {
        match self {
            Compare::Below => Compare::Above,
            Compare::AtMost => Compare::AtLeast,
            Compare::Above => Compare::Below,
            Compare::AtLeast => Compare::AtMost,
            same => same,
        }
    }
}

/// Reads from left to right; an error is what was expected at the place it stands.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    n_terms: usize,
}

type Read<T> = Result<T, &'static str>;

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }
    fn skip(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }
    /// Takes a sign if it stands here.
    fn takes(&mut self, sign: &str) -> bool {
        self.skip();
        let is_here = self.rest().starts_with(sign);
        if is_here {
            self.at += sign.len();
        }
        is_here
    }
    /// Takes a word if it stands here on its own.
    fn takes_word(&mut self, word: &str) -> bool {
        self.skip();
        let rest = self.rest();
        let is_here = rest.starts_with(word) && !rest[word.len()..].starts_with(is_name);
        if is_here {
            self.at += word.len();
        }
        is_here
    }

    fn either(&mut self) -> Read<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("( )");
        }
        let mut node = self.both()?;
        while self.takes("||") || self.takes("|") || self.takes_word("or") {
            node = Node::Logic(false, Box::new(node), Box::new(self.both()?));
        }
        self.depth -= 1;
        Ok(node)
    }
    fn both(&mut self) -> Read<Node> {
        let mut node = self.negation()?;
        while self.takes("&&") || self.takes("&") || self.takes_word("and") {
            node = Node::Logic(true, Box::new(node), Box::new(self.negation()?));
        }
        Ok(node)
    }
    fn negation(&mut self) -> Read<Node> {
        self.skip();
        if !self.rest().starts_with("!=") && (self.takes("!") || self.takes_word("not")) {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err("( )");
            }
            let inner = self.negation()?;
            self.depth -= 1;
            return Ok(Node::Not(Box::new(inner)));
        }
        self.comparison()
    }
    fn comparison(&mut self) -> Read<Node> {
        let left = self.sum()?;
        if self.takes("%in%") || self.takes_word("in") {
            self.takes_word("c");
            if !self.takes("(") {
                return Err("(");
            }
            let mut list = vec![self.sum()?];
            while self.takes(",") {
                list.push(self.sum()?);
            }
            return if self.takes(")") { Ok(Node::In(Box::new(left), list)) } else { Err(", )") };
        }
        let signs = [
            ("==", Compare::Equal),
            ("!=", Compare::Unequal),
            ("<=", Compare::AtMost),
            (">=", Compare::AtLeast),
            ("<", Compare::Below),
            (">", Compare::Above),
            ("=", Compare::Equal),
        ];
        for (sign, how) in signs {
            if self.takes(sign) {
                return Ok(Node::Compare(how, Box::new(left), Box::new(self.sum()?)));
            }
        }
        Ok(left)
    }
    fn sum(&mut self) -> Read<Node> {
        let mut node = self.product()?;
        loop {
            let sign = if self.takes("+") {
                '+'
            } else if self.takes("-") {
                '-'
            } else {
                return Ok(node);
            };
            node = Node::Arithmetic(sign, Box::new(node), Box::new(self.product()?));
        }
    }
    fn product(&mut self) -> Read<Node> {
        let mut node = self.atom()?;
        loop {
            let sign = if self.takes("*") {
                '*'
            } else if self.takes("/") {
                '/'
            } else {
                return Ok(node);
            };
            node = Node::Arithmetic(sign, Box::new(node), Box::new(self.atom()?));
        }
    }
    fn atom(&mut self) -> Read<Node> {
        const ATOM: &str = "a variable, a number, 'text' or (";
        self.skip();
        self.n_terms += 1;
        if self.n_terms > MOST_TERMS {
            return Err("fewer terms");
        }
        if self.takes("(") {
            let inner = self.either()?;
            return if self.takes(")") { Ok(inner) } else { Err(")") };
        }
        if self.takes("-") {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err("( )");
            }
            let inner = self.atom()?;
            self.depth -= 1;
            return Ok(Node::Minus(Box::new(inner)));
        }
        for (quote, end) in [('\'', "'"), ('"', "\""), ('`', "`")] {
            if self.rest().starts_with(quote) {
                let body = &self.rest()[1..];
                let Some(length) = body.find(quote) else { return Err(end) };
                let text = body[..length].to_owned();
                self.at += length + 2;
                return Ok(if quote == '`' { Node::Variable(text) } else { Node::Text(text) });
            }
        }
        let length = self.rest().find(|c: char| !is_name(c)).unwrap_or(self.rest().len());
        let word = self.rest()[..length].to_owned();
        let Some(first) = word.chars().next() else { return Err(ATOM) };
        if first.is_ascii_digit() || first == '.' && word[1..].starts_with(|c: char| c.is_ascii_digit()) {
            let number = word.parse().map_err(|_| ATOM)?;
            self.at += length;
            return Ok(Node::Number(number));
        }
        self.at += length;
        if let Some((function, least, most)) = Function::named(&word)
            && self.takes("(")
        {
            let mut given = vec![self.either()?];
            while given.len() < most && self.takes(",") {
                given.push(self.either()?);
            }
            let is_closed = given.len() >= least && self.takes(")");
            return if is_closed { Ok(Node::Call(function, given)) } else { Err(", )") };
        }
        Ok(match word.as_str() {
            "TRUE" | "true" => Node::Number(1.0),
            "FALSE" | "false" => Node::Number(0.0),
            _ => Node::Variable(word),
        })
    }
}

/// What a name is made of; many files have points in theirs.
fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.'
}

#[cfg(test)]
mod tests {
    use model::microdata::Variable;

    use super::*;

    fn table() -> Table {
        let numbers = |name: &str, n: [f64; 4]| Variable::new(name, Values::Numbers(n.to_vec()));
        let texts = Values::Texts { levels: vec!["Yes".into(), "No".into()], codes: vec![0, 1, MISSING, 0] };
        Table {
            name: "t.csv".into(),
            variables: vec![
                numbers("a", [1.0, 2.0, f64::NAN, 4.0]),
                numbers("b.c", [0.0, 2.0, 3.0, 8.0]),
                Variable::new("d", texts),
            ],
            n_rows: 4,
            origin: None,
        }
    }

    fn check(text: &str, expected: [Option<bool>; 4]) {
        assert_eq!(Expression::parse(text).and_then(|e| e.truth(&table())), Ok(expected.to_vec()), "{text}");
    }

    #[test]
    fn conditions_hold_or_not_or_are_unknown() {
        let (t, f, u) = (Some(true), Some(false), None);
        check("a == 2", [f, t, u, f]);
        check("a = 2 | b.c >= 3", [f, t, t, t]);
        check("a == 1 & d == 'Yes'", [t, f, u, f]);
        check("!(d == \"Yes\")", [f, t, u, f]);
        check("d != 'Yes' or a > 3", [f, t, u, t]);
        check("not d == 'No' and b.c / a == 2", [f, f, u, t]);
        check("a in (1, 4)", [t, f, u, t]);
        check("d %in% c('No', 'Maybe')", [f, t, u, f]);
        check("b.c - 2 * a == -2 || a*a+1 > 16", [t, t, u, t]);
        check("'No' < d", [t, f, u, t]);
        check("b.c / (a - 2) > 0", [f, u, u, t]);
        check("b.c", [f, t, t, t]);
        check("round(a / 3, 2) == 0.33 | log10(a * 25) == 2", [t, f, u, t]);
        check("max(a, 3) > 3 or sqrt(0 - a) > 0", [u, u, u, t]);
        check("min(b.c, 2) + abs(-1) == round(2.6)", [f, t, t, t]);
        check("sqrt (sin(0) + cos(0) + exp(0) + ln(1) - 1) == 1", [t, t, t, t]);
    }

    fn told<'d>(found: &'d Diagnostic, name: &str) -> Option<&'d diag::Arg> {
        found.args.iter().find(|(n, _)| *n == name).map(|(_, arg)| arg)
    }

    fn check_wrong(text: &str, at: i64, expected: &str) {
        let wrong = Expression::parse(text).expect_err(text);
        assert_eq!(wrong.code.id, "SVY003", "{text}");
        assert_eq!(told(&wrong, "at"), Some(&diag::Arg::Whole(at)), "{text}");
        assert!(
            matches!(told(&wrong, "expected"), Some(diag::Arg::Text(e)) if e.contains(expected)),
            "{text}: {wrong:?}"
        );
    }

    #[test]
    fn what_cannot_be_read_names_its_place() {
        check_wrong("a == ", 6, "a variable");
        check_wrong("(a == 2", 8, ")");
        check_wrong("a == 2 b", 8, "&");
        check_wrong("d == 'Yes", 6, "'");
        check_wrong("a in 3", 6, "(");
        check_wrong("max(a)", 6, ", )");
        check_wrong("sqrt(a, a)", 7, ", )");
        check_wrong(&"(".repeat(500), 65, "( )");
        check_wrong(&"!".repeat(500), 65, "( )");
        check_wrong(&"a+".repeat(100_000), 1001, "fewer");
    }

    #[test]
    fn the_longest_expression_fits_a_small_stack() {
        let on_small_stack = || {
            check(&format!("a{} == 500", "+a".repeat(498)), [Some(false), Some(false), None, Some(false)]);
            check(&format!("a == 1{}", " | a == 1".repeat(249)), [Some(true), Some(false), None, Some(false)]);
        };
        let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(on_small_stack);
        thread.expect("a thread").join().expect("fits");
    }

    #[test]
    fn unknown_names_and_texts_are_refused() {
        let asked = |text: &str| Expression::parse(text).expect(text).truth(&table()).expect_err(text);
        assert_eq!(told(&asked("A == 1"), "nearest"), Some(&diag::Arg::Text("a".into())));
        assert_eq!(asked("d > 3").code.id, "SVY004");
        assert_eq!(asked("d").code.id, "SVY004");
    }
}
