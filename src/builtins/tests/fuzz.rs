//! Every row is called with thousands of values that nobody means to pass: of every kind that it takes, odd, huge, deep,
//! holding themselves. Nothing may panic, take long, or make something larger than the limit. The values come from a fixed
//! seed, so a failure can be had again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{decimal, list, rows, run};
use crate::catalogue::{Builtin, Call};
use crate::environment::{Environment, Random, Randomness};
use crate::syntax::Dialect;
use crate::value::{
    Aggregate, Answers, Caught, Contents, Cycles, DateSettings, DateTime, Element, Failure, File, Kind, Kinds, Shared,
    Time, Value, json,
};

/// The limit that calls have here.
const LARGEST: usize = 4_000;
/// Calls of each row with each number of arguments.
const CALLS: usize = 1_000;
/// How long one row is called with one number of arguments; the ones that walk over days or compile patterns get fewer calls.
const PATIENCE: Duration = Duration::from_millis(250);
/// No call comes near this, even in a build without optimisation on a busy machine.
const LONGEST: Duration = Duration::from_secs(5);

#[test]
fn no_row_panics_hangs_or_grows() {
    let environments = [Dialect::Portable, Dialect::Creator].map(|dialect| Environment {
        dialect,
        system: Default::default(),
        ..Environment::default()
    });
    let mut calls = 0;
    let mut wrong = Vec::new();
    for (number, row) in rows().enumerate() {
        let (fewest, most) = row.arity();
        for given in fewest..=most {
            // Values of their own for each row, so that one is not disturbed by another that ends early.
            let mut dice = Dice(0x5eed_0001 + (number as u64 + 1) * 0x9e37_79b9 + given as u64);
            let started = Instant::now();
            let receiver = (!row.on.is_empty()).then_some(row.on);
            let slots: Vec<Kinds> = receiver
                .into_iter()
                .chain(row.parameters.iter().take(given).map(|parameter| parameter.kinds))
                .collect();
            for turn in 0..CALLS {
                let values: Option<Vec<Value>> = slots.iter().map(|kinds| dice.value_of(*kinds)).collect();
                let Some(values) = values else { break };
                calls += 1;
                if let Err(found) = check(row, &values, &environments[turn % 2]) {
                    wrong.push(found);
                    break;
                }
                if slots.is_empty() || started.elapsed() > PATIENCE {
                    break;
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(calls > 20_000, "only {calls} calls");
}

fn check(row: &Builtin, values: &[Value], environment: &Environment) -> Result<(), String> {
    let mut cycles = Cycles::default();
    let mut random = Random::new(Randomness::Seed(1));
    let started = Instant::now();
    let result = {
        let mut call = Call {
            environment,
            random: &mut random,
            cycles: &mut cycles,
            answers: &mut Answers::default(),
            largest: LARGEST,
            elements: LARGEST,
            memory: 1 << 30,
        };
        (row.run)(&mut call, values)
    };
    let took = started.elapsed();
    let wrong = |what: String| {
        let values: Vec<String> = values.iter().map(shown).collect();
        Err(format!("{}({}) {what}", row.name, values.join(", ")))
    };
    if took > LONGEST {
        return wrong(format!("took {took:?}"));
    }
    match result {
        // A caught error prints with its line, which is made text before it is counted.
        Ok(value) => match largest_part(&value, 0) {
            size if size > LARGEST + 100 => wrong(format!("made something of size {size}")),
            _ => Ok(()),
        },
        Err(failure) => {
            let report = failure.into_report();
            match report.code.as_str() {
                "run::internal" => wrong(format!("is an internal error: {}", report.message)),
                _ if report.message.is_empty() || report.message.len() > 1_000 => {
                    wrong(format!("has a message of {} bytes", report.message.len()))
                }
                _ => Ok(()),
            }
        }
    }
}

/// A value as a failing test shows it.
fn shown(value: &Value) -> String {
    let printed = value.print().unwrap_or_else(|failure: Failure| failure.report().code.clone());
    format!("{} {:.80}", value.kind().name(), format!("{printed:?}"))
}

/// The greatest length of a text and size of a container in a value.
fn largest_part(value: &Value, depth: usize) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::Aggregate(aggregate) if depth < 4 => match &*aggregate.borrow() {
            Contents::List(items) => {
                items.iter().map(|item| largest_part(item, depth + 1)).max().unwrap_or(0).max(items.len())
            }
            Contents::Map(map) => {
                map.values().map(|item| largest_part(item, depth + 1)).max().unwrap_or(0).max(map.len())
            }
            _ => 0,
        },
        _ => 0,
    }
}

/// Numbers that look random and are the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, sides: usize) -> usize {
        (self.throw() % sides as u64) as usize
    }

    fn one<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// A value of one of these kinds; `None` when there is none that can be made.
    fn value_of(&mut self, kinds: Kinds) -> Option<Value> {
        let known: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| kinds.has(*kind)).collect();
        (0..8).find_map(|_| {
            let kind = self.one(&known);
            self.value(kind, 0)
        })
    }

    fn value(&mut self, kind: Kind, depth: usize) -> Option<Value> {
        Some(match kind {
            Kind::Null => Value::Null,
            Kind::Boolean => Value::Boolean(self.below(2) == 0),
            Kind::Number => Value::Number(self.number()),
            Kind::Decimal => decimal(self.one(&DECIMALS)),
            Kind::Text => Value::text(self.text()),
            Kind::DateTime => {
                let settings = Arc::new(DateSettings::default());
                Value::date(DateTime::read(self.one(&DATES), &settings).unwrap())
            }
            Kind::List => self.list(depth),
            Kind::Map => self.map(depth),
            Kind::Braces => Value::Aggregate(Aggregate::braces()),
            Kind::File => {
                let bytes = self.one(&[&b"a,b\n1,2"[..], b"", b"PK\x03\x04\x00", b"\xff\xfe\x00\x80"]);
                let name = self.one(&["a.txt", "", "x/../y.zip", "é"]);
                Value::file(File::new(name, "text/plain", bytes.to_vec()))
            }
            Kind::Caught => Value::Caught(Shared::new(Caught {
                message: self.text(),
                line: 3,
                code: "run::index".into(),
                thrown: Value::Null,
            })),
            Kind::Collection => {
                let made = if self.below(2) == 0 { self.list(depth) } else { self.map(depth) };
                let Value::Aggregate(contents) = made else { return None };
                let contents = contents.borrow().clone();
                Value::collection(contents)
            }
            Kind::Time => Value::Time(Time::at(self.below(86_400) as i64, self.below(2) == 0)?),
        })
    }

    fn number(&mut self) -> i64 {
        const EDGES: [i64; 16] = [
            0,
            1,
            -1,
            2,
            -2,
            3,
            7,
            12,
            100,
            -100,
            i64::MIN,
            i64::MAX,
            i32::MAX as i64,
            1 << 53,
            1_596_719_471_334,
            i64::MIN + 1,
        ];
        match self.below(4) {
            0 => self.throw() as i64,
            1 => self.below(40) as i64 - 10,
            _ => self.one(&EDGES),
        }
    }

    fn text(&mut self) -> String {
        let pieces = [0, 1, 1, 1, 2, 3][self.below(6)];
        let mut text: String = (0..pieces).map(|_| self.one(&TEXTS)).collect();
        if self.below(40) == 0 {
            text = text.repeat(LARGEST / text.len().max(1));
        }
        text
    }

    fn list(&mut self, depth: usize) -> Value {
        if self.below(12) == 0 {
            return self.one(&[
                list(&["10", "9", "x"]),
                Value::list(vec![1.into(); LARGEST]),
                Value::Aggregate(Aggregate::typed_list(Element::Number)),
                json::parse("[3,[1,{\"a\":2}],null]").unwrap(),
            ]);
        }
        let size = self.below(5);
        let made = Aggregate::list((0..size).map(|_| self.inner(depth)).collect());
        if self.below(10) == 0 {
            made.list_mut().unwrap().push(Value::Aggregate(made.clone()));
        }
        if self.below(20) == 0 {
            // Deep, but not so deep that nothing prints.
            return (0..150).fold(Value::Aggregate(made), |inner, _| Value::list(vec![inner]));
        }
        Value::Aggregate(made)
    }

    fn map(&mut self, depth: usize) -> Value {
        let made = Aggregate::map(Default::default());
        for _ in 0..self.below(4) {
            let (key, value) = (self.text(), self.inner(depth));
            made.map_mut().unwrap().insert(key.as_str().into(), value);
        }
        if self.below(6) == 0 {
            made.map_mut().unwrap().extend([("start".into(), "9".into()), ("end".into(), "17".into())]);
        }
        if self.below(10) == 0 {
            made.map_mut().unwrap().insert("self".into(), Value::Aggregate(made.clone()));
        }
        Value::Aggregate(made)
    }

    fn inner(&mut self, depth: usize) -> Value {
        let kind = self.one(&Kind::ALL);
        match kind {
            Kind::List | Kind::Map | Kind::Collection if depth >= 3 => Value::Null,
            kind => self.value(kind, depth + 1).unwrap_or_default(),
        }
    }
}

