//! The rows of an engine, found by name. Names fold case; a name with several receivers is one [`Group`], and the kind
//! of the receiver picks the row while running.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hasher};
use std::sync::{Arc, OnceLock};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::{Application, Builtin, Form, Task, advice};
use crate::diagnostic::suggest;
use crate::value::Kind;

/// Every built-in, task and system variable that scripts of an engine may use.
pub struct Catalogue {
    builtins: &'static [&'static [Builtin]],
    /// Made when the first name is looked up: putting hundreds of names in order takes longer than running a short script.
    names: OnceLock<Names>,
    system: &'static [SystemVariable],
    load_tasks: fn() -> Vec<Task>,
    tasks: OnceLock<HashMap<String, Arc<Task>>>,
    application: Application,
}

/// The built-ins by name.
#[derive(Default)]
struct Names {
    groups: Vec<Group>,
    /// The numbers of the groups, found by their names in any case: with copies of the names in lower case as keys this took
    /// twice as long to make as a short script takes to run.
    by_name: HashTable<u16>,
    hasher: RandomState,
    everyday: Everyday,
}

/// The groups of the built-ins for which the machine has instructions of their own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Everyday {
    /// `get`
    pub get: u16,
    /// `put`
    pub put: u16,
    /// `add`
    pub add: u16,
    /// `Map`
    pub map: u16,
    /// `List`
    pub list: u16,
}

/// All built-ins of one name.
#[derive(Debug)]
pub struct Group {
    /// The documented spelling; that of an alias for a group found by it.
    pub name: &'static str,
    /// The row with a receiver, where there is only one.
    only: Option<&'static Builtin>,
    /// Where there are several, the row for each kind of receiver.
    by_kind: Option<Box<[Option<&'static Builtin>; Kind::COUNT]>>,
    /// The row without receiver.
    plain: Option<&'static Builtin>,
    /// The row that does not run here. It never takes the place of one that does.
    absent: Option<&'static Builtin>,
}

/// A `zoho.…` variable that the platform sets.
#[derive(Clone, Copy, Debug)]
pub struct SystemVariable {
    /// The name after `zoho.`, in lower case.
    pub name: &'static str,
    /// What it holds.
    pub about: &'static str,
    /// The built-in without arguments that gives its value; without one the environment has it.
    pub function: Option<&'static str>,
}

impl Catalogue {
    /// Puts rows together. Tasks are loaded when a script first names one, since most scripts that start name none or
    /// few and the table is long.
    pub fn new(
        builtins: &'static [&'static [Builtin]],
        system: &'static [SystemVariable],
        load_tasks: fn() -> Vec<Task>,
    ) -> Self {
        Self {
            builtins,
            names: OnceLock::new(),
            system,
            load_tasks,
            tasks: OnceLock::new(),
            application: Application::default(),
        }
    }

    /// The same with the rows of an application.
    #[must_use]
    pub fn with_application(self, application: Application) -> Self {
        Self { application, ..self }
    }

