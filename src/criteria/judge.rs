//! Judging a record. Every comparison says yes, no, or nothing when a value is missing or the two cannot be compared;
//! nothing counts as "not" whichever way the condition was turned. Nothing here fails or does I/O.
//!
//! Texts are compared with regard to case, since the pages have `equalsIgnoreCase` beside `==`; in search texts and in the
//! criteria of rules without, as CRM's search does.

use std::borrow::Cow;
use std::cmp::Ordering;

use jiff::Timestamp;

use super::Compiled;
use super::constant::{Constant, number, printed};
use super::field::Record;
use super::moment::{Moment, is_iso};
use super::step::{NO, YES};
use super::term::{Ask, Case, Check, Operand, Part, Relation};
use crate::value::{Data, Decimal, Time, TimeReading};

static NULL: Data = Data::Null;

/// Whether the record meets the criteria. Steps lead only to steps that were written before them, so it ends.
pub(super) fn matches<R: Record + ?Sized>(criteria: &Compiled, record: &R) -> bool {
    let mut at = criteria.start;
    loop {
        let Some(step) = criteria.steps.get(at as usize) else { return at == YES };
        let holds = holds(&step.check, criteria, record).is_some_and(|holds| holds != step.negated);
        at = if holds { step.yes } else { step.no };
        debug_assert!(at >= NO || (at as usize) < criteria.steps.len());
    }
}

fn holds<R: Record + ?Sized>(check: &Check, criteria: &Compiled, record: &R) -> Option<bool> {
    let subject = Taken::new(&check.subject, criteria, record);
    let left = subject.seen();
    let judge = Judge { criteria, loose: check.loose };
    match &check.ask {
        Ask::Ticked => match left.data {
            Data::Null => Some(false),
            Data::Boolean(ticked) => Some(*ticked),
            Data::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Data::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        },
        Ask::Null => Some(*left.data == Data::Null),
        Ask::Empty => Some(is_empty(left.data)),
        Ask::Blank => Some(is_empty(left.data) || matches!(left.data, Data::Text(text) if text.trim().is_empty())),
        Ask::Compare(relation, operand) => {
            let object = Taken::new(operand, criteria, record);
            judge.compare(*relation, left, object.seen())
        }
        Ask::Among(several) if !left.is_null() => any(left, |item| Some(judge.equal(item, Seen::of(several)))),
        Ask::Among(_) => None,
        Ask::Between(low, high) => {
            let within = |item: Seen<'_>| {
                let above = judge.order(item, Seen::of(low))? != Ordering::Less;
                let below = judge.order(item, Seen::of(high))? != Ordering::Greater;
                Some(above && below)
            };
            any(left, within)
        }
        Ask::Within(period) => {
            let settings = &criteria.options.dates;
            let today = Moment::Instant(now(criteria)).day(settings);
            any(left, |item| Some(period.holds(judge.moment(item)?.day(settings), today)))
        }
        Ask::Part(part, operand, case) => {
            let object = Taken::new(operand, criteria, record);
            judge.part(*part, *case, left, object.seen())
        }
    }
}

fn now(criteria: &Compiled) -> Timestamp {
    criteria.options.now.unwrap_or_else(Timestamp::now)
}

/// The value of an operand, with what it needs to be kept in.
enum Taken<'a> {
    Data(Cow<'a, Data>),
    Constant(&'a Constant),
}

impl<'a> Taken<'a> {
    fn new<R: Record + ?Sized>(operand: &'a Operand, criteria: &'a Compiled, record: &'a R) -> Self {
        match operand {
            Operand::Constant(constant) => Taken::Constant(constant),
            Operand::Field(place) => Taken::Data(criteria.fields.value(*place, record).unwrap_or(Cow::Borrowed(&NULL))),
            Operand::Moving(moving) => {
                let date = moving.at(now(criteria), &criteria.options.dates);
                Taken::Data(Cow::Owned(date.map_or(Data::Null, Data::DateTime)))
            }
        }
    }

    fn seen(&self) -> Seen<'_> {
        match self {
            Taken::Data(data) => Seen { data, known: None },
            Taken::Constant(constant) => Seen::of(constant),
        }
    }
}

