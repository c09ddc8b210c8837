//! What a run is given, and to whom. `--arg` counts before `--args`, and that before a key of the same name in `--input`.
//! Texts become what the parameter declares; in statements outside functions nothing is declared, and they stay texts.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use super::super::Error;
use crate::engine::Run;
use crate::program::{Code, Program, Type};
use crate::value::{Data, DateSettings, DateTime, Decimal};

/// More is never read of a file of arguments.
const MOST_BYTES: u64 = 64_000_000;

/// The values that a run is given.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// From `--arg`, in order.
    arguments: Vec<(String, Value)>,
    /// From `--args`.
    file: Vec<(String, Data)>,
    /// From `--input`.
    input: Option<Data>,
}

/// The value of one `--arg`.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    /// `name=text`
    Text(String),
    /// `name:=json`
    Json(Data),
}

impl Given {
    /// Reads the options.
    pub(super) fn read(arguments: &[String], file: Option<&Path>, input: Option<&Path>) -> Result<Self, Error> {
        let arguments = arguments.iter().map(|text| argument(text)).collect::<Result<_, _>>()?;
        let file = match file.map(read_object).transpose()? {
            Some(object) => pairs(&object).map(|(name, value)| (name.to_owned(), value.clone())).collect(),
            None => Vec::new(),
        };
        Ok(Self { arguments, file, input: input.map(read_object).transpose()? })
    }

    /// The names that statements outside functions may read. Of the files, only names that occur in the script: a record
    /// may have more fields than a script has room for variables.
    pub(super) fn names(&self, script: &str) -> Vec<String> {
        let files = self.file.iter().map(|(name, _)| name.as_str());
        let files = files.chain(self.input.iter().flat_map(pairs).map(|(name, _)| name));
        let files: HashSet<&str> = files.collect();
        // Without any, no script need be searched for them.
        let script = if files.is_empty() { "" } else { script };
        let words = script.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let mut seen = HashSet::new();
        let used = words.filter(|word| files.contains(word) && seen.insert(*word));
        self.arguments.iter().map(|(name, _)| name.clone()).chain(used.map(str::to_owned)).collect()
    }

    /// The run of the statements outside functions, or of a function with its arguments converted and complete.
    pub(super) fn run(self, program: &Program, entry: Option<&Code>, dates: &Arc<DateSettings>) -> Result<Run, Error> {
        let run = match entry {
            None => self.body(program),
            Some(code) => self.function(code, dates)?,
        };
        Ok(match self.input {
            Some(input) => run.input(input),
            None => run,
        })
    }

    fn body(&self, program: &Program) -> Run {
        let known: HashSet<&str> =
            program.codes().first().iter().flat_map(|code| &code.variables).map(AsRef::as_ref).collect();
        let mut run = Run::script();
        // Later ones replace earlier ones. The keys of `--input` are variables only where the script reads them as such.
        for (name, value) in self.input.iter().flat_map(pairs).filter(|(name, _)| known.contains(name)) {
            run = run.argument(name, value.clone());
        }
        for (name, value) in &self.file {
            run = run.argument(name, value.clone());
        }
        for (name, value) in &self.arguments {
            run = run.argument(name, value.clone().plain());
        }
        run
    }

    fn function(&self, code: &Code, dates: &Arc<DateSettings>) -> Result<Run, Error> {
        let names: Vec<&str> = code.variables.iter().take(code.parameters.len()).map(AsRef::as_ref).collect();
        let given = self.arguments.iter().map(|(name, _)| name).chain(self.file.iter().map(|(name, _)| name));
        if let Some(name) = given.into_iter().find(|name| !names.contains(&name.as_str())) {
            let known = names.iter().map(|name| (*name).to_owned()).collect();
            return Err(Error::UnknownArgument { function: code.name.to_string(), name: name.clone(), known });
        }
        let mut run = Run::function(&code.name);
        for (name, declared) in names.iter().zip(&code.parameters) {
            let argument = self.arguments.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.clone());
            let in_file = || self.file.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.clone());
            let in_input = || self.input.as_ref().and_then(|input| input.get(name)).cloned();
            let value = argument.or_else(|| in_file().or_else(in_input).map(Value::Json));
            let value = value.ok_or_else(|| Error::MissingArgument {
                function: code.name.to_string(),
                name: (*name).to_owned(),
                wanted: placeholder(*declared).to_owned(),
            })?;
            run = run.argument(name, value.convert(name, *declared, dates)?);
        }
        Ok(run)
    }
}