    /// The functions and constants of the application.
    pub fn application(&self) -> &Application {
        &self.application
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(self.builtins))
    }

    fn groups(&self) -> &[Group] {
        &self.names().groups
    }

    /// The number of the group of this name, in any case.
    pub fn find(&self, name: &str) -> Option<u16> {
        self.names().number(name)
    }

    /// The group of a number given by [`Catalogue::find`].
    #[inline]
    pub fn group(&self, number: u16) -> Option<&Group> {
        self.groups().get(usize::from(number))
    }

    /// The groups of the built-ins that scripts call most.
    #[inline]
    pub fn everyday(&self) -> Everyday {
        self.names().everyday
    }

    /// How many groups there are.
    pub fn group_count(&self) -> usize {
        self.groups().len()
    }

    /// Every built-in once, in the order of the tables.
    pub fn builtins(&self) -> Vec<&'static Builtin> {
        let mut seen = HashSet::new();
        let rows = self.groups().iter().flat_map(|group| group.rows().into_iter().chain(group.absent));
        rows.filter(|row| seen.insert(std::ptr::from_ref::<Builtin>(row))).collect()
    }

    /// The task of this name, dots included, in any case. A leading underscore of the last part, with which Zoho's
    /// editor marks old versions (`zoho.crm._searchRecords`), is ignored.
    pub fn task(&self, name: &str) -> Option<&Arc<Task>> {
        if let Some(function) = self.application.function(name) {
            return Some(&function.task);
        }
        self.loaded_tasks().get(&name.to_lowercase().replace("._", "."))
    }

    /// The task of this name that is called, where a bracket task may have the same name: `invokeUrl(…)` beside
    /// `invokeurl […]`.
    pub fn called_task(&self, name: &str) -> Option<&Arc<Task>> {
        let beside = || self.loaded_tasks().get(&beside(&name.to_lowercase()));
        self.task(name).filter(|task| matches!(task.form, Form::Call(_))).or_else(beside)
    }

    /// The names of all tasks but the application's, in no order.
    pub fn task_names(&self) -> impl Iterator<Item = &str> {
        self.tasks().map(|task| task.name.as_ref())
    }

    /// All tasks but those of the application, in no order; another name of a task is a task of its own.
    pub fn tasks(&self) -> impl Iterator<Item = &Task> {
        self.loaded_tasks().values().map(AsRef::as_ref)
    }

    fn loaded_tasks(&self) -> &HashMap<String, Arc<Task>> {
        self.tasks.get_or_init(|| {
            let mut tasks: HashMap<String, Arc<Task>> = HashMap::new();
            for task in (self.load_tasks)() {
                let name = task.name.to_lowercase();
                let key = if tasks.contains_key(&name) { beside(&name) } else { name };
                tasks.insert(key, Arc::new(task));
            }
            tasks
        })
    }

    /// The system variable of this name (after `zoho.`, any case).
    pub fn system_variable(&self, name: &str) -> Option<&'static SystemVariable> {
        self.system.iter().find(|variable| variable.name.eq_ignore_ascii_case(name))
    }

    /// Every system variable.
    pub fn system_variables(&self) -> &'static [SystemVariable] {
        self.system
    }

    /// The rows of what another language calls by this name, in any case; each name of Deluge once.
    pub fn elsewhere(&self, name: &str) -> Vec<&'static Builtin> {
        let mut rows: Vec<&'static Builtin> = Vec::new();
        for row in self.groups().iter().flat_map(Group::all) {
            let is_meant = row.elsewhere.iter().any(|other| other.eq_ignore_ascii_case(name));
            if is_meant && !rows.iter().any(|known| known.name == row.name) {
                rows.push(row);
            }
        }
        rows
    }

    /// How Deluge does what another language calls by this name, as a sentence without its full stop.
    pub fn translate(&self, name: &str) -> Option<String> {
        let rows = self.elsewhere(name);
        if rows.is_empty() {
            return advice(name).map(|advice| advice.instead.to_owned());
        }
        let call = |row: &&Builtin| row.signatures().into_iter().next().unwrap_or_else(|| row.name.to_owned());
        let calls: Vec<String> = rows.iter().take(3).map(|row| format!("`{}`", call(row))).collect();
        Some(format!("in Deluge: {}", calls.join(" or ")))
    }

    /// The built-in nearest to a misspelt name.
    pub fn suggest_builtin(&self, name: &str) -> Option<&str> {
        suggest(name, self.groups().iter().map(|group| group.name))
    }

    /// The documented names of the built-ins below a dotted namespace such as `zoho.encryption`, in any case.
    pub fn names_below(&self, namespace: &str) -> impl Iterator<Item = &'static str> {
        self.groups()
            .iter()
            .map(|group| group.name)
            .filter(move |name| name.rsplit_once('.').is_some_and(|(above, _)| above.eq_ignore_ascii_case(namespace)))
    }
}

/// A hash in which the case of letters does not count.
fn hash(hasher: &RandomState, name: &str) -> u64 {
    let mut state = hasher.build_hasher();
    for bytes in name.as_bytes().chunks(8) {
        let mut word = [0; 8];
        word.iter_mut().zip(bytes).for_each(|(to, from)| *to = from.to_ascii_lowercase());
        state.write_u64(u64::from_le_bytes(word));
    }
    state.finish()
}

/// The key of a task whose name another one has.
fn beside(name: &str) -> String {
    format!("{name}()")
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue").field("groups", &self.group_count()).finish_non_exhaustive()
    }
}