/// A value, with its other readings if it stands in the criteria.
#[derive(Clone, Copy)]
struct Seen<'a> {
    data: &'a Data,
    known: Option<&'a Constant>,
}

impl<'a> Seen<'a> {
    fn of(constant: &'a Constant) -> Self {
        Seen { data: &constant.data, known: Some(constant) }
    }

    fn bare(data: &'a Data) -> Self {
        Seen { data, known: None }
    }

    fn is_null(self) -> bool {
        matches!(self.data, Data::Null)
    }

    /// The elements of a list.
    fn items(self) -> Option<impl Iterator<Item = Seen<'a>> + Clone> {
        let (Data::List { items, .. } | Data::Elements(items)) = self.data else { return None };
        let (known, bare) = match self.known {
            Some(known) => (known.items.as_slice(), [].as_slice()),
            None => ([].as_slice(), items.as_slice()),
        };
        Some(known.iter().map(Seen::of).chain(bare.iter().map(Seen::bare)))
    }

    fn number(self) -> Option<Decimal> {
        self.known.map_or_else(|| number(self.data), |known| known.number)
    }

    fn text(self) -> Cow<'a, str> {
        match (self.known, self.data) {
            (Some(known), _) => Cow::Borrowed(&known.text),
            (None, Data::Text(text)) => Cow::Borrowed(text),
            (None, data) => Cow::Owned(printed(data)),
        }
    }

    fn folded(self) -> Cow<'a, str> {
        match self.known {
            Some(known) => Cow::Borrowed(&known.folded),
            None => Cow::Owned(self.text().to_lowercase()),
        }
    }

    fn time(self) -> Option<Time> {
        match (self.known, self.data) {
            (Some(known), _) => known.time,
            (None, Data::Time(time)) => Some(*time),
            (None, Data::Text(text)) => match Time::read(text) {
                TimeReading::Time(time) => Some(time),
                _ => None,
            },
            _ => None,
        }
    }

    /// The time of a time, or of a date-time that is compared with one.
    fn time_of_day(self) -> Option<Time> {
        match self.data {
            Data::DateTime(date) => Time::of(date),
            _ => self.time(),
        }
    }
}

struct Judge<'c> {
    criteria: &'c Compiled,
    loose: bool,
}