impl Value {
    /// The value where nothing is declared.
    fn plain(self) -> Data {
        match self {
            Value::Text(text) => Data::Text(text),
            Value::Json(data) => data,
        }
    }

    /// The value as the declared type of a parameter.
    fn convert(self, name: &str, declared: Type, dates: &Arc<DateSettings>) -> Result<Data, Error> {
        let wrong = |problem| Error::Argument { name: name.to_owned(), wanted: declared.name(), problem };
        let text = match self {
            Value::Json(data) if declared.admit(&data.to_value(), dates).is_some() => return Ok(data),
            Value::Json(_) => return Err(wrong(None)),
            Value::Text(text) => text,
        };
        let digits = text.trim();
        match declared {
            Type::Any | Type::Void | Type::Text => Ok(Data::Text(text)),
            Type::Number => digits.parse().map(Data::Number).map_err(|_| wrong(None)),
            Type::Decimal => Decimal::parse(digits).map(Data::Decimal).ok_or_else(|| wrong(None)),
            Type::Boolean => match digits.to_ascii_lowercase().as_str() {
                "true" => Ok(Data::Boolean(true)),
                "false" => Ok(Data::Boolean(false)),
                _ => Err(wrong(None)),
            },
            Type::Date => DateTime::read(digits, dates).map(Data::DateTime).map_err(|_| wrong(None)),
            Type::Map | Type::List | Type::Collection => {
                let data = Data::from_json(&text).map_err(|problem| wrong(Some(problem)))?;
                if declared.admit(&data.to_value(), dates).is_some() && !matches!(data, Data::Null) {
                    Ok(data)
                } else {
                    Err(wrong(None))
                }
            }
        }
    }
}

/// The function to run: the one that was named, or the only one of a file that only defines functions. `None` stands for
/// the statements outside functions.
pub(super) fn entry<'p>(program: &'p Program, wanted: Option<&str>) -> Result<Option<&'p Code>, Error> {
    let functions = program.functions();
    let known = || program.function_names().map(str::to_owned).collect();
    match (wanted, functions) {
        (Some(name), _) => match program.function(name).and_then(|number| program.codes().get(number)) {
            Some(code) => Ok(Some(code)),
            None => Err(Error::NoFunction { name: name.to_owned(), known: known() }),
        },
        (None, _) if program.has_body() => Ok(None),
        (None, []) => Ok(None),
        (None, [only]) => Ok(Some(only)),
        (None, _) => Err(Error::WhichFunction { known: known() }),
    }
}

fn argument(text: &str) -> Result<(String, Value), Error> {
    let form = || Error::ArgumentForm { shown: text.chars().take_while(|letter| *letter != '=').take(40).collect() };
    let (name, value) = text.split_once('=').ok_or_else(form)?;
    let (name, value) = match name.strip_suffix(':') {
        None => (name.trim(), Value::Text(value.to_owned())),
        Some(name) => {
            let what = || format!("the argument `{}`", name.trim());
            let data = Data::from_json(value).map_err(|problem| Error::NotJson { what: what(), problem })?;
            (name.trim(), Value::Json(data))
        }
    };
    if name.is_empty() { Err(form()) } else { Ok((name.to_owned(), value)) }
}

/// Reads a file that holds a JSON object.
fn read_object(path: &Path) -> Result<Data, Error> {
    use std::io::Read;
    let what = path.display().to_string();
    let fail = |error: std::io::Error| Error::Read { what: what.clone(), reason: error.to_string() };
    let mut text = String::new();
    std::fs::File::open(path).map_err(fail)?.take(MOST_BYTES).read_to_string(&mut text).map_err(fail)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let data = Data::from_json(text).map_err(|problem| Error::NotJson { what: what.clone(), problem })?;
    if matches!(data, Data::Map(_)) { Ok(data) } else { Err(Error::NotAnObject { what }) }
}

