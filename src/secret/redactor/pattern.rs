//! What is looked for. Each secret gives a handful of patterns: itself, its hexadecimal forms, and the characters of its
//! base64 forms that depend on it alone, once for each of the three places in a group of three bytes where it may begin.
//! They are looked for in every [`View`] of a text, so each may itself be percent-encoded or escaped.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::view::View;

/// What stands in the place of a secret.
const MASK: &[u8] = b"[redacted]";

/// A longer value is looked for in pieces of this many bytes. That bounds the work at each place of a text, and finds a
/// long token also where something has cut it short.
const PIECE_BYTES: usize = 128;

/// Neighbouring pieces share this many bytes, so that a whole value becomes one span.
const SHARED_BYTES: usize = 8;

/// The lines of a value, such as a private key, are also looked for one by one when they are at least this long.
const SHORTEST_LINE: usize = 16;

/// All patterns, by their first byte.
#[derive(Default)]
pub(super) struct Patterns {
    /// One for each byte, or none as long as there are no patterns at all.
    by_first_byte: Vec<Vec<Pattern>>,
}

/// What a search found.
pub(super) struct Spans {
    /// The places to mask, in order and apart from each other.
    pub(super) found: Vec<Range<usize>>,
    /// Everything before this place stays as found, whatever text may follow. No span crosses it.
    pub(super) certain: usize,
}

struct Pattern {
    text: Zeroizing<Vec<u8>>,
    /// In base64, whether the character before also holds bits of the secret.
    edge_before: bool,
    /// The same for the character after.
    edge_after: bool,
}

impl Spans {
    /// Writes the text up to `end`, masked. No span may cross `end`.
    pub(super) fn write(&self, text: &[u8], end: usize, masked: &mut Vec<u8>) {
        let mut done = 0;
        for span in self.found.iter().filter(|span| span.end <= end) {
            masked.extend_from_slice(text.get(done..span.start).unwrap_or_default());
            masked.extend_from_slice(MASK);
            done = span.end;
        }
        masked.extend_from_slice(text.get(done..end).unwrap_or_default());
    }
}

impl Patterns {
    /// Adds the patterns of one value.
    pub(super) fn add(&mut self, text: &str) {
        let last = text.len().saturating_sub(PIECE_BYTES);
        // The last piece is as long as the others, not a short remainder that could be any word.
        for start in (0..last).step_by(PIECE_BYTES - SHARED_BYTES).chain([last]) {
            let piece = text.floor_char_boundary(start)..text.ceil_char_boundary(start + PIECE_BYTES);
            self.add_piece(text.get(piece).unwrap_or(text));
        }
        if text.contains('\n') {
            let lines = text.lines().map(str::trim);
            for line in lines.filter(|line| line.len() >= SHORTEST_LINE && !line.starts_with("-----")) {
                self.add_piece(line.get(..line.floor_char_boundary(PIECE_BYTES)).unwrap_or(line));
            }
        }
    }

    /// Where secrets stand in the text.
    pub(super) fn spans(&self, text: &[u8]) -> Spans {
        let mut spans = Spans { found: Vec::new(), certain: text.len() };
        if self.by_first_byte.iter().all(Vec::is_empty) {
            return spans;
        }
        for view in View::all(text) {
            self.search(&view, &mut spans);
        }
        spans.found.sort_unstable_by_key(|span| span.start);
        spans.found = spans.found.drain(..).fold(Vec::new(), join);
        if let Some(crossed) = spans.found.iter().find(|span| span.start < spans.certain && spans.certain < span.end) {
            spans.certain = crossed.start;
        }
        spans
    }

    fn search(&self, view: &View<'_>, spans: &mut Spans) {
        let bytes = &*view.bytes;
        let is_edge = |at: usize| bytes.get(at).copied().is_some_and(is_base64);
        let mut open = bytes.len();
        for (at, first) in bytes.iter().enumerate() {
            let rest = bytes.get(at..).unwrap_or_default();
            for pattern in self.by_first_byte.get(usize::from(*first)).into_iter().flatten() {
                let end = at + pattern.text.len();
                if !rest.starts_with(&pattern.text) {
                    if end > bytes.len() && pattern.text.starts_with(rest) {
                        open = open.min(at);
                    }
                    continue;
                }
                if pattern.edge_after && end == bytes.len() {
                    open = open.min(at);
                }
                let start = if pattern.edge_before && at > 0 && is_edge(at - 1) { at - 1 } else { at };
                let end = if pattern.edge_after && is_edge(end) { end + 1 } else { end };
                spans.found.push(view.place(start)..view.place(end));
            }
        }
        // The character before a secret belongs to it at a base64 edge, so the last one that might is uncertain too.
        let uncertain = if open > 0 && is_edge(open - 1) { open - 1 } else { open };
        spans.certain = spans.certain.min(view.place(uncertain));
    }

    fn add_piece(&mut self, piece: &str) {
        self.add_pattern(piece, false, false);
        let hex: String = piece.bytes().flat_map(|byte| [hex_digit(byte >> 4), hex_digit(byte & 15)]).collect();
        self.add_pattern(&hex.to_ascii_uppercase(), false, false);
        self.add_pattern(&hex, false, false);
        for shift in 0..3 {
            let edge_after = !(shift + piece.len()).is_multiple_of(3);
            for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
                self.add_pattern(&base64_inside(&engine, piece, shift), shift != 0, edge_after);
            }
        }
    }

    fn add_pattern(&mut self, text: &str, edge_before: bool, edge_after: bool) {
        let [first, ..] = *text.as_bytes() else { return };
        self.by_first_byte.resize_with(256, Vec::new);
        let Some(patterns) = self.by_first_byte.get_mut(usize::from(first)) else { return };
        let known = |known: &Pattern| {
            *known.text == text.as_bytes() && (known.edge_before, known.edge_after) == (edge_before, edge_after)
        };
        if !patterns.iter().any(known) {
            patterns.push(Pattern { text: Zeroizing::new(text.into()), edge_before, edge_after });
        }
    }
}

/// Adds a span to those before it, in order of their starts; those that overlap become one.
fn join(mut found: Vec<Range<usize>>, span: Range<usize>) -> Vec<Range<usize>> {
    match found.last_mut() {
        Some(last) if span.start < last.end => last.end = last.end.max(span.end),
        _ => found.push(span),
    }
    found
}

/// The base64 characters of `piece` when `shift` bytes stand before it, without those that depend on what is around it.
fn base64_inside(engine: &GeneralPurpose, piece: &str, shift: usize) -> String {
    let mut bytes = Zeroizing::new(vec![0; shift]);
    bytes.extend_from_slice(piece.as_bytes());
    let whole = Zeroizing::new(engine.encode(&*bytes));
    whole.get((shift * 8).div_ceil(6)..bytes.len() * 8 / 6).unwrap_or_default().to_owned()
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

fn hex_digit(value: u8) -> char {
    char::from_digit(u32::from(value), 16).unwrap_or('0')
}
