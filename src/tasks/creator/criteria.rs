//! Criteria come from the compiled script as lists that begin with a word: `["field", name]`, `["value", x]`,
//! `["period", words]`, `["operation", operator, operand …]`, `["call", function, field, argument …]`. A value of the
//! script always stands behind `"value"`, so nothing in it can be taken for a condition.

use crate::effect::Criteria;
use crate::value::{Data, Failure};

/// Reads criteria; null is every record. Depth is that of the brackets of the script, which are limited.
pub(super) fn read(data: Data) -> Result<Criteria, Failure> {
    let Data::List { items, .. } = data else {
        return if data == Data::Null { Ok(Criteria::All) } else { Err(malformed()) };
    };
    let mut parts = items.into_iter();
    let (Some(Data::Text(tag)), Some(first)) = (parts.next(), parts.next()) else { return Err(malformed()) };
    match (tag.as_str(), first) {
        ("value", data) => Ok(Criteria::Value(data)),
        ("field", Data::Text(name)) => Ok(Criteria::Field(name)),
        ("period", Data::Text(words)) => Ok(Criteria::Period(words)),
        ("operation", Data::Text(operator)) => {
            Ok(Criteria::Operation(operator, parts.map(read).collect::<Result<_, _>>()?))
        }
        ("call", Data::Text(function)) => Ok(Criteria::Call(function, parts.map(read).collect::<Result<_, _>>()?)),
        _ => Err(malformed()),
    }
}

fn malformed() -> Failure {
    Failure::internal("criteria are not in their form")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(items: Vec<Data>) -> Data {
        Data::list(items)
    }

    #[test]
    fn a_value_of_the_script_is_never_read_as_a_condition() {
        let value = list(vec!["field".into(), "Secret".into()]);
        let read = read(list(vec!["value".into(), value.clone()])).map_err(|_| ());
        assert_eq!(read, Ok(Criteria::Value(value)));
    }

    #[test]
    fn what_is_not_in_its_form_is_refused() {
        for data in [Data::Number(1), list(vec![]), list(vec!["other".into(), "x".into()]), list(vec!["field".into()])]
        {
            assert!(read(data).is_err());
        }
        assert_eq!(read(Data::Null).ok(), Some(Criteria::All));
    }
}
