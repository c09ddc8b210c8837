//! `sluice.toml` as values. Every setting is optional. What another room defines (limits, dialects, routes) is checked
//! here already, so that a mistake is reported with its line and not when a script first needs the setting.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::tz::TimeZone;
use toml::de::DeValue;

use super::document::{Document, Entry, Table};
use super::{Error, Glob, Lints, MailSettings};
use crate::builtins::SYSTEM_VARIABLES;
use crate::environment::DataCenter;
use crate::http::{Guard, Proxy, Routes};
use crate::program::{CONTEXTS, Context};
use crate::syntax::Dialect;
use crate::value::{Data, Decimal, Pattern, near_zone, zone_named};
use crate::vm::{Limits, PROFILES};

/// What to do with the user name and the password of a proxy.
const PROXY_PASSWORD: &str = "leave user name and password out, since this file is shared; set the variable SLUICE_PROXY to the whole address where it is needed";

/// The settings of a project.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The project's name.
    pub name: Option<String>,
    /// What stands before `__` in the link names of an extension's connections.
    pub namespace: Option<String>,
    /// Where the platform's APIs are.
    pub data_center: Option<DataCenter>,
    /// The time zone of scripts, such as `Asia/Kolkata`.
    pub timezone: Option<TimeZone>,
    /// How scripts write and read dates, such as `dd-MMM-yyyy`.
    pub date_format: Option<Pattern>,
    /// Which service's reading of the language applies.
    pub dialect: Option<Dialect>,
    /// What a run may use.
    pub limits: Option<Limits>,
    /// Files that are scripts although their ending does not say so.
    pub include: Vec<Glob>,
    /// Address ranges that are exceptions to the guard.
    pub allow_private: Vec<String>,
    /// Where requests to certain hosts really go.
    pub routes: Routes,
    /// The proxy through which requests leave, without a password.
    pub proxy: Option<Proxy>,
    /// Files with authorities to trust, relative to the project's folder.
    pub certificates: Vec<PathBuf>,
    /// How many requests may be under way to one host at once; 0 sets no limit.
    pub per_host: Option<usize>,
    /// Which scripts are made for which place of the platform; the first pattern that covers a file counts.
    pub contexts: Vec<(Glob, &'static Context)>,
    /// Values of system variables by their name after `zoho.`.
    pub system: BTreeMap<String, Data>,
    /// How serious certain warnings are.
    pub lints: Lints,
    /// What happens to mails.
    pub mail: MailSettings,
}

impl Settings {
    /// Reads the text of a `sluice.toml`; `name` is the file's name for messages.
    ///
    /// # Errors
    /// What is wrong with the text: place, problem and cure.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let document = Document::new(name, text);
        let mut table = document.table()?;
        let mut settings = Self {
            name: table.text("name")?,
            namespace: table.text("namespace")?,
            data_center: data_center(&mut table)?,
            timezone: timezone(&mut table)?,
            date_format: date_format(&mut table)?,
            dialect: dialect(&mut table)?,
            limits: limits(&mut table)?,
            include: table.texts("include")?.1.iter().map(|pattern| Glob::new(pattern)).collect(),
            contexts: contexts(&mut table)?,
            system: system(&mut table)?,
            lints: Lints::read(&mut table)?,
            ..Self::default()
        };
        if let Some(network) = table.table("network")? {
            settings.read_network(network)?;
        }
        if let Some(mail) = table.table("mail")? {
            settings.mail = MailSettings::read(mail, &settings.guard())?;
        }
        table.finish()?;
        Ok(settings)
    }

    /// The guard of a person's own run, with this project's exceptions.
    fn guard(&self) -> Guard {
        let mut guard = Guard::off();
        for range in &self.allow_private {
            // Each was tried when it was read.
            let _ = guard.allow(range);
        }
        guard
    }

    fn read_network(&mut self, mut network: Table<'_>) -> Result<(), Error> {
        let (offset, ranges) = network.texts("allow_private")?;
        for range in &ranges {
            let tried = Guard::on().allow(range);
            tried.map_err(|error| network.problem(offset, error.to_string(), error.help()))?;
        }
        self.allow_private = ranges;
        for (host, offset, base) in network.named_texts("routes")? {
            let added = self.routes.add(&host, &base);
            added.map_err(|error| network.problem(offset, error.to_string(), error.help()))?;
        }
        if let Some((offset, address)) = network.spanned_text("proxy")? {
            let proxy = Proxy::parse(&address);
            let proxy = proxy.map_err(|error| network.problem(offset, error.to_string(), error.help()))?;
            if proxy.has_credentials() {
                return Err(network.problem(offset, "the proxy's password is no setting of a project", PROXY_PASSWORD));
            }
            self.proxy = Some(proxy);
        }
        self.certificates = network.texts("certificates")?.1.into_iter().map(PathBuf::from).collect();
        self.per_host = network.number("per_host")?.map(|most| usize::try_from(most).unwrap_or(usize::MAX));
        network.finish()
    }
}

