//! A regular expression of Java rewritten for the engine that runs it. Every sign is read here and written anew, because
//! the two agree on the frame only: `$`, `.`, `\h`, `\<` and `[\w-.]` mean other things there, groups with names forbid
//! references by number, and flags such as `(?d)` and `(?U)` do not exist. What cannot be rewritten is named in the error.
//!
//! Names of groups are kept here; the engine sees numbers.

use super::literal::Cursor;
use super::property;
use crate::builtins::error::bad_pattern;
use crate::value::Failure;

/// A rewritten pattern.
pub(super) struct Rewritten {
    /// The pattern as the engine reads it.
    pub source: String,
    /// The groups that have names.
    pub names: Vec<(String, usize)>,
}

/// Rewrites a pattern. In a text of one line, anchors and dots are simpler and so are searched faster.
pub(super) fn rewrite(source: &str, one_line: bool) -> Result<Rewritten, Failure> {
    let mut writer = Writer {
        cursor: Cursor::new(source),
        out: String::with_capacity(source.len() + 16),
        flags: Flags::default(),
        open: Vec::new(),
        atom: None,
        groups: 0,
        names: Vec::new(),
        one_line,
    };
    while let Some(sign) = writer.cursor.next() {
        writer.sign(sign)?;
    }
    if !writer.open.is_empty() {
        return Err(bad_pattern("a ( is not closed"));
    }
    Ok(Rewritten { source: writer.out, names: writer.names })
}

/// The flags that are settled while rewriting; `i` is the engine's.
#[derive(Clone, Copy, Default)]
struct Flags {
    /// `(?s)`: `.` is any sign.
    dot_all: bool,
    /// `(?m)`: `^` and `$` at every line.
    lines: bool,
    /// `(?d)`: only `\n` ends a line.
    unix_lines: bool,
    /// `(?x)`: blanks and comments do not count.
    comments: bool,
    /// `(?U)`: `\w` and the like know all of Unicode.
    unicode: bool,
}

struct Writer<'a> {
    cursor: Cursor<'a>,
    out: String,
    flags: Flags,
    /// The open groups: where they begin in `out`, and the flags before them.
    open: Vec<(usize, Flags)>,
    /// Where in `out` the part begins that a quantifier would repeat.
    atom: Option<usize>,
    groups: usize,
    names: Vec<(String, usize)>,
    one_line: bool,
}

/// The end of a line, of one sign.
const LINE_END: &str = "\n\r\u{85}\u{2028}\u{2029}";
/// Groups and classes inside one another.
const DEEPEST: usize = 50;

