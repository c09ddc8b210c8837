//! A value without secrets, before it is drawn: drawing breaks and shortens texts, and a piece of a secret is not recognised.

use crate::secret::Redactor;
use crate::value::Data;

/// The value with secrets masked, in keys and in digits, too.
pub(super) fn data(value: &Data, redactor: &Redactor) -> Data {
    let all = |items: &[Data]| items.iter().map(|item| data(item, redactor)).collect();
    let pairs = |pairs: &[(Data, Data)]| {
        pairs.iter().map(|(key, value)| (data(key, redactor), data(value, redactor))).collect()
    };
    match value {
        Data::Text(text) => Data::Text(redactor.redact(text).into_owned()),
        Data::Number(number) => digits(value, &number.to_string(), redactor),
        Data::Decimal(decimal) => digits(value, &decimal.to_string(), redactor),
        Data::List { items, from_json } => Data::List { items: all(items), from_json: *from_json },
        Data::Elements(items) => Data::Elements(all(items)),
        Data::Map(of) => Data::Map(pairs(of)),
        Data::Pairs(of) => Data::Pairs(pairs(of)),
        Data::File(file) => {
            let mut file = file.clone();
            file.name = redactor.redact(&file.name).into_owned();
            Data::File(file)
        }
        Data::Null | Data::Boolean(_) | Data::DateTime(_) | Data::Time(_) | Data::Braces => value.clone(),
    }
}

fn digits(value: &Data, digits: &str, redactor: &Redactor) -> Data {
    match redactor.redact(digits) {
        shown if shown == digits => value.clone(),
        shown => Data::Text(shown.into_owned()),
    }
}