impl Names {
    fn of(tables: &[&'static [Builtin]]) -> Self {
        let mut names = Self::default();
        let rows = tables.iter().map(|table| table.len()).sum::<usize>();
        // Every second row has another name as well.
        names.groups.reserve(rows + rows / 2);
        names.by_name = HashTable::with_capacity(rows + rows / 2);
        for builtin in tables.iter().flat_map(|table| table.iter()) {
            for name in std::iter::once(builtin.name).chain(builtin.aliases.iter().copied()) {
                names.add(name, builtin);
            }
        }
        let number = |name: &str| names.number(name).unwrap_or(u16::MAX);
        names.everyday = Everyday {
            get: number("get"),
            put: number("put"),
            add: number("add"),
            map: number("map"),
            list: number("list"),
        };
        names
    }

    /// The number of the group of a name.
    fn number(&self, name: &str) -> Option<u16> {
        // All names are ASCII, but some other letters become ASCII in lower case.
        let name = if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) };
        self.by_name.find(hash(&self.hasher, &name), |number| self.is_named(*number, &name)).copied()
    }

    fn is_named(&self, number: u16, name: &str) -> bool {
        self.groups.get(usize::from(number)).is_some_and(|group| group.name.eq_ignore_ascii_case(name))
    }

    fn add(&mut self, name: &'static str, builtin: &'static Builtin) {
        let at = self.number(name).unwrap_or_else(|| self.begin(name));
        let Some(group) = self.groups.get_mut(usize::from(at)) else { return };
        if builtin.absent.is_some() {
            group.absent = Some(builtin);
        } else if builtin.on.is_empty() {
            group.plain = Some(builtin);
        } else {
            group.receive(builtin);
        }
    }

    /// A new group without rows.
    fn begin(&mut self, name: &'static str) -> u16 {
        let next = self.groups.len() as u16;
        self.groups.push(Group { name, only: None, by_kind: None, plain: None, absent: None });
        let Self { groups, by_name, hasher, .. } = self;
        let hash_of = |number: &u16| groups.get(usize::from(*number)).map_or(0, |group| hash(hasher, group.name));
        by_name.insert_unique(hash(hasher, name), next, hash_of);
        next
    }
}

impl Group {
    /// Adds a row with a receiver; it takes the place of others on the same kinds.
    fn receive(&mut self, row: &'static Builtin) {
        let Some(first) = self.only.take() else {
            match &mut self.by_kind {
                Some(by_kind) => put(by_kind, row),
                None => self.only = Some(row),
            }
            return;
        };
        let mut by_kind = Box::new([None; Kind::COUNT]);
        put(&mut by_kind, first);
        put(&mut by_kind, row);
        self.by_kind = Some(by_kind);
    }

    /// The row for a receiver of this kind.
    #[inline]
    pub fn on(&self, kind: Kind) -> Option<&'static Builtin> {
        match &self.by_kind {
            None => self.only.filter(|row| row.on.has(kind)),
            Some(by_kind) => by_kind.get(kind as usize).copied().flatten(),
        }
    }

    /// The row without receiver.
    #[inline]
    pub fn plain(&self) -> Option<&'static Builtin> {
        self.plain
    }

    /// The row that does not run here, if there is one of this name.
    pub fn absent(&self) -> Option<&'static Builtin> {
        self.absent
    }

    /// Whether some row takes a receiver.
    pub fn is_method(&self) -> bool {
        self.only.is_some() || self.by_kind.is_some()
    }

    /// Whether a row that runs takes its arguments as one.
    pub fn gathers(&self) -> bool {
        self.with_receivers().chain(self.plain).any(|row| row.gathers)
    }

    /// Every row of the group that runs, each once.
    pub fn rows(&self) -> Vec<&'static Builtin> {
        let mut rows: Vec<&'static Builtin> = Vec::new();
        for row in self.plain.into_iter().chain(self.with_receivers()) {
            if !rows.iter().any(|known| std::ptr::eq(*known, row)) {
                rows.push(row);
            }
        }
        rows
    }

    /// Every row of the group; one that takes several kinds may come several times.
    fn all(&self) -> impl Iterator<Item = &'static Builtin> {
        self.plain.into_iter().chain(self.with_receivers()).chain(self.absent)
    }

    /// The rows with a receiver; one that takes several kinds may come several times.
    fn with_receivers(&self) -> impl Iterator<Item = &'static Builtin> {
        let by_kind = self.by_kind.iter().flat_map(|by_kind| by_kind.iter().copied().flatten());
        self.only.into_iter().chain(by_kind)
    }
}

/// Sets the row for the kinds that it takes.
fn put(by_kind: &mut [Option<&'static Builtin>; Kind::COUNT], row: &'static Builtin) {
    for (slot, kind) in by_kind.iter_mut().zip(Kind::ALL) {
        if row.on.has(kind) {
            *slot = Some(row);
        }
    }
}
