//! Money: an integer of minor units with its currency. Never a float.

use std::fmt;

/// An ISO 4217 code of three capitals.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// United States dollar, the default of the programme.
    pub const USD: Currency = Currency(*b"USD");

    /// Reads a code; `None` unless it is three ASCII letters.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 3] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphabetic).then(|| Currency(bytes.map(|b| b.to_ascii_uppercase())))
    }
    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
    /// Digits after the point (ISO 4217): 0 for yen and the like, 3 for some dinars, else 2.
    pub fn minor_digits(self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"VND" | b"XOF" | b"XAF" | b"RWF" | b"UGX" | b"CLP" | b"PYG" | b"GNF" | b"KMF"
            | b"BIF" | b"DJF" | b"ISK" | b"VUV" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}
impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An amount of money. Units: minor units (cents) of `currency`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units.
    pub minor: i64,
    /// Their currency.
    pub currency: Currency,
}

impl Money {
    /// From major units (dollars), rounded half away from zero to minor units; `None` if it does not fit.
    pub fn from_major(major: f64, currency: Currency) -> Option<Self> {
        let minor = (major * 10f64.powi(currency.minor_digits() as i32)).round();
        (minor.is_finite() && minor.abs() < 9.0e15).then_some(Money { minor: minor as i64, currency })
    }
    /// In major units (dollars).
    pub fn major(self) -> f64 {
        self.minor as f64 / 10f64.powi(self.currency.minor_digits() as i32)
    }
    /// The sum, when the currencies agree and it fits.
    pub fn plus(self, other: Money) -> Option<Money> {
        (self.currency == other.currency)
            .then(|| self.minor.checked_add(other.minor))
            .flatten()
            .map(|minor| Money { minor, currency: self.currency })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minor_units_follow_the_currency() {
        let yen = Currency::parse("jpy").expect("three letters");
        assert_eq!(Money::from_major(1500.4, yen).map(|m| m.minor), Some(1500));
        assert_eq!(Money::from_major(0.1 + 0.2, Currency::USD).map(|m| m.minor), Some(30));
        assert_eq!(Money { minor: 1, currency: yen }.plus(Money { minor: 1, currency: Currency::USD }), None);
    }
}
