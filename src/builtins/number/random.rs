//! Random numbers. They come from the generator of the run, so a run with a seed can be repeated.

use super::decimal;
use crate::builtins::error::no_random_numbers;
use crate::builtins::support::{self, NUMERIC, at};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Decimal, Failure, Kinds, Value};

pub(in crate::builtins) static TABLE: &[Builtin] = &[Builtin {
    name: "randomNumber",
    elsewhere: &["random", "randint", "rand"],
    category: Category::Number,
    page: "functions/number/randomnumber",
    on: Kinds::NONE,
    parameters: &[Parameter::optional("start", NUMERIC), Parameter::optional("end", NUMERIC)],
    about: "Gives a random number from start up to end, which is never given; a DECIMAL if one of both is.",
    examples: &[
        Example::Shows("randomNumber(5, 6)", "5"),
        Example::Prints("r = randomNumber(1.5, 2.5); info r >= 1.5 && r < 2.5;", "true"),
        Example::Prints("r = randomNumber(10); info r >= 0 && r < 10;", "true"),
        Example::Shows("randomNumber(7, 7)", "7"),
        Example::Fails(r#"info randomNumber("a", 3);"#, "run::argument-type"),
    ],
    differs: &[
        "With one number it gives one from 0 up to it, without any one from 0 up to 2147483647, as in older scripts.",
        "The larger number may stand first, as in older scripts; of two equal ones it gives the number itself.",
    ],
    run: random_number,
    ..support::ROW
}];

/// The end when none is given: the largest whole number of 32 bits.
const END: i64 = 2_147_483_647;

/// How many digits after the point are drawn; a double has no more.
const PLACES: i64 = 15;

fn random_number(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let zero = Value::Number(0);
    let (first, second) = match arguments {
        [] => (&zero, &Value::Number(END)),
        [end] => (&zero, end),
        _ => (at(arguments, 0), at(arguments, 1)),
    };
    if let (Value::Number(first), Value::Number(second)) = (first, second) {
        let drawn = call.random.between(*first.min(second), *first.max(second));
        return drawn.map(Value::Number).map_err(|_| no_random_numbers());
    }
    let pair = [first.clone(), second.clone()];
    let (first, second) = (decimal("randomNumber", &pair, 0)?, decimal("randomNumber", &pair, 1)?);
    let unit = call.random.between(0, 10_i64.pow(PLACES as u32)).map_err(|_| no_random_numbers())?;
    let drawn = between(first.min(second), first.max(second), Decimal::from(unit));
    drawn.map(Value::decimal).ok_or_else(|| Failure::overflow("randomNumber"))
}

/// The number at so many parts of 10^15 between two numbers; never the upper one, which rounding could give.
fn between(lower: Decimal, upper: Decimal, parts: Decimal) -> Option<Decimal> {
    let part = Decimal::parse("0.000000000000001")?.times(parts)?;
    let drawn = lower.plus(upper.minus(lower)?.times(part)?)?.truncate(PLACES)?;
    Some(if drawn >= lower && drawn < upper { drawn } else { lower })
}
