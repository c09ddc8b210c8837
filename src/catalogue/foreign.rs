//! Names of other languages that no row of Deluge answers to. Who types one has not misspelt anything, so the nearest
//! spelling would mislead; they are told how Deluge does it. Names that do have a row stand in its `elsewhere`.

/// What to write in place of a name of another language.
#[derive(Clone, Copy, Debug)]
pub struct Advice {
    /// The name, dots included.
    pub name: &'static str,
    /// What to do, a sentence without its full stop.
    pub instead: &'static str,
}

/// The advice for a name, in any case.
pub fn advice(name: &str) -> Option<&'static Advice> {
    ADVICE.iter().find(|advice| advice.name.eq_ignore_ascii_case(name))
}

const INFO: &str = "Deluge prints with a statement: `info value;`";
const OPERATORS: &str = "Deluge has operators for arithmetic: `+`, `-`, `*`, `/` and `%`";
const WALK: &str = "Deluge has no functions as values; walk the list: `for each item in list { … }`";
const TYPE: &str = "Deluge has tests of some types: `isText(x)`, `isNumber(x)`, `isDate(x)`, `isFile(x)`; it has none of lists and maps";
const JOIN: &str = "in Deluge a list becomes a text with `list.toString(\", \")`; the argument is the separator";
const PARSE: &str = "in Deluge a text becomes a map with `text.toMap()` and a list with `text.toJSONList()`";
const WRITE: &str = "in Deluge a map or list becomes JSON with `value.toString()`";

/// Every advice.
pub const ADVICE: &[Advice] = &[
    row("print", INFO),
    row("println", INFO),
    row("printf", INFO),
    row("echo", INFO),
    row("puts", INFO),
    row("console.log", INFO),
    row("console.info", INFO),
    row("console.warn", INFO),
    row("console.error", INFO),
    row("System.out.println", INFO),
    row("charAt", "in Deluge one character is `text.subString(i, i + 1)`"),
    row("charCodeAt", "Deluge has no character codes; `text.textToHex()` gives the bytes of a text"),
    row("ord", "Deluge has no character codes; `text.textToHex()` gives the bytes of a text"),
    row("chr", "Deluge has no character codes; `hexToText(hex)` makes a text of bytes"),
    row("join", JOIN),
    row("implode", JOIN),
    row("string_agg", JOIN),
    row("shift", "in Deluge `list.remove(0)` takes the first element out and gives it"),
    row("unshift", "Deluge adds at the end only; make a new list: `all = List(); all.add(first); all.addAll(rest);`"),
    row("map", WALK),
    row("filter", WALK),
    row("reduce", WALK),
    row("forEach", WALK),
    row("some", WALK),
    row("every", WALK),
    row("enumerate", "in Deluge the positions of a list are walked with `for each index i in list { … }`"),
    row("range", "Deluge has no ranges; walk a list or text of the wanted length, such as `\"1,2,3\".toList()`"),
    row("items", "in Deluge walk the keys: `for each key in map { value = map.get(key); }`"),
    row("entries", "in Deluge walk the keys: `for each key in map { value = map.get(key); }`"),
    row("entrySet", "in Deluge walk the keys: `for each key in map { value = map.get(key); }`"),
    row("Object.entries", "in Deluge walk the keys: `for each key in map { value = map.get(key); }`"),
    row("Object.keys", "in Deluge: `map.keys()`"),
    row("Object.values", "in Deluge walk the keys: `for each key in map { value = map.get(key); }`"),
    row("Object.assign", "in Deluge: `map.putAll(other)`"),
    row("typeof", TYPE),
    row("type", TYPE),
    row("instanceof", TYPE),
    row("isinstance", TYPE),
    row("gettype", TYPE),
    row("JSON.parse", PARSE),
    row("json.loads", PARSE),
    row("JSON.stringify", WRITE),
    row("json.dumps", WRITE),
    row("json_encode", WRITE),
    row("Math.round", "in Deluge: `number.round(digits)`"),
    row("Math.floor", "in Deluge: `number.floor()`"),
    row("Math.ceil", "in Deluge: `number.ceil()`"),
    row("Math.abs", "in Deluge: `number.abs()`"),
    row("Math.pow", "in Deluge: `number.power(exponent)`"),
    row("Math.sqrt", "in Deluge: `number.sqrt()`"),
    row("Math.max", "in Deluge: `a.max(b)`, or `list.largest()`"),
    row("Math.min", "in Deluge: `a.min(b)`, or `list.smallest()`"),
    row("Math.random", "in Deluge: `randomNumber(largest)`, or `randomNumber(smallest, largest)`"),
    row("Date.now", "in Deluge: `now`, and `now.toLong()` for milliseconds"),
    row("Date", "in Deluge: `now`, `today`, or `\"2026-01-31\".toDate()`"),
    row("sleep", "Deluge has no pause"),
    row("setTimeout", "Deluge has no pause and no timers"),
    row("fetch", "in Deluge: `invokeurl [ url: … type: GET ]`"),
    row("axios.get", "in Deluge: `invokeurl [ url: … type: GET ]`"),
    row("axios.post", "in Deluge: `invokeurl [ url: … type: POST parameters: … ]`"),
    row("requests.get", "in Deluge: `invokeurl [ url: … type: GET ]`"),
    row("requests.post", "in Deluge: `invokeurl [ url: … type: POST parameters: … ]`"),
    row("window.open", "in Deluge: `openUrl(url, \"new window\")`"),
    row("location.assign", "in Deluge: `openUrl(url, \"same window\")`"),
    row("redirect", "in Deluge: `openUrl(url, \"same window\")`"),
    row("isset", "in Deluge: `map.containKey(key)`, or `value != null`"),
    row("iif", "in Deluge: `if(condition, then, otherwise)`"),
    row("decode", "in Deluge: `if(condition, then, otherwise)`"),
    row("sprintf", "Deluge joins texts with `+`; numbers and dates take a format with `value.toString(\"…\")`"),
    row("String.format", "Deluge joins texts with `+`; numbers and dates take a format with `value.toString(\"…\")`"),
    row("compareTo", "in Deluge compare with `==`, `<` and `>`; texts are put in order with `list.sort()`"),
    row("plus", OPERATORS),
    row("minus", OPERATORS),
    row("mod", OPERATORS),
    row("raise", "in Deluge: `throw \"message\";`"),
    row("exit", "in Deluge a script ends with `return;`"),
    row("die", "in Deluge: `throw \"message\";`"),
    row("assert", "in Deluge: `if(!condition) { throw \"message\"; }`"),
];

const fn row(name: &'static str, instead: &'static str) -> Advice {
    Advice { name, instead }
}
