//! `zoho.crm.getRecordById(…)` and its like: one piece of code that reads its row of the table. It makes the same
//! request as an `invokeurl` of the service's REST API would.

use bytes::Bytes;
use url::Url;

use super::arguments::{Bound, CONNECTION_KEYS};
use super::error::Error;
use super::table::{self, Row};
use super::unwrap::Unwrap;
use super::{absence, address, fields, platform, reply};
use crate::catalogue::{Arguments, Call, Form, Perform, Prepared, Task};
use crate::effect::{Action, Connection, Request};
use crate::environment::DataCenter;
use crate::http::{self, Body, Method};
use crate::value::{Contents, Failure, Key, Kinds, Map, TextKey, Value, json};

/// What runs after a record was written when the script does not say: everything but workflow rules (help page "create
/// record"). The REST API would run those too, so the list is always sent.
const DEFAULT_TRIGGERS: [&str; 3] = ["approval", "blueprint", "orchestration"];

/// The tasks of all rows.
pub(super) fn tasks() -> Vec<Task> {
    table::rows().flat_map(|row| row.names().filter_map(move |name| task(row, name))).collect()
}

fn task(row: Row, name: &'static str) -> Option<Task> {
    Some(Task {
        name: name.into(),
        alias_of: (name != row.name).then_some(row.name),
        group: row.group,
        page: row.page,
        form: Form::Call(row.parameters()?),
        about: row.about.into(),
        examples: &[],
        differs: if platform::gives(row.group, row.name).is_some() { platform::DIFFERS } else { &[] },
        see: &[],
        absent: (!row.runs).then(|| absence::of(row.group)),
        perform: Box::new(Integration(row)),
    })
}

struct Integration(Row);

impl Perform for Integration {
    fn prepare(&self, task: &Task, call: &mut Call<'_>, arguments: Arguments<'_>) -> Result<Prepared, Failure> {
        let row = &self.0;
        let Form::Call(parameters) = &task.form else { return Err(broken(row)) };
        if let Some(gives) = platform::gives(row.group, row.name) {
            return platform::called(task, arguments.values, gives);
        }
        if task.absent.is_some() {
            return Err(task.refused());
        }
        let bound = Bound::new(&task.name, parameters, arguments.values)?;
        let method = Method::parse(row.method).ok_or_else(|| broken(row))?;
        let unwrap = Unwrap::parse(row.unwrap).ok_or_else(|| broken(row))?;

        let path = path(row, task, &bound)?;
        let url = format!("{}{path}", root(row, call.environment.data_center));
        let mut url = Url::parse(&url).map_err(|_| broken(row))?;
        address::append(&mut url, &address::query(&query(row, &bound)?));
        let mut http = http::Request::new(method, url);
        http.body = body(row, &bound)?;

        let connection = match bound.connection {
            Some(link_name) => Connection::Named(link_name),
            None => Connection::DefaultFor(row.group.to_owned()),
        };
        let request = Request { task: task.name.to_string(), connection, http };
        Ok(Prepared {
            action: Action::Request(Box::new(request)),
            finish: Box::new(move |call, reply| unwrap.value(call, &reply::response(reply)?)),
        })
    }
}

fn root(row: &Row, data_center: DataCenter) -> String {
    row.root.replace("{dc}", data_center.suffix()).replace("{zoho}", data_center.product_domain())
}

/// The path with its arguments put in. `.` and `..` would be taken for steps and lead elsewhere, in any encoding.
fn path(row: &Row, task: &Task, bound: &Bound<'_>) -> Result<String, Failure> {
    let mut path = String::new();
    for part in row.path.split('/').filter(|part| !part.is_empty()) {
        path.push('/');
        let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) else {
            path.push_str(part);
            continue;
        };
        let (index, value) = bound.get_numbered(name).ok_or_else(|| broken(row))?;
        let text = fields::text(value)?;
        let text = text.trim();
        if matches!(text, "" | "." | "..") {
            let task = task.name.to_string();
            return Err(match name.ends_with("module") {
                true => Error::InvalidModule { task, index },
                false => Error::InvalidPathValue { task, index },
            }
            .into());
        }
        path.push_str(&address::encode(text));
    }
    Ok(path)
}