fn data_center(table: &mut Table<'_>) -> Result<Option<DataCenter>, Error> {
    let Some((offset, suffix)) = table.spanned_text("data_center")? else { return Ok(None) };
    let known = DataCenter::ALL.map(DataCenter::suffix);
    let found = DataCenter::parse(&suffix);
    found.map(Some).ok_or_else(|| table.no_such_word(offset, "data_center", &suffix, &known))
}

fn timezone(table: &mut Table<'_>) -> Result<Option<TimeZone>, Error> {
    let Some((offset, name)) = table.spanned_text("timezone")? else { return Ok(None) };
    zone_named(&name).map(Some).ok_or_else(|| {
        let near = near_zone(&name).map(|near| format!("did you mean \"{near}\"? ")).unwrap_or_default();
        let help = format!("{near}write a name of the time zone database, such as \"Asia/Kolkata\", or \"GMT+5:30\"");
        table.problem(offset, format!("`timezone` cannot be \"{name}\""), help)
    })
}

fn date_format(table: &mut Table<'_>) -> Result<Option<Pattern>, Error> {
    let Some((offset, format)) = table.spanned_text("date_format")? else { return Ok(None) };
    let pattern = Pattern::new(&format).filter(Pattern::is_date_format);
    pattern.map(Some).ok_or_else(|| {
        let help = "write a pattern with day, month and year and no time, such as \"dd-MMM-yyyy\"".to_owned();
        table.problem(offset, format!("`date_format` cannot be \"{format}\""), help)
    })
}

fn dialect(table: &mut Table<'_>) -> Result<Option<Dialect>, Error> {
    let Some((offset, name)) = table.spanned_text("dialect")? else { return Ok(None) };
    let known: Vec<&str> = Dialect::names().collect();
    Dialect::parse(&name).map(Some).ok_or_else(|| table.no_such_word(offset, "dialect", &name, &known))
}

/// The name of a profile, or a table whose numbers replace those of one.
fn limits(table: &mut Table<'_>) -> Result<Option<Limits>, Error> {
    match table.take("limits") {
        None => Ok(None),
        Some(Entry { offset, value: DeValue::String(name) }) => profile(table, offset, "limits", &name).map(Some),
        Some(Entry { value: DeValue::Table(numbers), .. }) => {
            let mut numbers = table.child("limits", numbers);
            let mut limits = match numbers.spanned_text("profile")? {
                Some((offset, name)) => profile(&numbers, offset, "profile", &name)?,
                None => Limits::default(),
            };
            for key in Limits::KEYS {
                if let Some(number) = numbers.number(key)? {
                    limits.set(key, number);
                }
            }
            numbers.finish()?;
            Ok(Some(limits))
        }
        Some(other) => Err(table.wrong(other.offset, "limits", "the name of a profile or a table of numbers")),
    }
}

fn profile(table: &Table<'_>, offset: usize, key: &str, name: &str) -> Result<Limits, Error> {
    let known: Vec<&str> = PROFILES.iter().map(|(name, _)| *name).collect();
    Limits::profile(name).ok_or_else(|| table.no_such_word(offset, key, name, &known))
}

fn contexts(table: &mut Table<'_>) -> Result<Vec<(Glob, &'static Context)>, Error> {
    let known: Vec<&str> = CONTEXTS.iter().map(|context| context.name).collect();
    let mut contexts = Vec::new();
    for (pattern, offset, name) in table.named_texts("contexts")? {
        let key = format!("[contexts] {pattern}");
        let context = Context::parse(&name).ok_or_else(|| table.no_such_word(offset, &key, &name, &known))?;
        contexts.push((Glob::new(&pattern), context));
    }
    Ok(contexts)
}

/// Values of system variables. `device.type` may be written as a dotted key, which TOML reads as a table.
fn system(table: &mut Table<'_>) -> Result<BTreeMap<String, Data>, Error> {
    let known: Vec<&str> = SYSTEM_VARIABLES.iter().map(|variable| variable.name).collect();
    let mut values = BTreeMap::new();
    let Some(mut system) = table.table("system")? else { return Ok(values) };
    let mut tables = vec![(String::new(), system.rest())];
    while let Some((prefix, entries)) = tables.pop() {
        for (key, entry) in entries {
            let name = format!("{prefix}{}", key.to_ascii_lowercase());
            let Entry { offset, value } = entry;
            let is_group = known.iter().any(|known| known.starts_with(&format!("{name}.")));
            let value = match value {
                DeValue::Table(inner) if is_group => {
                    tables.push((format!("{name}."), system.child(&key, inner).rest()));
                    continue;
                }
                _ if !known.contains(&name.as_str()) => return Err(system.unknown(offset, &name, &known)),
                DeValue::String(text) => Data::Text(text.into_owned()),
                DeValue::Boolean(value) => Data::Boolean(value),
                DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                    .map(Data::Number)
                    .map_err(|_| system.wrong(offset, &name, "a number of 64 bits"))?,
                DeValue::Float(number) => Decimal::parse(number.as_str())
                    .map(Data::Decimal)
                    .ok_or_else(|| system.wrong(offset, &name, "a decimal of at most 28 digits"))?,
                _ => return Err(system.wrong(offset, &name, "a text or a number")),
            };
            values.insert(name, value);
        }
    }
    Ok(values)
}
