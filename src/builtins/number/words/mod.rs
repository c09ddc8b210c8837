//! A number in words: `1989.toWords("en-us")`. The digits are spelled exactly, one by one after the point.

mod asian;
mod english;
mod french;
mod german;
mod italian;
mod rule;
mod spanish;

use self::rule::Language;
use crate::builtins::error::{too_many_digits, unknown_language};
use crate::builtins::support::{self, NUMERIC, at, text};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Failure, Kinds, Value};

/// The languages of the page, by the names that it gives them.
static LANGUAGES: [(&str, Language); 10] = [
    ("en-gb", english::ENGLISH),
    ("en-us", english::ENGLISH),
    ("fr", french::FRENCH),
    ("de", german::GERMAN),
    ("it", italian::ITALIAN),
    ("ja", asian::JAPANESE),
    ("ko", asian::KOREAN),
    ("zh", asian::CHINESE),
    ("en-in", english::INDIAN),
    ("es", spanish::SPANISH),
];

/// The language when none is given. The page does not say which.
const DEFAULT: &str = "en-us";

/// The most digits before the point (help page "toWords").
const MOST_DIGITS: usize = 18;

pub(in crate::builtins) static TABLE: &[Builtin] = &[Builtin {
    name: "toWords",
    elsewhere: &["spellOut", "num2words", "numberToWords"],
    category: Category::Number,
    page: "functions/number/towords",
    on: NUMERIC,
    parameters: &[Parameter::optional("language", Kinds::TEXT.or(Kinds::NUMBER))],
    about: "Gives the number in words of en-us, en-gb, en-in, fr, de, it, es, ja, ko or zh; en-us when none is named.",
    examples: &[
        Example::Shows(r#"1989.13.toWords("en-us")"#, "one thousand nine hundred eighty-nine point one three"),
        Example::Shows(r#"1234567.toWords("en-in")"#, "twelve lakh thirty-four thousand five hundred sixty-seven"),
        Example::Shows(r#"toWords(-71.05, "fr")"#, "moins soixante-et-onze virgule zéro cinq"),
        Example::Shows(r#"100010.toWords("zh")"#, "十万〇一十"),
        Example::Fails(r#"info 24.toWords("tlh");"#, "run::language"),
    ],
    differs: &["A fraction is spelled to its last digit, also beyond 15 digits in all."],
    see: &["text", "toHex"],
    run: to_words,
    ..support::ROW
}];

fn to_words(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let language = match at(arguments, 1) {
        Value::Null => find(DEFAULT),
        _ => find(&text(arguments, 1)?),
    };
    let language = language.map_err(|name| unknown_language(&name, LANGUAGES.iter().map(|(name, _)| *name)))?;
    let digits = at(arguments, 0).print()?;
    words(language, &digits).map(Value::text).ok_or_else(|| too_many_digits("toWords", MOST_DIGITS))
}

/// The rules of a language by its name, in any case and with `_` for `-`; else the name.
fn find(name: &str) -> Result<&'static Language, String> {
    let wanted = name.trim().to_ascii_lowercase().replace('_', "-");
    LANGUAGES.iter().find(|(known, _)| *known == wanted).map(|(_, language)| language).ok_or_else(|| name.to_owned())
}

/// The words of a number given by its digits; `None` when it has too many before the point.
fn words(language: &Language, digits: &str) -> Option<String> {
    let (negative, magnitude) = match digits.strip_prefix('-') {
        Some(magnitude) => (true, magnitude),
        None => (false, digits),
    };
    let (whole, fraction) = magnitude.split_once('.').unwrap_or((magnitude, ""));
    let fraction = fraction.trim_end_matches('0');
    if whole.len() > MOST_DIGITS {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let begin = &language.begin;
    let mut out = String::new();
    let negative = negative && (whole > 0 || !fraction.is_empty());
    if negative {
        out.push_str(language.minus);
    }
    if fraction.is_empty() {
        language.spell(whole, if negative { begin.negative } else { begin.whole }, &mut out);
        return Some(out);
    }
    language.spell(whole, begin.before_point, &mut out);
    out.push_str(language.point);
    for (at, digit) in fraction.chars().filter_map(|digit| digit.to_digit(10)).enumerate() {
        if at > 0 {
            out.push_str(language.between_digits);
        }
        language.spell(u64::from(digit), if negative { begin.negative } else { begin.digit }, &mut out);
    }
    Some(out)
}
