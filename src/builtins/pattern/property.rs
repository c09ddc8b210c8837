//! The sets of signs that Java's patterns name: `\d`, `\p{Alpha}`, `\p{javaLetter}`, `\p{IsGreek}`. Without the flag `U` the
//! short and the POSIX names mean ASCII only.

use crate::builtins::error::bad_pattern;
use crate::value::Failure;

/// Whether a letter after `\` stands for a set.
pub(super) fn is_set(letter: char) -> bool {
    matches!(letter, 'p' | 'P') || letter_members(letter.to_ascii_lowercase(), false).is_some()
}

/// The class that a letter after `\` stands for; a capital is the opposite of its small letter.
pub(super) fn letter(letter: char, unicode: bool) -> Option<String> {
    let members = letter_members(letter.to_ascii_lowercase(), unicode)?;
    Some(class(members, letter.is_ascii_uppercase()))
}

/// The class of a name in `\p{…}`.
pub(super) fn named(name: &str, negated: bool, unicode: bool) -> Result<String, Failure> {
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b' ' | b'=')) {
        return Err(bad_pattern("the name in \\p{…} is no name"));
    }
    let members = if unicode { unicode_members(name) } else { None }.or_else(|| members(name));
    if let Some(members) = members {
        return Ok(class(members, negated));
    }
    let (key, value) = name.split_once('=').unwrap_or(("", name));
    let value = match key.to_ascii_lowercase().as_str() {
        "" => match (name.strip_prefix("In"), name.strip_prefix("Is")) {
            (Some(block), _) => return self::block(block).map(|members| class(members, negated)),
            (_, Some(value)) => value.to_owned(),
            _ => value.to_owned(),
        },
        "script" | "sc" => format!("Script={value}"),
        "general_category" | "gc" => format!("General_Category={value}"),
        "block" | "blk" => return block(value).map(|members| class(members, negated)),
        _ => return Err(bad_pattern(&format!("\\p{{{name}}} is not supported"))),
    };
    let set = class(&format!("\\p{{{value}}}"), negated);
    // The engine's list of names decides.
    match fancy_regex::Regex::new(&set) {
        Ok(_) => Ok(set),
        Err(_) => Err(bad_pattern(&format!("\\p{{{name}}} is not supported"))),
    }
}

fn class(members: &str, negated: bool) -> String {
    format!("[{}{members}]", if negated { "^" } else { "" })
}

fn letter_members(letter: char, unicode: bool) -> Option<&'static str> {
    Some(match (letter, unicode) {
        ('d', false) => "0-9",
        ('w', false) => "A-Za-z0-9_",
        ('s', false) => "\t-\r ",
        ('d', true) => r"\p{Nd}",
        ('w', true) => r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}",
        ('s', true) => r"\p{White_Space}",
        ('h', _) => "\t \u{a0}\u{1680}\u{180e}\u{2000}-\u{200a}\u{202f}\u{205f}\u{3000}",
        ('v', _) => "\n-\r\u{85}\u{2028}\u{2029}",
        _ => return None,
    })
}

/// The names that mean the same with and without the flag `U`, and those of ASCII.
fn members(name: &str) -> Option<&'static str> {
    Some(match name {
        "Lower" => "a-z",
        "Upper" => "A-Z",
        "ASCII" => "\0-\x7f",
        "Alpha" => "A-Za-z",
        "Digit" => "0-9",
        "Alnum" => "A-Za-z0-9",
        "Punct" => r"!-/:-@\[-`{-\~",
        "Graph" => r"!-\~",
        "Print" => r" -\~",
        "Blank" => " \t",
        "Cntrl" => "\0-\x1f\x7f",
        "XDigit" => "0-9A-Fa-f",
        "Space" => "\t-\r ",
        "L1" => "\0-\u{ff}",
        "LC" => r"\p{Lu}\p{Ll}\p{Lt}",
        "LD" => r"\p{L}\p{Nd}",
        "all" => "\0-\u{10ffff}",
        "javaLowerCase" => r"\p{Lowercase}",
        "javaUpperCase" => r"\p{Uppercase}",
        "javaTitleCase" => r"\p{Lt}",
        "javaAlphabetic" => r"\p{Alphabetic}",
        "javaIdeographic" => r"\p{Ideographic}",
        "javaDigit" => r"\p{Nd}",
        "javaLetter" => r"\p{L}",
        "javaLetterOrDigit" => r"\p{L}\p{Nd}",
        "javaDefined" => r"[^\p{Cn}]",
        "javaSpaceChar" => r"\p{Z}",
        "javaISOControl" => r"\p{Cc}",
        // Java's blanks are those that may end a line.
        "javaWhitespace" => "\t-\r\x1c-\x1f \u{1680}\u{2000}-\u{2006}\u{2008}-\u{200a}\u{2028}\u{2029}\u{205f}\u{3000}",
        _ => return None,
    })
}

/// The POSIX names under the flag `U`.
fn unicode_members(name: &str) -> Option<&'static str> {
    Some(match name {
        "Lower" => r"\p{Lowercase}",
        "Upper" => r"\p{Uppercase}",
        "Alpha" => r"\p{Alphabetic}",
        "Digit" => r"\p{Nd}",
        "Alnum" => r"\p{Alphabetic}\p{Nd}",
        "Punct" => r"\p{P}",
        "Blank" => r"\p{Zs}\t",
        "Cntrl" => r"\p{Cc}",
        "XDigit" => r"\p{Nd}\p{Hex_Digit}",
        "Space" => r"\p{White_Space}",
        _ => return None,
    })
}

/// The blocks that scripts name; the engine knows none.
fn block(name: &str) -> Result<&'static str, Failure> {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    Ok(match plain.to_ascii_lowercase().as_str() {
        "basiclatin" => "\0-\x7f",
        "latin1supplement" => "\u{80}-\u{ff}",
        "latinextendeda" => "\u{100}-\u{17f}",
        "latinextendedb" => "\u{180}-\u{24f}",
        "combiningdiacriticalmarks" => "\u{300}-\u{36f}",
        "greek" | "greekandcoptic" => "\u{370}-\u{3ff}",
        "cyrillic" => "\u{400}-\u{4ff}",
        "armenian" => "\u{530}-\u{58f}",
        "hebrew" => "\u{590}-\u{5ff}",
        "arabic" => "\u{600}-\u{6ff}",
        "devanagari" => "\u{900}-\u{97f}",
        "bengali" => "\u{980}-\u{9ff}",
        "tamil" => "\u{b80}-\u{bff}",
        "thai" => "\u{e00}-\u{e7f}",
        "generalpunctuation" => "\u{2000}-\u{206f}",
        "currencysymbols" => "\u{20a0}-\u{20cf}",
        "hiragana" => "\u{3040}-\u{309f}",
        "katakana" => "\u{30a0}-\u{30ff}",
        "cjkunifiedideographs" => "\u{4e00}-\u{9fff}",
        "hangulsyllables" => "\u{ac00}-\u{d7af}",
        _ => return Err(bad_pattern(&format!("the block {name} is not supported"))),
    })
}
