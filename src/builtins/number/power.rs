//! Powers, roots and logarithms.
//!
//! The last digits are those of the pages: `exp` and `log` are the system's, `log10` is that of `libm`, which agrees with
//! the platform's Java where the system's does not.

use super::{computed, decimal, through};
use crate::builtins::support::{self, NUMERIC};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Failure, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Number, on: NUMERIC, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "sqrt",
        elsewhere: &["squareRoot"],
        page: "functions/number/sqrt",
        about: "Gives the square root; null below zero.",
        examples: &[
            Example::Shows("9.sqrt()", "3.0"),
            Example::Shows("sqrt(2)", "1.4142135623730951"),
            Example::Shows("sqrt(-1)", "null"),
        ],
        see: &["power"],
        run: |_, values| through("sqrt", values, f64::sqrt),
        ..ROW
    },
    Builtin {
        name: "power",
        elsewhere: &["pow"],
        page: "functions/number/power",
        parameters: &[Parameter::required("exponent", NUMERIC)],
        about: "Raises the number to a power: exactly where all digits fit, else as a double; null where undefined.",
        examples: &[
            Example::Shows("3.power(2)", "9"),
            Example::Shows("power(1.1, 2)", "1.21"),
            Example::Shows("power(9, 0.5)", "3"),
            Example::Shows("power(-8, 0.5)", "null"),
            Example::Fails("info power(10, 100);", "run::overflow"),
        ],
        see: &["sqrt", "exp"],
        run: power,
        ..ROW
    },
    Builtin {
        name: "exp",
        page: "functions/number/exp",
        about: "Gives e, 2.718281828459045, raised to the number.",
        examples: &[
            Example::Shows("1.exp()", "2.718281828459045"),
            Example::Shows("exp(0)", "1.0"),
            Example::Fails("info exp(1000);", "run::overflow"),
        ],
        see: &["log", "power"],
        run: |_, values| through("exp", values, f64::exp),
        ..ROW
    },
    Builtin {
        name: "log",
        elsewhere: &["ln"],
        page: "functions/number/log",
        about: "Gives the natural logarithm; null at zero and below.",
        examples: &[
            Example::Shows("90.log()", "4.499809670330265"),
            Example::Shows("log(1)", "0.0"),
            Example::Shows("log(0)", "null"),
        ],
        see: &["log10", "exp"],
        run: |_, values| through("log", values, |number| above_zero(number, f64::ln)),
        ..ROW
    },
    Builtin {
        name: "log10",
        page: "functions/number/log10",
        about: "Gives the logarithm to base 10; null at zero and below.",
        examples: &[
            Example::Shows("81.log10()", "1.9084850188786497"),
            Example::Shows("log10(1000)", "3.0"),
            Example::Shows("log10(-3)", "null"),
        ],
        see: &["log", "power"],
        run: |_, values| through("log10", values, |number| above_zero(number, libm::log10)),
        ..ROW
    },
    Builtin {
        name: "signum",
        elsewhere: &["sign", "sgn"],
        page: "functions/number/signum",
        about: "Gives the sign as 1.0, -1.0 or 0.0.",
        examples: &[
            Example::Shows("25.125432.signum()", "1.0"),
            Example::Shows("signum(-12)", "-1.0"),
            Example::Shows("signum(0)", "0.0"),
        ],
        see: &["abs"],
        run: |_, values| through("signum", values, |number| if number == 0.0 { 0.0 } else { number.signum() }),
        ..ROW
    },
];

fn above_zero(number: f64, compute: fn(f64) -> f64) -> f64 {
    if number > 0.0 { compute(number) } else { f64::NAN }
}

fn power(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (base, exponent) = (decimal("power", arguments, 0)?, decimal("power", arguments, 1)?);
    let exact = exponent.fraction().is_zero().then(|| exponent.to_number()).flatten();
    if let Some(result) = exact.and_then(|exponent| base.raised(exponent)) {
        return Ok(Value::decimal(result));
    }
    // Zero has no reciprocal, of which a double would make infinity.
    if base.is_zero() && exponent.to_double() < 0.0 {
        return Ok(Value::Null);
    }
    let result = computed("power", base.to_double().powf(exponent.to_double()))?;
    Ok(result.map_or(Value::Null, Value::decimal))
}
