//! Statistics of lists and collections of numbers. Numbers in quotes count as numbers, as the pages allow, but not for
//! `rank`. Of no numbers there is no average, median, largest, smallest or percentile: the result is null, as it is for
//! other undefined results.

use crate::builtins::error::{bad_percentage, invalid_entries, no_such_place};
use crate::builtins::support::{self, INDEX, NUMERIC, at, count, items, whole};
use crate::catalogue::{Absent, Builtin, Call, Category, Example, Parameter};
use crate::value::{Decimal, Failure, Kind, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Statistics, on: Kinds::LIST.or(Kinds::COLLECTION), ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "average",
        elsewhere: &["avg", "mean"],
        page: "functions/number/average",
        about: "Gives the average of the numbers in a list; null for an empty one.",
        examples: &[
            Example::Shows("{1, 5, 2, 3}.average()", "2.75"),
            Example::Shows(r#"average({"2", 4})"#, "3"),
            Example::Shows("List().average()", "null"),
            Example::Fails(r#"info {1, "two"}.average();"#, "run::list-entries"),
        ],
        see: &["median", "percentile"],
        run: average,
        ..ROW
    },
    Builtin {
        name: "median",
        page: "functions/number/median",
        about: "Gives the middle number of a sorted list, or the average of the two middle ones.",
        examples: &[
            Example::Shows("{3, 1, 2}.median()", "2"),
            Example::Shows("median({1, 5, 2, 3})", "2.5"),
            Example::Shows("List().median()", "null"),
            Example::Fails(r#"info {1, "two"}.median();"#, "run::list-entries"),
        ],
        see: &["average", "percentile"],
        run: median,
        ..ROW
    },
    Builtin {
        name: "largest",
        elsewhere: &["maximum"],
        page: "functions/number/largest",
        about: "Gives the largest number of a list.",
        examples: &[
            Example::Shows("{1, 5, 2, 3}.largest()", "5"),
            Example::Shows(r#"largest({"10", "9"})"#, "10"),
            Example::Shows("List().largest()", "null"),
            Example::Fails(r#"info {1, "two"}.largest();"#, "run::list-entries"),
        ],
        see: &["nthLargest", "smallest", "max"],
        run: |_, values| Ok(numbers("largest", values)?.pop().unwrap_or(Value::Null)),
        ..ROW
    },
    Builtin {
        name: "smallest",
        elsewhere: &["minimum"],
        page: "functions/number/smallest",
        about: "Gives the smallest number of a list.",
        examples: &[
            Example::Shows("{1, 5, 2, 3}.smallest()", "1"),
            Example::Shows("smallest({-2, -5.5})", "-5.5"),
            Example::Shows("List().smallest()", "null"),
            Example::Fails(r#"info {1, "two"}.smallest();"#, "run::list-entries"),
        ],
        see: &["nthSmallest", "largest", "min"],
        run: |_, values| Ok(numbers("smallest", values)?.into_iter().next().unwrap_or(Value::Null)),
        ..ROW
    },
    Builtin {
        name: "nthLargest",
        page: "functions/number/nth-largest",
        parameters: &[Parameter::required("place", INDEX)],
        about: "Gives the number at a place of the list when the largest stands first; places are counted from 1.",
        examples: &[
            Example::Shows("{300, 455, 124, 926, 780}.nthLargest(2)", "780"),
            Example::Shows("{7, 7, 5}.nthLargest(3)", "5"),
            Example::Fails("info {1, 2}.nthLargest(3);", "run::index"),
        ],
        see: &["largest", "nthSmallest", "rank"],
        run: |_, values| nth("nthLargest", values, |size, place| size.checked_sub(place)),
        ..ROW
    },
    Builtin {
        name: "nthSmallest",
        page: "functions/number/nth-smallest",
        parameters: &[Parameter::required("place", INDEX)],
        about: "Gives the number at a place of the list when the smallest stands first; places are counted from 1.",
        examples: &[
            Example::Shows("{300, 455, 124, 926, 780}.nthSmallest(2)", "300"),
            Example::Shows("{1.5, 0.5}.nthSmallest(1)", "0.5"),
            Example::Fails("info {5, 4}.nthSmallest(0);", "run::index"),
        ],
        see: &["smallest", "nthLargest", "rank"],
        run: |_, values| nth("nthSmallest", values, |_, place| place.checked_sub(1)),
        ..ROW
    },
    Builtin {
        name: "rank",
        page: "functions/number/rank",
        parameters: &[Parameter::required("number", NUMERIC), Parameter::optional("order", Kinds::TEXT)],
        about: "Gives the place of a number when the largest stands first, or with \"asc\" when the smallest does.",
        examples: &[
            Example::Shows("{300, 455, 124, 926, 780}.rank(300)", "4"),
            Example::Shows(r#"{120.12, 65, 300.46}.rank(65, "ASC")"#, "1"),
            Example::Shows("{9, 7, 7, 5}.rank(7)", "2"),
            Example::Fails("info {1, 2}.rank(3);", "run::list-entries"),
        ],
        differs: &["Equal numbers share the first of their places; the page does not say which."],
        see: &["nthLargest", "nthSmallest", "percentile"],
        run: rank,
        ..ROW
    },
    Builtin {
        name: "percentile",
        page: "functions/number/percentile",
        parameters: &[Parameter::required("percentage", NUMERIC)],
        about: "Gives the smallest number that so many percent of the list do not exceed.",
        examples: &[
            Example::Shows("{300, 455, 124, 926, 780}.percentile(50)", "455"),
            Example::Shows(r#"{"300", "455"}.percentile(0.5)"#, "300"),
            Example::Fails("info {1, 2}.percentile(0);", "run::argument-range"),
            Example::Fails(r#"info {1, "a2"}.percentile(50);"#, "run::list-entries"),
        ],
        not_in_creator: &[Absent::ROW],
        see: &["median", "rank"],
        run: percentile,
        ..ROW
    },
];

fn average(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let numbers = unsorted("average", arguments)?;
    mean(&numbers)
}

fn median(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let numbers = numbers("median", arguments)?;
    let middle = match numbers.len() {
        0 => 0..0,
        size => (size - 1) / 2..size / 2 + 1,
    };
    mean(numbers.get(middle).unwrap_or_default())
}

fn nth(function: &str, arguments: &[Value], position: fn(usize, usize) -> Option<usize>) -> Result<Value, Failure> {
    let numbers = numbers(function, arguments)?;
    let place = whole(function, arguments, 1)?;
    let position = usize::try_from(place).ok().and_then(|place| position(numbers.len(), place));
    position.and_then(|position| numbers.get(position).cloned()).ok_or_else(|| no_such_place(place, numbers.len()))
}

fn rank(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let items = items("rank", arguments, 0)?;
    let ascending = matches!(at(arguments, 2), Value::Text(order) if order.trim().eq_ignore_ascii_case("asc"));
    let number = super::decimal("rank", arguments, 1)?;
    let (mut before, mut found) = (0_usize, false);
    for item in &items {
        let item = item.as_decimal().ok_or_else(|| invalid_entries(item.kind()))?;
        found |= item == number;
        before += usize::from(if ascending { item < number } else { item > number });
    }
    // The page names TEXT also where a number is missing.
    if found { Ok(count(before + 1)) } else { Err(invalid_entries(Kind::Text)) }
}

fn percentile(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let numbers = numbers("percentile", arguments)?;
    let percentage = super::decimal("percentile", arguments, 1)?;
    if percentage <= Decimal::from(0) || percentage > Decimal::from(100) {
        return Err(bad_percentage(&at(arguments, 1).print()?));
    }
    let size = Decimal::from(i64::try_from(numbers.len()).unwrap_or(i64::MAX));
    let hundredth = Decimal::parse("0.01").unwrap_or_else(|| Decimal::from(0));
    let place =
        percentage.times(size).and_then(|parts| parts.times(hundredth)).and_then(|place| place.ceil().to_number());
    let position = place.and_then(|place| usize::try_from(place).ok()).unwrap_or_default().saturating_sub(1);
    Ok(numbers.get(position).cloned().unwrap_or(Value::Null))
}

/// The sum by the number of numbers; null of none.
fn mean(numbers: &[Value]) -> Result<Value, Failure> {
    if numbers.is_empty() {
        return Ok(Value::Null);
    }
    let mut sum = Decimal::from(0);
    for number in numbers.iter().filter_map(Value::as_decimal) {
        sum = sum.plus(number).ok_or_else(|| Failure::overflow("average"))?;
    }
    Value::decimal(sum).divide(&count(numbers.len()))
}

/// The numbers of the list from the smallest on.
fn numbers(function: &str, arguments: &[Value]) -> Result<Vec<Value>, Failure> {
    let mut numbers = unsorted(function, arguments)?;
    numbers.sort_by_cached_key(|number| number.as_decimal().unwrap_or_else(|| Decimal::from(0)));
    Ok(numbers)
}

/// The numbers of the list; those in quotes without them.
fn unsorted(function: &str, arguments: &[Value]) -> Result<Vec<Value>, Failure> {
    items(function, arguments, 0)?.into_iter().map(number).collect()
}

fn number(item: Value) -> Result<Value, Failure> {
    match &item {
        Value::Number(_) | Value::Decimal { .. } => Ok(item),
        Value::Text(text) => match (text.trim().parse(), item.to_decimal()) {
            (Ok(number), _) => Ok(Value::Number(number)),
            (_, Some(decimal)) => Ok(Value::decimal(decimal)),
            _ => Err(invalid_entries(Kind::Text)),
        },
        other => Err(invalid_entries(other.kind())),
    }
}
