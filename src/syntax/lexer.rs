//! Cuts a text into raw tokens. It never fails: what is no token becomes one of the kinds `Bad`, `BadNumber`,
//! `OpenText` and `OpenComment`, which the context pass reports. A text may run over several lines; the parser may
//! name texts that are to end at the end of their line instead, when that explains the rest of the source better.

use logos::{Lexer, Logos};

use super::token::{Raw, RawToken};
use crate::source::Span;

/// All tokens of `text`. A text that begins at one of the offsets in `end_at_line` ends at its line.
pub(super) fn lex(text: &str, end_at_line: &[u32]) -> Vec<RawToken> {
    // Dense scripts have a token for every three bytes. What is reserved and not used is never touched.
    cut(text, end_at_line, Vec::with_capacity(text.len() / 2 + 4), usize::MAX)
}

/// The first tokens of `text`, at most so many.
pub(super) fn lex_first(text: &str, most: usize) -> Vec<RawToken> {
    cut(text, &[], Vec::with_capacity(most), most)
}

fn cut(text: &str, end_at_line: &[u32], mut tokens: Vec<RawToken>, most: usize) -> Vec<RawToken> {
    let mut lexer = Raw::lexer(text);
    // Each text that is never closed was searched to the end of the source, which a hostile source could repeat.
    let mut searches = 16;
    while tokens.len() < most
        && let Some(found) = lexer.next()
    {
        let start = lexer.span().start as u32;
        let kind = match found {
            Ok(Raw::Word) => {
                if lexer.remainder().as_bytes().first().is_some_and(|byte| !byte.is_ascii()) {
                    finish_word(&mut lexer);
                }
                Raw::Word
            }
            Ok(Raw::Number) => finish_number(&mut lexer),
            Ok(Raw::Dot) => finish_dot(&mut lexer, tokens.last()),
            Ok(quote @ (Raw::DoubleText | Raw::SingleText)) => {
                let kind = finish_text(&mut lexer, quote, searches == 0 || end_at_line.contains(&start));
                searches -= usize::from(kind == Raw::OpenText && searches > 0);
                kind
            }
            Ok(Raw::OpenComment) => match lexer.remainder().find("*/") {
                Some(length) => {
                    lexer.bump(length + 2);
                    continue;
                }
                None => {
                    lexer.bump(lexer.remainder().len());
                    Raw::OpenComment
                }
            },
            Ok(Raw::Bad) => match lexer.slice().chars().next() {
                Some(letter) if letter.is_alphabetic() => {
                    finish_word(&mut lexer);
                    Raw::Word
                }
                Some(blank) if is_blank(blank) => continue,
                _ => Raw::Bad,
            },
            Ok(kind) => kind,
            Err(()) => Raw::Bad,
        };
        tokens.push(RawToken::new(kind, Span { start, end: lexer.span().end as u32 }));
    }
    tokens
}

/// White space beyond ASCII, and the marks without width that editors and web pages leave in a text.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{180E}')
}

/// Takes the letters beyond ASCII that belong to the word. Combining marks count: `é` may be written as two characters.
fn finish_word<'s>(lexer: &mut Lexer<'s, Raw>) {
    let rest = lexer.remainder();
    lexer.bump(rest.find(|letter: char| !is_word_letter(letter)).unwrap_or(rest.len()));
}

fn is_word_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || matches!(letter, '\u{300}'..='\u{36F}')
}

/// After digits, a point belongs to the number unless a letter follows it: `24.isNumber()` is a call, `123.` is a number.
fn finish_number(lexer: &mut Lexer<'_, Raw>) -> Raw {
    let mut kind = Raw::Number;
    if let Some(after_point) = lexer.remainder().strip_prefix('.') {
        let next = after_point.chars().next();
        if !next.is_some_and(|letter| letter.is_alphabetic() || letter == '_' || letter == '.') {
            kind = Raw::Decimal;
            lexer.bump(1 + digits(after_point));
        }
    }
    let rest = lexer.remainder();
    if rest.starts_with(is_word_letter) {
        lexer.bump(rest.find(|letter: char| !is_word_letter(letter)).unwrap_or(rest.len()));
        kind = Raw::BadNumber;
    }
    kind
}

/// A point begins a number (`.45`) unless it stands right behind a value: `a.45` is a slip, not two values.
fn finish_dot(lexer: &mut Lexer<'_, Raw>, before: Option<&RawToken>) -> Raw {
    let length = digits(lexer.remainder());
    let touches_value = before.is_some_and(|token| {
        token.end() as usize == lexer.span().start
            && matches!(token.kind, Raw::Word | Raw::Number | Raw::ParenClose | Raw::SquareClose | Raw::BraceClose)
    });
    if length == 0 || touches_value {
        return Raw::Dot;
    }
    lexer.bump(length);
    Raw::Decimal
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn finish_text(lexer: &mut Lexer<'_, Raw>, quote: Raw, ends_at_line: bool) -> Raw {
    let rest = lexer.remainder();
    let closing = if quote == Raw::DoubleText { b'"' } else { b'\'' };
    if !ends_at_line {
        let mut bytes = rest.bytes().enumerate();
        while let Some((at, byte)) = bytes.next() {
            if byte == closing {
                lexer.bump(at + 1);
                return quote;
            }
            if byte == b'\\' {
                bytes.next();
            }
        }
    }
    lexer.bump(rest.find(['\n', '\r']).unwrap_or(rest.len()));
    Raw::OpenText
}