impl Writer<'_> {
    fn sign(&mut self, sign: char) -> Result<(), Failure> {
        match sign {
            '*' | '+' | '?' => return self.repeat(&sign.to_string()),
            '{' => return self.counted(),
            '|' => {
                self.out.push('|');
                self.atom = None;
            }
            '(' => return self.group(),
            ')' => {
                let (start, flags) = self.open.pop().ok_or_else(|| bad_pattern("a ) without its ("))?;
                self.out.push(')');
                self.flags = flags;
                self.atom = Some(start);
            }
            '[' => {
                self.atom = Some(self.out.len());
                self.class(0)?;
            }
            '^' | '$' | '.' => self.sign_of_place(sign),
            '\\' => return self.escape(),
            '#' if self.flags.comments => while !matches!(self.cursor.next(), None | Some('\n' | '\r')) {},
            blank if self.flags.comments && blank.is_ascii_whitespace() => {}
            other => self.literal(other),
        }
        Ok(())
    }

    fn literal(&mut self, sign: char) {
        self.atom = Some(self.out.len());
        if matches!(sign, '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$') {
            self.out.push('\\');
        }
        self.out.push(sign);
    }

    fn atom(&mut self, written: &str) {
        self.atom = Some(self.out.len());
        self.out.push_str(written);
    }

    fn sign_of_place(&mut self, sign: char) {
        let Flags { dot_all, lines, unix_lines, .. } = self.flags;
        let end_of_text = r"\z";
        let written = match sign {
            '.' if dot_all => r"(?s:.)".to_owned(),
            '.' if unix_lines || self.one_line => "[^\n]".to_owned(),
            '.' => format!("[^{LINE_END}]"),
            '^' if !lines || self.one_line => r"\A".to_owned(),
            '^' if unix_lines => r"(?:\A|(?<=\n)(?!\z))".to_owned(),
            '^' => format!("(?:\\A|(?<=[{LINE_END}])(?<!\\r(?=\\n))(?!\\z))"),
            _ if self.one_line => end_of_text.to_owned(),
            _ if lines && unix_lines => r"(?:(?=\n)|\z)".to_owned(),
            _ if lines => format!("(?:(?=[{LINE_END}])(?<!\\r(?=\\n))|\\z)"),
            _ => self.last_line_end(),
        };
        self.atom(&written);
    }

    /// The end of the text, or before the line end with which the text ends.
    fn last_line_end(&self) -> String {
        match self.flags.unix_lines {
            _ if self.one_line => r"\z".to_owned(),
            true => r"(?:(?=\n?\z))".to_owned(),
            false => format!("(?:(?=(?:\\r\\n|[{LINE_END}])?\\z)(?<!\\r(?=\\n)))"),
        }
    }

    /// `{2}`, `{2,}` or `{2,5}`.
    fn counted(&mut self) -> Result<(), Failure> {
        let inside = self.cursor.until('}').unwrap_or_default();
        let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
        let is_count = |digits: &str| digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if least.is_empty() || !is_count(least) || !is_count(most) {
            return Err(bad_pattern("a { that counts nothing; write \\\\{ for the sign itself"));
        }
        if !most.is_empty() && least.parse::<u32>().ok() > most.parse::<u32>().ok() {
            return Err(bad_pattern("a repetition {…} whose first number is the greater"));
        }
        self.repeat(&format!("{{{inside}}}"))
    }

    fn repeat(&mut self, quantifier: &str) -> Result<(), Failure> {
        let Some(start) = self.atom.take() else {
            return Err(bad_pattern(&format!("nothing stands before {quantifier} that could be repeated")));
        };
        self.out.push_str(quantifier);
        if self.cursor.takes("?") {
            self.out.push('?');
        } else if self.cursor.takes("+") {
            // What a possessive repetition has taken it does not give back, which is an atomic group.
            self.out.insert_str(start, "(?>");
            self.out.push(')');
        }
        Ok(())
    }

    fn group(&mut self) -> Result<(), Failure> {
        if self.open.len() >= DEEPEST {
            return Err(bad_pattern(&format!("more than {DEEPEST} groups inside one another")));
        }
        let (start, before) = (self.out.len(), self.flags);
        let plain = ["?:", "?=", "?!", "?<=", "?<!", "?>"].into_iter().find(|opening| self.cursor.takes(opening));
        if let Some(opening) = plain {
            self.out.push('(');
            self.out.push_str(opening);
        } else if self.cursor.takes("?<") {
            let name = self.cursor.until('>').unwrap_or_default();
            let starts_well = name.starts_with(|sign: char| sign.is_ascii_alphabetic());
            if !starts_well || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return Err(bad_pattern("the name of a group is made of letters and digits and closed by >"));
            }
            if self.names.iter().any(|(known, _)| known == name) {
                return Err(bad_pattern(&format!("two groups are called {name}")));
            }
            self.groups += 1;
            self.names.push((name.to_owned(), self.groups));
            self.out.push('(');
        } else if self.cursor.takes("?") {
            if !self.flags()? {
                // `(?i)` holds to the end of the group around it.
                self.atom = None;
                return Ok(());
            }
        } else {
            self.groups += 1;
            self.out.push('(');
        }
        self.open.push((start, before));
        self.atom = None;
        Ok(())
    }

    /// The flags after `(?`. Tells whether a group follows: `(?i:…)`.
    fn flags(&mut self) -> Result<bool, Failure> {
        let (mut sets, mut ignores_case) = (true, None);
        loop {
            match self.cursor.next() {
                Some('-') if sets => sets = false,
                Some('i') => ignores_case = Some(sets),
                Some('s') => self.flags.dot_all = sets,
                Some('m') => self.flags.lines = sets,
                Some('d') => self.flags.unix_lines = sets,
                Some('x') => self.flags.comments = sets,
                Some('U') => self.flags.unicode = sets,
                // Letter case is always that of Unicode here.
                Some('u') => {}
                Some(end @ (')' | ':')) => {
                    let case = match ignores_case {
                        Some(true) => "(?i",
                        Some(false) => "(?-i",
                        None => "(?",
                    };
                    if end == ':' || ignores_case.is_some() {
                        self.out.push_str(case);
                        self.out.push(end);
                    }
                    return Ok(end == ':');
                }
                Some(other) => return Err(bad_pattern(&format!("(?{other} begins no group that Java knows"))),
                None => return Err(bad_pattern("a ( is not closed")),
            }
        }
    }

    /// What follows a `\` outside a class.
    fn escape(&mut self) -> Result<(), Failure> {
        let sign = self.cursor.peek().ok_or_else(|| bad_pattern("it ends with a single \\"))?;
        if let Some(set) = self.set(sign)? {
            self.atom(&set);
            return Ok(());
        }
        match sign {
            'b' | 'B' | 'A' | 'z' | 'G' => {
                self.cursor.next();
                if self.cursor.peek() == Some('{') {
                    return Err(bad_pattern("\\b{…} is not supported; use \\b"));
                }
                self.atom(match sign {
                    'b' => r"\b",
                    'B' => r"\B",
                    'A' => r"\A",
                    'z' => r"\z",
                    _ => r"\G",
                });
            }
            'Z' => {
                self.cursor.next();
                let written = self.last_line_end();
                self.atom(&written);
            }
            'R' => {
                self.cursor.next();
                self.atom("(?:\r\n|[\n-\r\u{85}\u{2028}\u{2029}])");
            }
            'Q' => {
                self.cursor.next();
                for quoted in self.cursor.quoted().chars() {
                    self.literal(quoted);
                }
            }
            'k' => {
                self.cursor.next();
                let name = self.cursor.takes("<").then(|| self.cursor.until('>')).flatten().unwrap_or_default();
                let group = self.names.iter().find(|(known, _)| known == name).map(|(_, group)| *group);
                let group = group.ok_or_else(|| bad_pattern("\\k<…> names no group before it"))?;
                self.atom(&format!("(?:\\{group})"));
            }
            '1'..='9' => {
                let group = self.cursor.reference(self.groups);
                let group =
                    group.ok_or_else(|| bad_pattern(&format!("\\{sign} refers to a group that is not there")))?;
                self.atom(&format!("(?:\\{group})"));
            }
            _ => {
                let sign = self.cursor.escaped()?;
                self.literal(sign);
            }
        }
        Ok(())
    }

    /// The set that a letter after `\` stands for, as a class; the letter is taken then.
    fn set(&mut self, letter: char) -> Result<Option<String>, Failure> {
        if matches!(letter, 'p' | 'P') {
            self.cursor.next();
            let name = match self.cursor.next() {
                Some('{') => self.cursor.until('}').ok_or_else(|| bad_pattern("\\p{ is not closed"))?.to_owned(),
                Some(name) => name.to_string(),
                None => return Err(bad_pattern("it ends with a single \\p")),
            };
            return property::named(&name, letter == 'P', self.flags.unicode).map(Some);
        }
        let set = property::letter(letter, self.flags.unicode);
        if set.is_some() {
            self.cursor.next();
        }
        Ok(set)
    }

    /// A class, after its `[`.
    fn class(&mut self, depth: usize) -> Result<(), Failure> {
        if depth >= DEEPEST {
            return Err(bad_pattern(&format!("more than {DEEPEST} classes inside one another")));
        }
        self.out.push('[');
        if self.cursor.takes("^") {
            self.out.push('^');
        }
        let mut is_first = true;
        loop {
            match self.cursor.next().ok_or_else(|| bad_pattern("a [ is not closed"))? {
                ']' if !is_first => {
                    self.out.push(']');
                    return Ok(());
                }
                '[' => self.class(depth + 1)?,
                '&' if self.cursor.takes("&") => self.out.push_str("&&"),
                '\\' if self.cursor.takes("Q") => self.cursor.quoted().chars().for_each(|sign| self.member(sign)),
                '\\' => {
                    let letter = self.cursor.peek().ok_or_else(|| bad_pattern("it ends with a single \\"))?;
                    match self.set(letter)? {
                        Some(set) => self.out.push_str(&set),
                        None => {
                            let sign = self.cursor.escaped()?;
                            self.range(sign)?;
                        }
                    }
                }
                blank if self.flags.comments && blank.is_ascii_whitespace() => {}
                sign => self.range(sign)?,
            }
            is_first = false;
        }
    }

    /// A sign of a class, or the signs from it to another one.
    fn range(&mut self, from: char) -> Result<(), Failure> {
        let mut ahead = self.cursor.clone();
        let to = match (ahead.next(), ahead.next()) {
            // A - before a class, a set or the end is itself.
            (Some('-'), Some(']' | '[') | None) => None,
            (Some('-'), Some('\\')) => match ahead.peek() {
                Some(letter) if property::is_set(letter) => None,
                _ => Some(ahead.escaped()?),
            },
            (Some('-'), to) => to,
            _ => None,
        };
        self.member(from);
        match to {
            Some(to) if to < from => return Err(bad_pattern(&format!("the range {from}-{to} runs backwards"))),
            Some(to) => {
                self.cursor = ahead;
                self.out.push('-');
                self.member(to);
            }
            // As a range of one, lest the engine sees the name of a set in `[[:alpha:]]`.
            None if from == ':' => self.out.push_str("-:"),
            None => {}
        }
        Ok(())
    }

    fn member(&mut self, sign: char) {
        if matches!(sign, '\\' | '[' | ']' | '^' | '-' | '&' | '~') {
            self.out.push('\\');
        }
        self.out.push(sign);
    }
}
