//! The colours for editors: `editors/deluge.tmLanguage.json` is made here from the words of the language and the names of
//! the built-ins, so it cannot fall behind them. `UPDATE=1 cargo test --test it editors` writes it anew.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::PathBuf;

use fancy_regex::Regex;
use serde_json::{Value, json};
use sluice::Engine;
use sluice::syntax::VOCABULARY;

#[test]
fn the_grammar_is_up_to_date() {
    let wanted = serde_json::to_string_pretty(&grammar()).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path(), wanted).unwrap();
        return;
    }
    let found = fs::read_to_string(path()).unwrap_or_default();
    assert!(found == wanted, "{} is stale: run UPDATE=1 cargo test --test it editors", path().display());
}

#[test]
fn the_grammar_is_well_formed() {
    let grammar: Value = serde_json::from_str(&fs::read_to_string(path()).unwrap()).unwrap();
    for field in ["name", "scopeName", "fileTypes", "patterns", "repository"] {
        assert!(!grammar[field].is_null(), "{field}");
    }
    let mut rules = vec![&grammar];
    let mut expressions = 0;
    while let Some(rule) = rules.pop() {
        for key in ["match", "begin", "end"] {
            if let Some(expression) = rule[key].as_str() {
                expressions += 1;
                Regex::new(expression).unwrap_or_else(|error| panic!("{expression}: {error}"));
            }
        }
        if let Some(name) = rule["include"].as_str().and_then(|include| include.strip_prefix('#')) {
            assert!(grammar["repository"][name].is_object(), "{name}");
        }
        assert_eq!(rule["begin"].is_string(), rule["end"].is_string(), "{rule}");
        rules.extend(rule["patterns"].as_array().into_iter().flatten());
        rules.extend(rule["repository"].as_object().into_iter().flat_map(|all| all.values()));
    }
    assert!(expressions > 20);
}

#[test]
fn a_sample_gets_its_colours() {
    let sample = r#"void automation.note(Int dealId)
{
// a "comment"
x = {"key":'01-Jan-2026',"b\n":'text'}; /* two
lines */ y = true;
for each  deal in zoho.crm.getRecords("Deals")
{
	info deal.get("id").toLong() + 1.5;
}
r = invokeurl
[
	url :"https://a.test"
	content-type:"a"
];
IF(x == null || y)
}"#;
    let colours = Colours::of(sample);
    for (line, text, scope) in [
        (0, "void", "storage.type.deluge"),
        (0, "automation.note", "entity.name.function.deluge"),
        (2, "// a \"comment\"", "comment.line.double-slash.deluge"),
        (3, "\"key\"", "string.quoted.double.deluge"),
        (3, "'01-Jan-2026'", "constant.other.date.deluge"),
        (3, "\\n", "constant.character.escape.deluge"),
        (3, "'text'", "string.quoted.single.deluge"),
        (4, "lines */", "comment.block.deluge"),
        (4, "true", "constant.language.deluge"),
        (5, "for each", "keyword.control.deluge"),
        (5, "in", "keyword.control.deluge"),
        (5, "zoho", "support.class.deluge"),
        (5, "getRecords", "entity.name.function.call.deluge"),
        (7, "info", "keyword.other.deluge"),
        (7, "get", "support.function.deluge"),
        (7, "+", "keyword.operator.arithmetic.deluge"),
        (7, "1.5", "constant.numeric.deluge"),
        (9, "invokeurl", "support.function.task.deluge"),
        (11, "url", "variable.parameter.attribute.deluge"),
        (12, "content-type", "variable.parameter.attribute.deluge"),
        (14, "IF", "keyword.control.deluge"),
        (14, "==", "keyword.operator.comparison.deluge"),
        (14, "||", "keyword.operator.logical.deluge"),
    ] {
        assert_eq!(colours.scope(line, text), Some(scope), "{text} on line {line}");
    }
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("editors/deluge.tmLanguage.json")
}