/// The pairs of an object.
fn pairs(object: &Data) -> impl Iterator<Item = (&str, &Data)> {
    let pairs = match object {
        Data::Map(pairs) => pairs.as_slice(),
        _ => &[],
    };
    pairs.iter().filter_map(|(name, value)| match name {
        Data::Text(name) => Some((name.as_str(), value)),
        _ => None,
    })
}

/// What an argument of a type looks like.
fn placeholder(declared: Type) -> &'static str {
    match declared {
        Type::Map => "'{…}'",
        Type::List => "'[…]'",
        Type::Collection => "'[…]' or '{…}'",
        Type::Number => "NUMBER",
        Type::Decimal => "DECIMAL",
        Type::Boolean => "true",
        Type::Date => "DATE",
        Type::Any | Type::Void | Type::Text => "VALUE",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    fn convert(text: &str, declared: Type) -> Result<Data, Error> {
        let (name, value) = argument(text)?;
        value.convert(&name, declared, &Arc::default())
    }

    #[test]
    fn texts_become_what_is_declared() {
        assert_eq!(convert("a= x =y", Type::Text).unwrap(), Data::from(" x =y"));
        assert_eq!(convert("a=7", Type::Any).unwrap(), Data::from("7"));
        assert_eq!(convert("a= 42 ", Type::Number).unwrap(), Data::from(42));
        assert_eq!(convert("a=1.10", Type::Decimal).unwrap(), Data::Decimal(Decimal::parse("1.10").unwrap()));
        assert_eq!(convert("a=True", Type::Boolean).unwrap(), Data::from(true));
        assert_eq!(convert(r#"a={"k": [1]}"#, Type::Map).unwrap().to_json().unwrap(), r#"{"k":[1]}"#);
        assert_eq!(convert("a=2026-01-31", Type::Date).unwrap().print().unwrap(), "31-Jan-2026");
        assert_eq!(convert("a=[1,2]", Type::List).unwrap().to_json().unwrap(), "[1,2]");
        assert_eq!(convert(r#"a:={"k":1.50}"#, Type::Any).unwrap().to_json().unwrap(), r#"{"k":1.50}"#);
        assert_eq!(convert("a:=null", Type::Number).unwrap(), Data::Null);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let cases = [
            ("a=x", Type::Number),
            ("a=1.5", Type::Number),
            ("a=99999999999999999999", Type::Number),
            ("a=", Type::Decimal),
            ("a=1", Type::Boolean),
            ("a=soon", Type::Date),
            ("a:=1", Type::Date),
            ("a=[1]", Type::Map),
            ("a={", Type::Map),
            ("a=null", Type::Map),
            ("a={\"k\":1}", Type::List),
            ("a:=\"5\"", Type::Number),
            ("a:=[1]", Type::Text),
        ];
        for (text, declared) in cases {
            assert_eq!(convert(text, declared).unwrap_err().code(), "cli::argument", "{text}");
        }
        assert_eq!(argument("a").unwrap_err().code(), "cli::argument-form");
        assert_eq!(argument("=1").unwrap_err().code(), "cli::argument-form");
        assert_eq!(argument("a:={").unwrap_err().code(), "cli::not-json");
    }

    #[test]
    fn only_names_that_the_script_uses_come_from_files() {
        let given = Given {
            arguments: vec![("unused".to_owned(), Value::Text("1".to_owned()))],
            file: vec![("contact".to_owned(), Data::Null), ("other".to_owned(), Data::Null)],
            input: Some(Data::map([("deal", Data::Null), ("Contacts.ID", Data::Null)])),
        };
        assert_eq!(given.names("info contact.get(\"x\") + deal + deal;"), ["unused", "contact", "deal"]);
    }
}
