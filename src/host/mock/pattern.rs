//! Texts with `*` for any run of characters, as rules of mocks have them for addresses and names.

/// A text in which `*` stands for any characters, also none. Everything else means itself, in the same case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wildcard {
    text: String,
    ignores_case: bool,
}

impl Wildcard {
    /// The pattern of this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ignores_case: false }
    }

    /// The pattern of this text in any case.
    pub fn in_any_case(text: &str) -> Self {
        Self { text: text.to_lowercase(), ignores_case: true }
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the pattern covers all of a text. Each piece is taken where it comes first, which is right since `*`
    /// takes anything; so the time grows with the length of the text times the number of pieces.
    pub fn covers(&self, text: &str) -> bool {
        match self.ignores_case {
            true => covers(&self.text, &text.to_lowercase()),
            false => covers(&self.text, text),
        }
    }
}

fn covers(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    for piece in middle.split('*').filter(|piece| !piece.is_empty()) {
        match text.split_once(piece) {
            Some((_, behind)) => text = behind,
            None => return false,
        }
    }
    text.ends_with(end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Wildcard;

    #[test]
    fn stars_stand_for_anything() {
        for (pattern, text, covers) in [
            ("a", "a", true),
            ("a", "ab", false),
            ("*", "", true),
            ("a*", "a", true),
            ("a*b", "ab", true),
            ("a*b", "axxb", true),
            ("a*b", "axxbc", false),
            ("*b*", "abc", true),
            ("a*bc*d", "axbcyd", true),
            ("ab*ba", "aba", false),
            ("a**b", "ab", true),
            ("https://api.example.com/orders*", "https://api.example.com/orders?page=2", true),
            ("https://api.example.com/orders", "https://api.example.com/orders?page=2", false),
        ] {
            assert_eq!(Wildcard::new(pattern).covers(text), covers, "{pattern} {text}");
        }
        assert!(Wildcard::in_any_case("zoho.AI.*").covers("Zoho.ai.detectObject"));
    }

    proptest! {
        #[test]
        fn as_a_slow_reader_would(pattern in "[ab*]{0,8}", text in "[ab]{0,10}") {
            fn slow(pattern: &[u8], text: &[u8]) -> bool {
                match (pattern, text) {
                    ([], []) => true,
                    ([b'*', rest @ ..], _) => (0..=text.len()).any(|taken| slow(rest, text.get(taken..).unwrap_or_default())),
                    ([first, rest @ ..], [letter, behind @ ..]) => first == letter && slow(rest, behind),
                    _ => false,
                }
            }
            prop_assert_eq!(Wildcard::new(pattern.as_str()).covers(&text), slow(pattern.as_bytes(), text.as_bytes()));
        }
    }
}