fn grammar() -> Value {
    let engine = Engine::builder().build().unwrap();
    let rows = engine.catalogue().builtins();
    let functions: BTreeSet<&str> =
        rows.iter().flat_map(|row| std::iter::once(row.name).chain(row.aliases.iter().copied())).collect();
    let functions: Vec<&str> = functions.into_iter().filter(|name| name.chars().all(char::is_alphanumeric)).collect();
    let words = &VOCABULARY;
    let name = r"[\p{L}_][\p{L}\p{N}_]*";
    let rule = |scope: &str, expression: String| json!({"name": format!("{scope}.deluge"), "match": expression});
    let operator = |scope: &str, signs: &[&str]| {
        let signs: Vec<String> = signs.iter().map(|sign| fancy_regex::escape(sign).into_owned()).collect();
        rule(&format!("keyword.operator.{scope}"), signs.join("|"))
    };
    let word = |words: &[&str], behind: &str| format!(r"(?i)(?<!\.)\b(?:{})\b{behind}", words.join("|"));
    let all = json!([
        {"include": "#comments"}, {"include": "#texts"}, {"include": "#definitions"}, {"include": "#words"},
        {"include": "#functions"}, {"include": "#numbers"}, {"include": "#operators"}, {"include": "#brackets"}
    ]);
    json!({
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "comment": "Generated by `UPDATE=1 cargo test --test it editors`; change tests/it/editors.rs, not this file.",
        "name": "Deluge",
        "scopeName": "source.deluge",
        "fileTypes": ["dg", "deluge", "ds"],
        "patterns": all,
        "repository": {
            "comments": {"patterns": [
                rule("comment.line.double-slash", "//.*$".into()),
                {"name": "comment.block.deluge", "begin": r"/\*", "end": r"\*/"},
            ]},
            "texts": {"patterns": [
                {
                    "name": "string.quoted.double.deluge", "begin": "\"", "end": "\"",
                    "patterns": [rule("constant.character.escape", r"\\.".into())],
                },
                rule("constant.other.date", date()),
                {
                    "name": "string.quoted.single.deluge", "begin": "'", "end": "'",
                    "patterns": [rule("constant.character.escape", r"\\.".into())],
                },
            ]},
            "definitions": {"patterns": [{
                "match": format!(r"^\s*((?i:{})(?::{name})?)\s+({name}(?:\.{name})*)(?=\s*\([^;]*$)", words.types.join("|")),
                "captures": {
                    "1": {"name": "storage.type.deluge"},
                    "2": {"name": "entity.name.function.deluge"},
                },
            }]},
            "words": {"patterns": [
                rule("keyword.control", control()),
                rule("keyword.other", word(words.statements, r"(?!\s*[=.])")),
                rule("keyword.other.creator", creator()),
                rule("constant.language", word(words.constants, "")),
                rule("keyword.operator.word", word(words.word_operators, r"(?=\s+[^\s=])")),
                rule("support.function.task", word(words.tasks, r"(?=\s*(?:\[|$))")),
                rule("support.class", word(words.namespaces, r"(?=\s*\.)")),
                rule("storage.type", word(words.types, &format!(r"(?=\s+{name}\s*[,)])"))),
            ]},
            "functions": {"patterns": [
                rule("support.function", format!(r"(?i)\b(?:{})(?=\s*\()", functions.join("|"))),
                rule("entity.name.function.call", format!(r"{name}(?=\s*\()")),
                rule("variable.other", name.into()),
            ]},
            "numbers": {"patterns": [rule("constant.numeric", r"\b\d+(?:\.\d+)?\b|(?<![\w)\]}])\.\d+\b".into())]},
            "operators": {"patterns": [
                operator("comparison", words.comparisons),
                operator("assignment", &words.assignments[1..]),
                operator("logical", words.logic),
                operator("assignment", &words.assignments[..1]),
                operator("arithmetic", words.arithmetic),
                rule("punctuation.terminator", ";".into()),
                rule("punctuation.separator", "[,:.]".into()),
            ]},
            "brackets": {"patterns": [
                {
                    "begin": r"\[", "end": r"\]",
                    "beginCaptures": {"0": {"name": "punctuation.section.brackets.begin.deluge"}},
                    "endCaptures": {"0": {"name": "punctuation.section.brackets.end.deluge"}},
                    "patterns": [
                        {"include": "#comments"}, {"include": "#texts"},
                        rule("variable.parameter.attribute", attribute()),
                        {"include": "$self"},
                    ],
                },
                {"begin": r"\{", "end": r"\}", "patterns": [{"include": "$self"}]},
                {"begin": r"\(", "end": r"\)", "patterns": [{"include": "$self"}]},
            ]},
        },
    })
}

/// Words that steer the run, unless they are assigned to; `each` and `index` behind `for` only.
fn control() -> String {
    let words: Vec<&str> =
        VOCABULARY.control.iter().filter(|word| !["each", "index"].contains(word)).copied().collect();
    let each = r"for\s+each(?:\s+index(?=\s+(?!in\b)\p{L}))?";
    format!(r"(?i)(?<!\.)\b(?:{each}|else\s+if|{})\b(?!\s*=[^=])", words.join("|"))
}

