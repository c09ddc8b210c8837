//! Sines, angles and hyperbolic functions. Angles are radians.
//!
//! The last digits are those of the pages, which are Java's: `libm` computes as Java does, but for `tanh`, where the system
//! does; the inverse hyperbolic functions, which Java does not have, are the formulas of school books.

use super::{computed, decimal, through};
use crate::builtins::support::{self, NUMERIC};
use crate::catalogue::{Builtin, Category, Example, Parameter};
use crate::value::Value;

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Number, on: NUMERIC, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "sin",
        page: "functions/number/sin",
        about: "Gives the sine of an angle in radians.",
        examples: &[
            Example::Shows("sin(0)", "0.0"),
            Example::Shows("90.sin()", "0.8939966636005579"),
            Example::Shows("sin(-1.5)", "-0.9974949866040544"),
        ],
        see: &["asin", "cos", "radians"],
        run: |_, values| through("sin", values, libm::sin),
        ..ROW
    },
    Builtin {
        name: "cos",
        page: "functions/number/cos",
        about: "Gives the cosine of an angle in radians.",
        examples: &[
            Example::Shows("90.cos()", "-0.4480736161291702"),
            Example::Shows("cos(0)", "1.0"),
            Example::Shows("cos(-1)", "0.5403023058681398"),
        ],
        see: &["acos", "sin", "radians"],
        run: |_, values| through("cos", values, libm::cos),
        ..ROW
    },
    Builtin {
        name: "tan",
        page: "functions/number/tan",
        about: "Gives the tangent of an angle in radians.",
        examples: &[
            Example::Shows("90.tan()", "-1.995200412208242"),
            Example::Shows("tan(0)", "0.0"),
            Example::Shows("tan(-1)", "-1.5574077246549023"),
        ],
        see: &["atan", "radians"],
        run: |_, values| through("tan", values, libm::tan),
        ..ROW
    },
    Builtin {
        name: "asin",
        elsewhere: &["arcsin"],
        page: "functions/number/asin",
        about: "Gives the angle in radians that has this sine; null beyond 1 and -1.",
        examples: &[
            Example::Shows("1.asin()", "1.5707963267948966"),
            Example::Shows("asin(0)", "0.0"),
            Example::Shows("asin(1.5)", "null"),
        ],
        see: &["sin", "degrees"],
        run: |_, values| through("asin", values, libm::asin),
        ..ROW
    },
    Builtin {
        name: "acos",
        elsewhere: &["arccos"],
        page: "functions/number/acos",
        about: "Gives the angle in radians that has this cosine; null beyond 1 and -1.",
        examples: &[
            Example::Shows("0.5.acos()", "1.0471975511965979"),
            Example::Shows("acos(1)", "0.0"),
            Example::Shows("acos(-2)", "null"),
        ],
        see: &["cos", "degrees"],
        run: |_, values| through("acos", values, libm::acos),
        ..ROW
    },
    Builtin {
        name: "atan",
        elsewhere: &["arctan"],
        page: "functions/number/atan",
        about: "Gives the angle in radians that has this tangent.",
        examples: &[
            Example::Shows("1.atan()", "0.7853981633974483"),
            Example::Shows("atan(0)", "0.0"),
            Example::Shows("atan(-1000000)", "-1.5707953267948966"),
        ],
        see: &["tan", "atan2", "degrees"],
        run: |_, values| through("atan", values, libm::atan),
        ..ROW
    },
    Builtin {
        name: "atan2",
        page: "functions/number/atan2",
        parameters: &[Parameter::required("x", NUMERIC)],
        about: "Gives the angle in radians of the point (x, y); the receiver is y.",
        examples: &[
            Example::Shows("1.atan2(2)", "0.4636476090008061"),
            Example::Shows("atan2(0, -1)", "3.141592653589793"),
            Example::Shows("atan2(0, 0)", "0.0"),
        ],
        see: &["atan", "degrees"],
        run: |_, values| {
            let (y, x) = (decimal("atan2", values, 0)?, decimal("atan2", values, 1)?);
            let angle = computed("atan2", libm::atan2(y.to_double(), x.to_double()))?;
            Ok(angle.map_or(Value::Null, |angle| Value::decimal(angle.with_point())))
        },
        ..ROW
    },
    Builtin {
        name: "sinh",
        page: "functions/number/sinh",
        about: "Gives the hyperbolic sine.",
        examples: &[
            Example::Shows("1.sinh()", "1.1752011936438014"),
            Example::Shows("sinh(0)", "0.0"),
            Example::Fails("info sinh(100);", "run::overflow"),
        ],
        see: &["asinh", "cosh"],
        run: |_, values| through("sinh", values, libm::sinh),
        ..ROW
    },
    Builtin {
        name: "cosh",
        page: "functions/number/cosh",
        about: "Gives the hyperbolic cosine.",
        examples: &[
            Example::Shows("0.cosh()", "1.0"),
            Example::Shows("cosh(-1)", "1.543080634815244"),
            Example::Fails("info cosh(100);", "run::overflow"),
        ],
        see: &["acosh", "sinh"],
        run: |_, values| through("cosh", values, libm::cosh),
        ..ROW
    },
    Builtin {
        name: "tanh",
        page: "functions/number/tanh",
        about: "Gives the hyperbolic tangent.",
        examples: &[
            Example::Shows("0.785398.tanh()", "0.6557941095069071"),
            Example::Shows("tanh(0)", "0.0"),
            Example::Shows("tanh(-1000)", "-1.0"),
        ],
        see: &["atanh", "sinh"],
        run: |_, values| through("tanh", values, f64::tanh),
        ..ROW
    },
    Builtin {
        name: "asinh",
        page: "functions/number/asinh",
        about: "Gives the inverse hyperbolic sine.",
        examples: &[
            Example::Shows("1.asinh()", "0.8813735870195429"),
            Example::Shows("asinh(0)", "0.0"),
            Example::Shows("asinh(-1)", "-0.8813735870195429"),
        ],
        see: &["sinh"],
        // The formula loses all digits of large negative numbers, and the function is odd.
        run: |_, values| through("asinh", values, |x| if x < 0.0 { -inverse_sine(-x) } else { inverse_sine(x) }),
        ..ROW
    },
    Builtin {
        name: "acosh",
        page: "functions/number/acosh",
        about: "Gives the inverse hyperbolic cosine; null below 1.",
        examples: &[
            Example::Shows("3.acosh()", "1.762747174039086"),
            Example::Shows("acosh(1)", "0.0"),
            Example::Shows("acosh(0.5)", "null"),
        ],
        see: &["cosh"],
        run: |_, values| through("acosh", values, |x| (x + (x * x - 1.0).sqrt()).ln()),
        ..ROW
    },
    Builtin {
        name: "atanh",
        page: "functions/number/atanh",
        about: "Gives the inverse hyperbolic tangent; null from 1 and from -1 on.",
        examples: &[
            Example::Shows("0.7.atanh()", "0.8673005276940532"),
            Example::Shows("atanh(0)", "0.0"),
            Example::Shows("atanh(1)", "null"),
        ],
        see: &["tanh"],
        run: |_, values| {
            through("atanh", values, |x| if x.abs() < 1.0 { 0.5 * ((1.0 + x) / (1.0 - x)).ln() } else { f64::NAN })
        },
        ..ROW
    },
    Builtin {
        name: "degrees",
        elsewhere: &["toDegrees"],
        page: "functions/number/degrees",
        about: "Gives an angle in radians in degrees.",
        examples: &[
            Example::Shows("6.283185307179586.degrees()", "360"),
            Example::Shows("degrees(1)", "57.29577951308232"),
            Example::Shows("degrees(0)", "0"),
        ],
        see: &["radians"],
        run: |_, values| {
            let angle = computed("degrees", decimal("degrees", values, 0)?.to_double().to_degrees())?;
            Ok(angle.map_or(Value::Null, Value::decimal))
        },
        ..ROW
    },
    Builtin {
        name: "radians",
        elsewhere: &["toRadians"],
        page: "functions/number/radians",
        about: "Gives an angle in degrees in radians.",
        examples: &[
            Example::Shows("90.radians()", "1.5707963267948966"),
            Example::Shows("radians(-180)", "-3.141592653589793"),
            Example::Shows("radians(0)", "0"),
        ],
        see: &["degrees", "sin"],
        run: |_, values| {
            let angle = computed("radians", decimal("radians", values, 0)?.to_double().to_radians())?;
            Ok(angle.map_or(Value::Null, Value::decimal))
        },
        ..ROW
    },
];

fn inverse_sine(x: f64) -> f64 {
    (x + (x * x + 1.0).sqrt()).ln()
}
