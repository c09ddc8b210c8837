//! Conversions between texts, numbers and lists.

use memchr::{memchr_iter, memmem::Finder};

use super::date::FORMATTED;
use super::support::{
    self, INDEX, PRESENT, TEXTUAL, aggregate, at, fits, holds, json_fits, printed, receiver_text, text_result,
};
use crate::catalogue::{Absent, Builtin, Call, Category, Example, Parameter};
use crate::value::{Aggregate, Contents, Failure, Kinds, Text, Value, json};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Conversion, ..support::ROW };

pub(super) static TABLE: &[Builtin] = &[
    Builtin {
        name: "toString",
        page: "functions/common/tostring",
        aliases: &["toText"],
        elsewhere: &["str", "String", "stringify", "valueOf", "to_s"],
        on: PRESENT.except(Kinds::LIST).except(FORMATTED).except(Kinds::DECIMAL).except(Kinds::TIME),
        about: "Gives the value as text, as info prints it.",
        examples: &[
            Example::Shows("true.toString() + 1", "true1"),
            Example::Shows(r#"{"a":1}.toString() + "!""#, r#"{"a":1}!"#),
            Example::Prints(
                r#"try { l = {"a"}; info l.get(10); } catch (e) { info e.toString().contains("index 10"); }"#,
                "true",
            ),
            Example::Fails("x = null; info x.toString();", "run::null-receiver"),
        ],
        not_in_creator: &[Absent::ROW.named("toText")],
        see: &["toNumber", "text", "toList"],
        run: to_string,
        ..ROW
    },
    Builtin {
        name: "toString",
        page: "functions/common/tostring",
        aliases: &["toText"],
        elsewhere: &["array_join", "listagg"],
        on: Kinds::LIST,
        parameters: &[Parameter::optional("separator", Kinds::TEXT)],
        about: "Joins the elements with commas or the given separator; without one, a list from JSON stays JSON.",
        examples: &[
            Example::Shows(r#"{"a","b"}.toString()"#, "a,b"),
            Example::Shows(r#"{"a",1,{"k":2}}.toString(" - ")"#, r#"a - 1 - {"k":2}"#),
            Example::Shows(r#""{\"l\":[1,2]}".getJSON("l").toString()"#, "[1,2]"),
            Example::Fails(r#"info {"a"}.toString(1);"#, "run::argument-type"),
        ],
        not_in_creator: &[Absent::ROW.named("toText")],
        see: &["toList", "toListString"],
        run: join,
        ..ROW
    },
    Builtin {
        name: "toNumber",
        page: "functions/common/to-number",
        aliases: &["toLong"],
        elsewhere: &["parseInt", "int", "toInt", "intval", "parseLong", "toInteger", "integer", "cast"],
        on: INDEX,
        about: "Gives a number, or the number that a text holds, without its fraction.",
        examples: &[
            Example::Shows(r#""100".toLong()"#, "100"),
            Example::Shows("toNumber(-7.8)", "-7"),
            Example::Fails(r#"info "".toNumber();"#, "run::not-a-number"),
            Example::Fails(r#"info "1000abc".toLong();"#, "run::not-a-number"),
        ],
        see: &["toDecimal", "isNumber", "toString"],
        run: to_number,
        ..ROW
    },
    Builtin {
        name: "toDecimal",
        page: "functions/common/todecimal",
        elsewhere: &["parseFloat", "float", "double", "toFloat", "toDouble"],
        on: INDEX,
        about: "Gives a number, or the number that a text holds, as DECIMAL.",
        examples: &[
            Example::Shows("toDecimal(99.9)", "99.9"),
            Example::Shows(r#""100".toDecimal()"#, "100"),
            Example::Fails(r#"info "12abc".toDecimal();"#, "run::not-a-number"),
            Example::Fails(r#"info "".toDecimal();"#, "run::not-a-number"),
        ],
        see: &["toNumber", "isNumber", "round"],
        run: to_decimal,
        ..ROW
    },
    Builtin {
        name: "toList",
        page: "functions/string/tolist",
        elsewhere: &["split", "explode", "toArray", "tokenize", "string_split"],
        on: TEXTUAL,
        parameters: &[Parameter::optional("separator", Kinds::TEXT)],
        about: "Splits a text at commas or the given separator; without one, the text of a JSON array gives its elements.",
        examples: &[
            Example::Shows(r#""a;;b".toList(";").size()"#, "3"),
            Example::Shows(r#""1,2,3".toList().get(1)"#, "2"),
            Example::Shows(r#""[{\"id\":7}]".toList().get(0).get("id")"#, "7"),
            Example::Shows(r#""abc".toList("")"#, "a,b,c"),
            Example::Fails(r#"info "a".toList(1);"#, "run::argument-type"),
        ],
        differs: &[
            "Without a separator the text is split at commas, as scripts expect it; the page keeps it whole.",
            "Without a separator the text of a JSON array gives its elements.",
        ],
        see: &["toString", "toListString", "toJSONList", "getPrefix"],
        run: to_list,
        ..ROW
    },
    Builtin {
        name: "toList",
        page: "functions/string/tolist",
        on: Kinds::LIST,
        parameters: &[Parameter::optional("separator", Kinds::TEXT)],
        about: "Gives the list itself.",
        examples: &[
            Example::Shows("{1,2}.toList().size()", "2"),
            Example::Shows("{}.toList().size()", "0"),
            Example::Fails("info {1}.toList(1);", "run::argument-type"),
        ],
        see: &["toString", "toListString"],
        run: itself,
        ..ROW
    },
    Builtin {
        name: "toListString",
        page: "functions/list/to-list-string",
        on: TEXTUAL,
        about: "Splits a text at commas into a list of texts.",
        examples: &[
            Example::Shows(r#""1,2".toListString().contains("1")"#, "true"),
            Example::Shows(r#""1,2".toListString().contains(1)"#, "false"),
            Example::Shows(r#""a,,b".toListString().size()"#, "3"),
            Example::Fails("x = null; info x.toListString();", "run::null-receiver"),
        ],
        see: &["toList", "toString"],
        run: to_list_string,
        ..ROW
    },
    Builtin {
        name: "toListString",
        page: "functions/list/to-list-string",
        on: Kinds::LIST,
        about: "Gives a list of the elements as texts.",
        examples: &[
            Example::Shows(r#"{1,2}.toListString().contains("2")"#, "true"),
            Example::Shows(r#"{{1,2},"a"}.toListString().get(0).length()"#, "3"),
            Example::Shows("{}.toListString().size()", "0"),
        ],
        see: &["toList", "toString"],
        run: texts,
        ..ROW
    },
];

fn to_string(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    printed(call, at(arguments, 0))
}

fn join(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let separator = match at(arguments, 1) {
        Value::Text(separator) => separator,
        _ => return to_string(call, arguments),
    };
    let list = aggregate("toString", arguments, 0)?;
    let mut out = String::new();
    if let Contents::List(items) = &*list.borrow() {
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                out.push_str(separator);
            }
            match item {
                Value::Aggregate(inner) => json::write_aggregate(inner, &mut out)?,
                scalar => scalar.print_to(&mut out)?,
            }
            fits(call, out.len())?;
        }
    }
    Ok(Value::text(out))
}

fn to_number(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let value = at(arguments, 0);
    value.to_number().map(Value::Number).ok_or_else(|| match value.to_decimal() {
        Some(_) => Failure::overflow("toNumber"),
        None => Failure::not_a_number("toNumber"),
    })
}

fn to_decimal(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    match at(arguments, 0) {
        decimal @ Value::Decimal { .. } => Ok(decimal.clone()),
        other => other.to_decimal().map(Value::decimal).ok_or_else(|| Failure::not_a_number("toDecimal")),
    }
}

fn to_list(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let whole = receiver_text(arguments)?;
    let items = match at(arguments, 1) {
        Value::Text(separator) if separator.is_empty() => {
            holds(call, whole.length())?;
            whole.chars().map(|sign| Value::from(&*sign.encode_utf8(&mut [0; 4]))).collect()
        }
        Value::Text(separator) => pieces(call, &whole, separator)?,
        _ => match json_elements(call, &whole)? {
            Some(items) => return Ok(Value::Aggregate(Aggregate::json_list(items))),
            None => pieces(call, &whole, ",")?,
        },
    };
    Ok(Value::list(items))
}

fn to_list_string(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    pieces(call, &*receiver_text(arguments)?, ",").map(Value::list)
}

fn texts(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let items = aggregate("toListString", arguments, 0)?.items().unwrap_or_default();
    let texts = items.iter().map(|item| text_result(call, item.to_text()?));
    texts.collect::<Result<_, _>>().map(Value::list)
}

fn itself(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(at(arguments, 0).clone())
}

fn pieces(call: &Call<'_>, text: &Text, separator: &str) -> Result<Vec<Value>, Failure> {
    if let [sign] = separator.as_bytes() {
        return pieces_between(call, text, 1, || memchr_iter(*sign, text.as_bytes()));
    }
    let finder = Finder::new(separator);
    pieces_between(call, text, separator.len(), || finder.find_iter(text.as_bytes()))
}

/// The separators are looked for twice, first to know how many pieces there will be.
fn pieces_between<S: Iterator<Item = usize>>(
    call: &Call<'_>,
    text: &Text,
    width: usize,
    separators: impl Fn() -> S,
) -> Result<Vec<Value>, Failure> {
    let count = separators().count() + 1;
    holds(call, count)?;
    // Counted as one, characters need not be counted in each piece.
    text.length();
    let mut pieces = Vec::with_capacity(count);
    let mut begins = 0;
    for ends in separators().chain([text.len()]) {
        pieces.push(text.piece(begins..ends).map(Value::Text).unwrap_or_default());
        begins = ends + width;
    }
    Ok(pieces)
}

/// The elements, when the text is a JSON array; `[a, b]` counts as one, as everywhere.
fn json_elements(call: &Call<'_>, text: &str) -> Result<Option<Vec<Value>>, Failure> {
    if !text.trim_start().starts_with('[') {
        return Ok(None);
    }
    json_fits(call, text)?;
    Ok(match json::parse_lenient(text) {
        Ok(Value::Aggregate(list)) => list.items(),
        _ => None,
    })
}