/// Dates with numbers or names of months, with or without a time, and times.
fn date() -> String {
    let time = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s[AaPp][Mm])?";
    let part = r"(?:\d{1,4}|[A-Za-z]{3,9})";
    format!(r"'(?:(?:[A-Za-z]{{3,9}},\s?)?{part}[-/. ]{part}[-/. ,]\s?\d{{2,4}}(?:[ T]{time})?|{time})'")
}

/// Creator's words, where another word or a value follows.
fn creator() -> String {
    let words: Vec<String> = VOCABULARY.creator.iter().map(|words| words.replace(' ', r"\s+")).collect();
    format!(r"(?i)(?<!\.)\b(?:{})\b(?=\s*;|\s+[\p{{L}}_\x22]|\s*\(\x22|$)", words.join("|"))
}

/// `url :`, `content-type:`, `reply to :` and the fields of a record, `Total=`.
fn attribute() -> String {
    r"(?i)(?:reply\s+to|content\s+type|response\s+format|[\p{L}_][\p{L}\p{N}_]*(?:-[\p{L}]+)*)(?=\s*(?::|=(?!=)))"
        .into()
}

/// Which colour each letter of a text gets, found as editors do: line by line, the earliest match of the rules at hand.
struct Colours {
    lines: Vec<String>,
    /// The innermost scope of each byte of each line.
    scopes: Vec<Vec<String>>,
}

impl Colours {
    fn of(text: &str) -> Self {
        let grammar = grammar();
        let mut open: Vec<Value> = Vec::new();
        let mut known = HashMap::new();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let scopes = lines.iter().map(|line| colour(line, &grammar, &mut open, &mut known)).collect();
        assert!(open.is_empty(), "brackets are left open");
        Self { lines, scopes }
    }

    fn scope(&self, line: usize, text: &str) -> Option<&str> {
        let at = self.lines[line].find(text)?;
        let scopes = &self.scopes[line][at..at + text.len()];
        scopes.iter().all(|scope| *scope == scopes[0]).then(|| scopes[0].as_str())
    }
}

fn colour(line: &str, grammar: &Value, open: &mut Vec<Value>, known: &mut HashMap<String, Regex>) -> Vec<String> {
    let scope_of =
        |open: &[Value]| open.iter().rev().find_map(|rule| rule["name"].as_str()).unwrap_or_default().to_owned();
    let mut scopes = vec![String::new(); line.len()];
    let mut at = 0;
    while at < line.len() {
        let rules = flat(open.last().map_or(&grammar["patterns"], |rule| &rule["patterns"]), grammar);
        let end = open.last().map(|rule| json!({"match": rule["end"], "is_end": true}));
        let found = end.into_iter().chain(rules).enumerate().filter_map(|(rank, rule)| {
            let expression = rule["match"].as_str().or(rule["begin"].as_str()).unwrap();
            let regex = known.entry(expression.to_owned()).or_insert_with(|| Regex::new(expression).unwrap());
            let found = regex.captures_from_pos(line, at).unwrap()?;
            let groups: Vec<_> =
                (0..found.len()).map(|group| found.get(group).map(|one| (one.start(), one.end()))).collect();
            Some((groups[0].unwrap().0, rank, rule, groups))
        });
        let Some((start, _, rule, groups)) = found.min_by_key(|(start, rank, ..)| (*start, *rank)) else { break };
        let until = groups[0].unwrap().1;
        scopes[at..start].fill(scope_of(open));
        let outer = scope_of(open);
        let inner = rule["name"].as_str().map_or(outer, str::to_owned);
        scopes[start..until].fill(inner);
        for (group, place) in groups.iter().enumerate() {
            if let (Some(name), Some((start, end))) = (rule["captures"][group.to_string()]["name"].as_str(), place) {
                scopes[*start..*end].fill(name.to_owned());
            }
        }
        if rule["is_end"].is_boolean() {
            open.pop();
        } else if rule["begin"].is_string() {
            open.push(rule);
        }
        at = if until > at || !open.is_empty() { until } else { until + 1 };
    }
    let rest = scope_of(open);
    scopes[at.min(line.len())..].fill(rest);
    scopes
}

/// The rules with what they include put in its place.
fn flat(patterns: &Value, grammar: &Value) -> Vec<Value> {
    let mut rules = Vec::new();
    for rule in patterns.as_array().into_iter().flatten() {
        match rule["include"].as_str() {
            Some("$self") => rules.extend(flat(&grammar["patterns"], grammar)),
            Some(name) => rules.extend(flat(&grammar["repository"][&name[1..]]["patterns"], grammar)),
            None => rules.push(rule.clone()),
        }
    }
    rules
}
