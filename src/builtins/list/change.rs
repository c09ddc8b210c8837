//! Changing a list in place.

use super::access::first;
use super::element::{admitted, same_type};
use crate::builtins::order::sort_values;
use crate::builtins::support::{self, INDEX, LIST_ONLY, aggregate, at, flag, holds, inside, items, whole};
use crate::builtins::value_set::ValueSet;
use crate::catalogue::{Builtin, Call, Category, Example, Gives, Parameter};
use crate::value::{Aggregate, Failure, Kind, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::List, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "add",
        page: "functions/list/add",
        elsewhere: &["push", "append"],
        on: Kinds::LIST,
        parameters: ELEMENT,
        gives: Gives::Nothing,
        about: "Adds a value at the end; a list becomes one element.",
        examples: &[
            Example::Prints(r#"l = List(); l.add("Creator"); l.add({"CRM","Desk"}); info l.size();"#, "2"),
            Example::Prints("l = {}; l.add(1); info l;", "1"),
            Example::Prints("l = List(); l.add(l); info l.get(0).get(0).size();", "1"),
            Example::Fails(r#"m = {"k":1}; m.add(2);"#, "run::argument-type"),
        ],
        see: &["addAll", "insert", "put"],
        run: add,
        ..ROW
    },
    Builtin {
        name: "addAll",
        page: "functions/list/addall",
        elsewhere: &["extend", "pushAll", "array_merge"],
        on: Kinds::LIST,
        parameters: &[Parameter::required("elements", Kinds::LIST)],
        gives: Gives::Nothing,
        about: "Adds the elements of another list at the end.",
        examples: &[
            Example::Prints(r#"a = {"Creator"}; a.addAll({"CRM","Desk"}); info a;"#, "Creator,CRM,Desk"),
            Example::Prints("a = {1,2}; a.addAll(a); info a;", "1,2,1,2"),
            Example::Fails(r#"a = {1}; a.addAll("text");"#, "run::argument-type"),
        ],
        differs: &["Zoho adds at most 25,000 elements at once; here the size limit of the run applies."],
        see: &["add", "insertAll", "removeAll"],
        run: add_all,
        ..ROW
    },
    Builtin {
        name: "remove",
        page: "functions/list/remove",
        elsewhere: &["pop", "removeAt", "splice"],
        on: LIST_ONLY,
        parameters: &[Parameter::required("index", INDEX)],
        gives: Gives::Either,
        about: "Removes the element at a position, counted from 0, and gives it.",
        examples: &[
            Example::Prints("l = {5,6,7}; x = l.remove(1); info x; info l;", "6\n5,7"),
            Example::Fails("l = {5}; l.remove(1);", "run::index"),
            Example::Fails("l = {5}; l.remove(-1);", "run::index"),
        ],
        differs: &["The removed element is given as it was; the page says that it becomes a text."],
        see: &["removeElement", "removeAll", "deleteKey"],
        run: remove,
        ..ROW
    },
    Builtin {
        name: "removeElement",
        page: "functions/list/removeelement",
        elsewhere: &["discard"],
        on: Kinds::LIST,
        parameters: ELEMENT,
        gives: Gives::Nothing,
        about: "Removes the first element that equals the value, if there is one.",
        examples: &[
            Example::Prints(r#"l = {"a","b","a"}; l.removeElement("a"); info l;"#, "b,a"),
            Example::Prints(r#"l = {"a","b"}; l.removeElement("z"); info l;"#, "a,b"),
            Example::Fails(r#"l = List:Int(); l.removeElement("a");"#, "run::argument-type"),
        ],
        see: &["remove", "removeAll", "delete"],
        run: remove_element,
        ..ROW
    },
    Builtin {
        name: "removeAll",
        page: "functions/list/removeall",
        elsewhere: &["difference", "array_diff"],
        on: Kinds::LIST,
        parameters: &[Parameter::required("elements", Kinds::LIST)],
        gives: Gives::Nothing,
        about: "Removes every element that is also in another list.",
        examples: &[
            Example::Prints(r#"l = {"a","b","a"}; l.removeAll({"a","x"}); info l;"#, "b"),
            Example::Prints("l = {1,2}; l.removeAll(l); info l.size();", "0"),
            Example::Fails(r#"l = {"a"}; l.removeAll("a");"#, "run::argument-type"),
        ],
        see: &["removeElement", "intersect", "clear"],
        run: remove_all,
        ..ROW
    },
    Builtin {
        name: "sort",
        page: "functions/list/sort",
        elsewhere: &["sorted", "orderBy"],
        on: Kinds::LIST,
        parameters: &[Parameter::optional("ascending", Kinds::BOOLEAN)],
        gives: Gives::Either,
        about: "Sorts the list and gives it: numbers by value, texts by character code; mixed elements give null.",
        examples: &[
            Example::Prints("l = {10,9,100}; l.sort(); info l;", "9,10,100"),
            Example::Prints(r##"l = {"b","_x","#x","B"}; info l.sort(false);"##, "b,_x,B,#x"),
            Example::Prints(r#"l = {2,"a",1}; info l.sort(); info l;"#, "null\n2,a,1"),
            Example::Fails(r#"l = {2,1}; l.sort("down");"#, "run::argument-type"),
        ],
        see: &["distinct", "sortKey"],
        run: sort,
        ..ROW
    },
];

const ELEMENT: &[Parameter] = &[Parameter::required("element", Kinds::ANY)];

fn add(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = aggregate("add", arguments, 0)?;
    holds(call, list.size().saturating_add(1))?;
    let element = admitted(call, "add", list, at(arguments, 1))?;
    call.cycles.stored(list, &element);
    change("add", list, |items| items.push(element))?;
    Ok(Value::Null)
}

fn add_all(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = aggregate("addAll", arguments, 0)?;
    // They are copied, since they may be the list itself, and then added.
    support::room(call, aggregate("addAll", arguments, 1)?.size().saturating_mul(2))?;
    let added = items("addAll", arguments, 1)?;
    holds(call, list.size().saturating_add(added.len()))?;
    let added: Vec<Value> =
        added.into_iter().map(|value| admitted(call, "addAll", list, &value)).collect::<Result<_, Failure>>()?;
    if added.iter().any(Value::reaches_others) {
        call.cycles.remember(list);
    }
    change("addAll", list, |items| items.extend(added))?;
    Ok(Value::Null)
}

fn remove(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = aggregate("remove", arguments, 0)?;
    let index = inside(whole("remove", arguments, 1)?, list.size())?;
    change("remove", list, |items| items.remove(index))
}

fn remove_element(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = aggregate("removeElement", arguments, 0)?;
    same_type("removeElement", list, at(arguments, 1))?;
    if let Some(index) = first(arguments)? {
        change("removeElement", list, |items| items.remove(index))?;
    }
    Ok(Value::Null)
}

fn remove_all(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let removed = ValueSet::of(&items("removeAll", arguments, 1)?);
    let kept: Vec<Value> =
        items("removeAll", arguments, 0)?.into_iter().filter(|item| !removed.contains(item)).collect();
    let before = change("removeAll", aggregate("removeAll", arguments, 0)?, |items| std::mem::replace(items, kept))?;
    drop(before);
    Ok(Value::Null)
}

fn sort(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let list = aggregate("sort", arguments, 0)?;
    // Taken out meanwhile, because an element may be the list itself.
    let mut sorted = change("sort", list, std::mem::take)?;
    let has_order = sort_values(&mut sorted, flag(arguments, 1).unwrap_or(true));
    change("sort", list, |items| *items = sorted)?;
    Ok(if has_order { Value::Aggregate(list.clone()) } else { Value::Null })
}

/// Changes the elements. They are borrowed meanwhile, so `with` must not look into any element.
fn change<T>(function: &str, list: &Aggregate, with: impl FnOnce(&mut Vec<Value>) -> T) -> Result<T, Failure> {
    let mut items = list.list_mut().ok_or_else(|| Failure::argument(function, Kinds::LIST, Kind::Map))?;
    Ok(with(&mut items))
}
