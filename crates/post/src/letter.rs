//! A letter, and what becomes of it on the wire.

use std::time::SystemTime;

use lettre::{
    Address, Message,
    message::{
        Mailbox, SinglePart,
        header::{Header, HeaderName, HeaderValue},
    },
};

use crate::PostError;

/// A letter in plain text to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The recipient's address alone, without a name: `amina@example.org`.
    pub to: String,
    /// The subject, in any script, one line: line breaks and other control characters become spaces, and `=?` is
    /// written `= ?`, because mail takes it for the start of encoded text.
    pub subject: String,
    /// The text, in any script, lines ended by `\n`.
    pub text: String,
}

/// A letter by a machine, which is not to be answered by another (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

impl Letter {
    /// The letter as it is sent: headers encoded by RFC 2047, text in UTF-8.
    ///
    /// `unique` makes the letter's id, by which servers find doubles.
    pub(crate) fn message(&self, from: &Mailbox, unique: [u8; 16], at: SystemTime) -> Result<Message, PostError> {
        let to: Address = self.to.trim().parse().map_err(|_| PostError::Recipient(self.to.clone()))?;
        let id: String = unique.iter().map(|byte| format!("{byte:02x}")).collect();
        Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, to))
            .subject(one_line(&self.subject))
            .date(at)
            .message_id(Some(format!("<{id}@{}>", from.email.domain())))
            .header(AutoSubmitted)
            .singlepart(SinglePart::plain(lines(&self.text)))
            .map_err(|_| PostError::Recipient(self.to.clone()))
    }
}

/// The subject without anything that could end the line or hide in it.
fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() || is_break(c) { ' ' } else { c }).collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").replace("=?", "= ?")
}

/// The line and paragraph separators of Unicode, which are no control characters.
fn is_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// The text with the line ends of mail, without other control characters. The last line is ended by the message.
fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let clean: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect();
    clean.trim_end_matches('\n').replace('\n', "\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(to: &str, subject: &str, text: &str) -> Result<String, PostError> {
        let letter = Letter { to: to.into(), subject: subject.into(), text: text.into() };
        let from = "Habitat <noreply@example.org>".parse().unwrap();
        let message = letter.message(&from, [0xab; 16], SystemTime::UNIX_EPOCH)?;
        Ok(String::from_utf8(message.formatted()).unwrap())
    }

    #[test]
    fn a_letter_as_it_is_sent() {
        let expected = "From: Habitat <noreply@example.org>\r\n\
            To: amina@example.org\r\n\
            Subject: An invitation\r\n\
            Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n\
            Message-ID: <abababababababababababababababab@example.org>\r\n\
            Auto-Submitted: auto-generated\r\n\
            MIME-Version: 1.0\r\n\
            Content-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: 7bit\r\n\
            \r\n\
            Follow this link.\r\n";
        assert_eq!(written("amina@example.org", "An invitation", "Follow this link.\n").unwrap(), expected);
    }

    #[test]
    fn addresses_of_one_person() {
        for to in ["amina@example.org", " amina.diallo+x@mail.example.org ", "王@例子.example"] {
            assert!(written(to, "x", "x").is_ok(), "{to}");
        }
        for to in [
            "",
            "amina",
            "amina@",
            "@example.org",
            "amina@example.org, boris@example.org",
            "Amina <amina@example.org>",
            "amina@example.org\r\nBcc: boris@example.org",
            "amina\r\n@example.org",
            "amina@example.org>",
        ] {
            assert!(matches!(written(to, "x", "x"), Err(PostError::Recipient(_))), "{to}");
        }
    }

    #[test]
    fn a_subject_is_one_header() {
        for subject in [
            "Hello\r\nBcc: boris@example.org\r\n\r\nanother body",
            "Hello\nBcc: boris@example.org",
            "Hello\rBcc: boris@example.org",
            "Hello\u{85}Bcc: boris@example.org",
            "Hello\u{2028}Bcc: boris@example.org\u{0}",
            "مرحبا\r\nBcc: boris@example.org",
        ] {
            let letter = written("amina@example.org", subject, "x").unwrap();
            let (head, _) = letter.split_once("\r\n\r\n").unwrap();
            assert!(!head.lines().any(|line| line.starts_with("Bcc") || line.is_empty()), "{head}");
            assert!(!letter.replace("\r\n", "").contains(['\r', '\n']), "{head}");
        }
    }
}