impl Judge<'_> {
    fn compare(&self, relation: Relation, left: Seen<'_>, right: Seen<'_>) -> Option<bool> {
        if left.is_null() || right.is_null() {
            return None;
        }
        match relation {
            Relation::Equal | Relation::In => Some(self.equal(left, right)),
            Relation::NotEqual | Relation::NotIn => Some(self.differs(left, right)),
            Relation::Less => self.ordered(left, right, |order| order == Ordering::Less),
            Relation::LessOrEqual => self.ordered(left, right, |order| order != Ordering::Greater),
            Relation::Greater => self.ordered(left, right, |order| order == Ordering::Greater),
            Relation::GreaterOrEqual => self.ordered(left, right, |order| order != Ordering::Less),
        }
    }

    /// A list that holds a value equals it, and a value equals a list that it is in. Of two lists the left one must have
    /// all elements of the right one and may have more (help page "criteria").
    fn equal(&self, left: Seen<'_>, right: Seen<'_>) -> bool {
        match (left.items(), right.items()) {
            (None, None) => self.same(left, right),
            (Some(mut items), None) => items.any(|item| self.same(item, right)),
            (None, Some(mut items)) => items.any(|item| self.same(left, item)),
            (Some(left), Some(mut right)) => right.all(|wanted| left.clone().any(|item| self.same(item, wanted))),
        }
    }

    /// The opposite of `equal`, but that a list with more choices than those given counts as different as well (help page
    /// "criteria").
    fn differs(&self, left: Seen<'_>, right: Seen<'_>) -> bool {
        if !self.equal(left, right) {
            return true;
        }
        match (left.items(), right.items()) {
            (Some(mut left), Some(right)) => !left.all(|item| right.clone().any(|wanted| self.same(item, wanted))),
            _ => false,
        }
    }

    /// Equality of two values that are no lists, or of elements.
    fn same(&self, left: Seen<'_>, right: Seen<'_>) -> bool {
        match (left.data, right.data) {
            (Data::Null, _) | (_, Data::Null) => false,
            (Data::Number(a), Data::Number(b)) => a == b,
            (Data::Boolean(a), Data::Boolean(b)) => a == b,
            (Data::Text(a), Data::Text(b)) => a == b || self.same_texts(left, right),
            (Data::Map(_) | Data::Pairs(_), Data::Map(_) | Data::Pairs(_)) => {
                same_lookups(left.data, right.data).unwrap_or_else(|| left.data == right.data)
            }
            (Data::Map(_) | Data::Pairs(_), _) => {
                lookups(left.data).any(|part| self.same_plain(Seen::bare(part), right))
            }
            (_, Data::Map(_) | Data::Pairs(_)) => {
                lookups(right.data).any(|part| self.same_plain(left, Seen::bare(part)))
            }
            _ => self.same_plain(left, right),
        }
    }

    /// Equality of values without parts.
    fn same_plain(&self, left: Seen<'_>, right: Seen<'_>) -> bool {
        match (left.data, right.data) {
            (Data::Text(a), Data::Text(b)) => a == b || self.same_texts(left, right),
            (Data::Number(_) | Data::Decimal(_), Data::Number(_) | Data::Decimal(_)) => left.number() == right.number(),
            (Data::Number(_) | Data::Decimal(_), Data::Text(_)) => same_number(left, right),
            (Data::Text(_), Data::Number(_) | Data::Decimal(_)) => same_number(right, left),
            (Data::Time(_), _) | (_, Data::Time(_)) => {
                matches!((left.time_of_day(), right.time_of_day()), (Some(a), Some(b)) if a.seconds() == b.seconds())
            }
            (Data::DateTime(_), _) | (_, Data::DateTime(_)) => {
                self.by_time(left, right).is_some_and(|order| order == Ordering::Equal)
            }
            // Creator's API writes boxes as texts; what criteria write in quotes is a text, unless they are a search text.
            (Data::Boolean(_), Data::Text(_)) if self.loose || right.known.is_none() => left.folded() == right.folded(),
            (Data::Text(_), Data::Boolean(_)) if self.loose || left.known.is_none() => left.folded() == right.folded(),
            _ => false,
        }
    }

    /// Whether two texts that are not alike mean the same: dates as APIs write them, by their instant or day, since `<=` and
    /// `>=` take them so; and to a search all dates, and texts without regard to case.
    fn same_texts(&self, left: Seen<'_>, right: Seen<'_>) -> bool {
        if !self.loose {
            let both =
                |(a, b): (&Data, &Data)| matches!((a, b), (Data::Text(a), Data::Text(b)) if is_iso(a) && is_iso(b));
            return both((left.data, right.data)) && self.by_time(left, right) == Some(Ordering::Equal);
        }
        let dated = left.known.or(right.known).is_some_and(|known| known.moment.is_some());
        left.folded() == right.folded() || dated && self.by_time(left, right) == Some(Ordering::Equal)
    }

    /// A list is larger than a value if one of its elements is.
    fn ordered(&self, left: Seen<'_>, right: Seen<'_>, wanted: impl Fn(Ordering) -> bool) -> Option<bool> {
        any(left, |item| self.order(item, right).map(&wanted))
    }

    /// The order of numbers, of dates and of times; texts that write one of these count as such, because JSON has no
    /// dates and Creator's API writes numbers as texts.
    fn order(&self, left: Seen<'_>, right: Seen<'_>) -> Option<Ordering> {
        if let (Data::Number(a), Data::Number(b)) = (left.data, right.data) {
            return Some(a.cmp(b));
        }
        if let (Some(a), Some(b)) = (left.number(), right.number()) {
            return Some(a.cmp(&b));
        }
        self.by_time(left, right)
    }

    fn by_time(&self, left: Seen<'_>, right: Seen<'_>) -> Option<Ordering> {
        if let (Some(a), Some(b)) = (self.moment(left), self.moment(right)) {
            return Some(a.order(b, &self.criteria.options.dates));
        }
        let (a, b) = (left.time_of_day()?, right.time_of_day()?);
        Some(a.seconds().cmp(&b.seconds()))
    }

    fn moment(&self, seen: Seen<'_>) -> Option<Moment> {
        match (seen.known, seen.data) {
            (Some(known), _) => known.moment,
            (None, Data::DateTime(date)) => Some(Moment::of(date)),
            (None, Data::Text(text)) => Moment::read(text, &self.criteria.options.dates),
            _ => None,
        }
    }

    /// Whether a text has another somewhere. Numbers count as their digits; of a list one element is enough, and an element
    /// is text here and no choice (help page "criteria").
    fn part(&self, part: Part, case: Case, left: Seen<'_>, right: Seen<'_>) -> Option<bool> {
        if left.is_null() || right.is_null() || right.items().is_some() {
            return None;
        }
        let has = |item: Seen<'_>| match case == Case::Ignored || self.loose {
            true => part.holds(&item.folded(), &right.folded()),
            false => part.holds(&item.text(), &right.text()),
        };
        let one = |item: Seen<'_>| match item.data {
            Data::Map(_) | Data::Pairs(_) => lookups(item.data).any(|part| has(Seen::bare(part))),
            Data::Null => false,
            _ => has(item),
        };
        Some(match left.items() {
            Some(mut items) => items.any(one),
            None => one(left),
        })
    }
}