/// The pairs of the `query` column. A key is sent once: what is an argument of its own wins over what a map holds.
fn query(row: &Row, bound: &Bound<'_>) -> Result<Vec<(String, String)>, Failure> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for item in row.query.split(',').filter(|item| !item.is_empty()) {
        if let Some(parameter) = item.strip_prefix('*') {
            let Some(map) = bound.get(parameter).and_then(fields::as_map) else { continue };
            for (key, value) in fields::pairs(map)? {
                let is_ours = key.is_empty() || CONNECTION_KEYS.contains(&key.as_str());
                if !is_ours && !value.is_null() && !pairs.iter().any(|(known, _)| *known == key) {
                    pairs.push((key, query_text(&value)?));
                }
            }
        } else if let Some(value) = bound.get(item) {
            let number = value.to_number().filter(|_| bound.kinds_of(item) == Kinds::NUMBER);
            let text = number.map_or_else(|| query_text(value), |number| Ok(number.to_string()))?;
            pairs.push((item.to_owned(), text));
        }
    }
    Ok(pairs)
}

/// As the REST APIs take it: the elements of a list joined by commas.
fn query_text(value: &Value) -> Result<String, Failure> {
    match fields::as_list(value) {
        Some(items) if !items.iter().any(Value::is_aggregate) => {
            let texts = items.iter().map(fields::text).collect::<Result<Vec<_>, _>>()?;
            Ok(texts.join(","))
        }
        _ => fields::text(value),
    }
}

/// The `body` column: nothing, or `records` with the name of the record or list of records, and of the options.
fn body(row: &Row, bound: &Bound<'_>) -> Result<Body, Failure> {
    if row.body.is_empty() {
        return Ok(Body::Empty);
    }
    let names = row.body.strip_prefix("records ").ok_or_else(|| broken(row))?;
    let (name, options) = names.split_once(',').unwrap_or((names, ""));
    let given = bound.get(name).ok_or_else(|| broken(row))?.clone();
    let records = if bound.kinds_of(name) == Kinds::LIST { given } else { Value::list(vec![given]) };
    let mut content = Map::default();
    content.insert(Key::from("data"), records);
    if !options.is_empty() {
        let map = bound.get(options).and_then(fields::as_map);
        for (key, value) in map.map(fields::pairs).transpose()?.unwrap_or_default() {
            if !key.is_empty() && !CONNECTION_KEYS.contains(&key.as_str()) {
                content.insert(Key::from(key.as_str()), value);
            }
        }
        let triggers = content.get(&TextKey("trigger")).map(triggers).transpose()?.flatten();
        let triggers = triggers.unwrap_or_else(|| DEFAULT_TRIGGERS.map(str::to_owned).to_vec());
        content.insert(Key::from("trigger"), Value::list(triggers.into_iter().map(Value::from).collect()));
    }
    let mut text = String::new();
    json::write(&Value::map(content), &mut text)?;
    Ok(Body::Raw { content_type: "application/json".to_owned(), bytes: Bytes::from(text) })
}

/// The triggers that a script lists; blank ones are left out, so that `{""}` means none. `None` when it does not say.
fn triggers(given: &Value) -> Result<Option<Vec<String>>, Failure> {
    let items = match given {
        Value::Aggregate(aggregate) => match &*aggregate.borrow() {
            Contents::List(items) => items.clone(),
            Contents::Braces => Vec::new(),
            Contents::Map(_) => return Ok(None),
        },
        Value::Null => return Ok(None),
        one => vec![one.clone()],
    };
    let texts = items.iter().filter(|item| !fields::is_blank(item)).map(fields::text);
    texts.collect::<Result<Vec<_>, _>>().map(Some)
}

/// A row that cannot be performed; a test keeps there from being one.
fn broken(row: &Row) -> Failure {
    Failure::internal(&format!("the table has no request for {}", row.name))
}