const DECIMALS: [&str; 10] = [
    "0.0",
    "-0.5",
    "1.50",
    "218.222",
    "-9223372036854775809",
    "79228162514264337593543950335",
    "-79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "9223372036854775807.5",
    "7.9",
];
const DATES: [&str; 8] = [
    "05-Jan-2021 14:07:09",
    "29-Feb-2020",
    "31-Dec-9999 23:59:59",
    "01-Jan-0001",
    "01-Jan-1970 00:00:00",
    "15-Mar-2026 02:30:00",
    "31-Oct-1582",
    "06-Jul-2024",
];
const TEXTS: [&str; 64] = [
    "",
    " ",
    "a",
    "Zoho",
    "é日本🎉",
    "ß",
    "İ",
    "e\u{301}",
    "\u{0}",
    "\n",
    "\r\n",
    ",",
    "a,b,,c",
    "$1\\",
    "${x}",
    "\\",
    "(a*)*b",
    "([a-z]+)+$",
    "(?=x)(a|b)*\\1",
    "[",
    "[a-z&&[^b]]",
    "\\Q",
    "\\p{L}",
    "{a:1}",
    "{\"k\":{\"l\":[1,2]}}",
    "[1,2]",
    "[{\"id\":1}]",
    "[[[[[[",
    "{\"a\":",
    "99999999999999999999",
    "-1",
    "0",
    "1",
    "12.5",
    "1e999",
    "true",
    "null",
    "05-Jan-2021",
    "05-Jan-2021 14:07:09",
    "99/99/9999",
    "01/02/03",
    "2020-02-30",
    "yyyy-MM-dd'T'HH:mm:ss",
    "YYYY DDD ww",
    "'",
    "jj",
    "Monday",
    "Sat",
    "UTC",
    "Europe/Moscow",
    "America/Los_Angeles",
    "IST",
    "MONTH",
    "days",
    "asc",
    "en-us",
    "#,##0.00;(#)",
    "000000000000000000000000000",
    "<a b=\"c\">d</a>",
    "<!DOCTYPE x [<!ENTITY y \"z\">]><x>&y;</x>",
    "//a/@b",
    "&amp;&eacute;&#x41;&#99999999;",
    "%E9%zz+",
    "5a6f686fzz",
];

/// Collections are made by their own function as soon as there is one, so that the kinds above stay complete.
#[test]
fn the_kinds_that_rows_take_can_be_made() {
    let mut dice = Dice(7);
    let missing: Vec<&str> = Kind::ALL
        .into_iter()
        .filter(|kind| rows().any(|row| row.on.has(*kind)) && dice.value(*kind, 0).is_none())
        .map(Kind::name)
        .collect();
    // Both come from their own literals and functions only.
    assert!(missing.iter().all(|kind| ["COLLECTION", "TIME"].contains(kind)), "{missing:?}");
    assert!(run("Map", &[]).is_ok());
}