impl Part {
    fn holds(self, text: &str, wanted: &str) -> bool {
        match self {
            Part::Anywhere => text.contains(wanted),
            Part::Start => text.starts_with(wanted),
            Part::End => text.ends_with(wanted),
            Part::Whole => text == wanted,
        }
    }
}

/// Judges a value, or the elements of a list of which one is enough.
fn any(seen: Seen<'_>, holds: impl Fn(Seen<'_>) -> Option<bool>) -> Option<bool> {
    let Some(items) = seen.items() else { return holds(seen) };
    items.filter_map(holds).reduce(|one, other| one || other)
}

/// A number and a text. What stands in criteria may be a number in quotes (help page "criteria"); the text of a record is
/// the number if it is written as the number prints, as for `==` in scripts.
fn same_number(number: Seen<'_>, text: Seen<'_>) -> bool {
    match text.known {
        Some(known) => known.number.is_some() && known.number == number.number(),
        None => number.text() == text.text(),
    }
}

/// What a lookup may be compared with: the ID of the record that it leads to (help page "criteria"), and its name, by
/// which CRM's search finds it.
fn lookups(data: &Data) -> impl Iterator<Item = &Data> {
    ["id", "ID", "name", "display_value", "zc_display_value"].into_iter().filter_map(|key| data.get(key))
}

/// Whether two lookups lead to the same record; `None` if one has no ID.
fn same_lookups(left: &Data, right: &Data) -> Option<bool> {
    let id = |data: &'_ Data| data.get("id").or_else(|| data.get("ID")).map(printed);
    Some(id(left)? == id(right)?)
}

fn is_empty(data: &Data) -> bool {
    match data {
        Data::Null | Data::Braces => true,
        Data::Text(text) => text.is_empty(),
        Data::List { items, .. } | Data::Elements(items) => items.is_empty(),
        Data::Map(pairs) | Data::Pairs(pairs) => pairs.is_empty(),
        _ => false,
    }
}
