//! When an input is over. The grammar decides, not a count of brackets; but a count spares it the work while a bracket is
//! open, so that a long function costs no more when it is read line by line.

use crate::syntax::{Ending, ending};

/// Whether more lines are needed before `text` can run: the parser finds a bracket, quote, comment, block or operator
/// whose other half is still to come. A missing `;` at the end asks for nothing, and a line that begins with `:` is a
/// command, always whole.
pub fn needs_more(text: &str) -> bool {
    !is_command(text) && ending(text) == Ending::Open
}

/// Whether a person at a terminal has had enough: two empty lines in a row submit what is there, so that nobody is kept
/// at the prompt by a quote that was opened somewhere.
pub fn gives_up(text: &str) -> bool {
    let tail = text.get(text.trim_end().len()..).unwrap_or_default();
    tail.bytes().filter(|byte| *byte == b'\n').count() >= 2
}

/// Puts inputs together from lines, where no terminal asks for them.
#[derive(Debug, Default)]
pub struct Gathering {
    text: String,
    /// Brackets that are open, as far as they can be told without reading everything; only a hint.
    open: Balance,
    /// The ending of `text`, when it is known.
    ending: Option<Ending>,
}

impl Gathering {
    /// Takes the next line, without its line break, and gives the inputs that are over with it: none while one is open,
    /// two when the line cannot belong to an `if` that was held back for its `else`.
    pub fn line(&mut self, line: &str) -> Vec<String> {
        let mut over = Vec::new();
        if self.ending == Some(Ending::ElseMayFollow) && !continues_if(line) && !is_blank(line) {
            over.extend(self.finish());
        }
        self.add(line);
        if is_command(&self.text) || self.open.is_closed() && self.judge() == Ending::Whole {
            over.extend(self.finish());
        }
        over
    }

    /// What is left when no line follows; it may be cut short.
    pub fn finish(&mut self) -> Option<String> {
        let Gathering { text, .. } = std::mem::take(self);
        (!is_blank(&text)).then_some(text)
    }

    fn add(&mut self, line: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line);
        self.open.read(line);
        self.ending = None;
    }

    fn judge(&mut self) -> Ending {
        let ending = ending(&self.text);
        self.ending = Some(ending);
        ending
    }
}

/// Brackets counted line by line, texts and comments left out. As for the parser, a `;` closes what is open in its
/// statement, so that a lost bracket costs no more than that.
#[derive(Debug, Default)]
struct Balance {
    /// Braces that hold statements.
    blocks: usize,
    /// Brackets within a statement.
    brackets: usize,
    /// The quote of the text, or `*` for the comment, in which the last line ended.
    inside: Option<u8>,
    /// The last byte that was neither white space nor in a comment.
    last: u8,
}

impl Balance {
    fn read(&mut self, line: &str) {
        let mut bytes = line.bytes().peekable();
        while let Some(byte) = bytes.next() {
            match (self.inside, byte) {
                (Some(b'*'), b'*') if bytes.peek() == Some(&b'/') => {
                    bytes.next();
                    self.inside = None;
                }
                (Some(b'*'), _) => {}
                (Some(_), b'\\') => {
                    bytes.next();
                }
                (Some(quote), byte) if quote == byte => self.inside = None,
                (Some(_), _) => {}
                (None, b'/') if bytes.peek() == Some(&b'/') => return,
                (None, b'/') if bytes.peek() == Some(&b'*') => {
                    bytes.next();
                    self.inside = Some(b'*');
                }
                (None, byte) => self.code(byte),
            }
        }
    }

    fn code(&mut self, byte: u8) {
        match byte {
            b'"' | b'\'' => self.inside = Some(byte),
            b'{' if self.brackets == 0 && !matches!(self.last, b'=' | b'(' | b',' | b':' | b'[' | b'+') => {
                self.blocks += 1;
            }
            b'(' | b'[' | b'{' => self.brackets += 1,
            b')' | b']' => self.brackets = self.brackets.saturating_sub(1),
            b'}' if self.brackets > 0 => self.brackets -= 1,
            b'}' => self.blocks = self.blocks.saturating_sub(1),
            b';' => self.brackets = 0,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            self.last = byte;
        }
    }

    fn is_closed(&self) -> bool {
        self.blocks + self.brackets == 0 && self.inside.is_none()
    }
}

fn is_command(text: &str) -> bool {
    text.trim_start().starts_with(':')
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Whether a line can go on with an `if` whose block is closed. A comment may stand before the `else`.
fn continues_if(line: &str) -> bool {
    let line = line.trim_start();
    let word = line.get(..4).filter(|word| word.eq_ignore_ascii_case("else"));
    line.starts_with("//")
        || word.is_some() && !line.chars().nth(4).is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::{Gathering, gives_up, needs_more};

    #[test]
    fn a_missing_semicolon_asks_for_nothing() {
        for text in ["", "a = 1", "x", "1 + 2", ":type {1,", "a = 1;", "}", "if(a) { }"] {
            assert!(!needs_more(text), "{text}");
        }
        for text in ["if(a)", "a = {1,", "info \"x", "/* x", "a = 1 +", "void f() {", "try { }"] {
            assert!(needs_more(text), "{text}");
        }
    }

    #[test]
    fn two_empty_lines_give_up() {
        assert!(!gives_up("if(a) {"));
        assert!(!gives_up("if(a) {\n"));
        assert!(gives_up("if(a) {\n\n"));
        assert!(gives_up("if(a) {\n  \n "));
        assert!(!gives_up("a\n\nif(b) {"));
    }

    fn gathered(lines: &str) -> Vec<String> {
        let mut gathering = Gathering::default();
        let mut inputs: Vec<String> = lines.lines().flat_map(|line| gathering.line(line)).collect();
        inputs.extend(gathering.finish());
        inputs
    }

    #[test]
    fn lines_become_inputs() {
        assert_eq!(gathered("a = 1\n\nb = 2;\n:vars\nc"), ["a = 1", "b = 2;", ":vars", "c"]);
        assert_eq!(gathered("a = {\n1,\n2}\nb"), ["a = {\n1,\n2}", "b"]);
        assert_eq!(gathered("a = \"x {\ny\";\nb"), ["a = \"x {\ny\";", "b"]);
        assert_eq!(gathered("a = 1 +\n2;"), ["a = 1 +\n2;"]);
        assert_eq!(gathered("if(a) {"), ["if(a) {"]);
        assert_eq!(gathered("a = f(1;\nb = {1;\nc"), ["a = f(1;", "b = {1;", "c"]);
    }

    #[test]
    fn the_bracket_of_a_task_may_come_with_the_next_line() {
        for task in
            ["r = invokeurl\n[\n\turl: \"u\"\n\ttype: GET\n];", "sendmail\n[\n\tto: \"a\"\n]", "insert into Orders\n["]
        {
            assert_eq!(gathered(task), [task]);
        }
        assert_eq!(gathered("m.invokeurls\n1"), ["m.invokeurls", "1"]);
    }

    #[test]
    fn a_choice_between_values_needs_no_block() {
        assert_eq!(gathered("if(a, 1, f(2))\n1"), ["if(a, 1, f(2))", "1"]);
        assert_eq!(gathered("if(a,\n1,\n2)\n1"), ["if(a,\n1,\n2)", "1"]);
        assert_eq!(gathered("if(f(a, b))\n{\n}"), ["if(f(a, b))\n{\n}"]);
    }

    #[test]
    fn an_else_belongs_to_the_if_before_it() {
        assert_eq!(gathered("if(a) {\n}\nelse {\n}\nb"), ["if(a) {\n}\nelse {\n}", "b"]);
        assert_eq!(gathered("if(a) {\n}\n\n// no\nelse if(b) {\n}"), ["if(a) {\n}\n\n// no\nelse if(b) {\n}"]);
        assert_eq!(gathered("if(a) { }\nelsewhere = 1"), ["if(a) { }", "elsewhere = 1"]);
        assert_eq!(gathered("if(a) { }\n:vars"), ["if(a) { }", ":vars"]);
    }

    #[test]
    fn a_long_function_is_not_read_again_at_each_line() {
        let lines = "  a = 1;\n".repeat(20_000);
        assert_eq!(gathered(&format!("void f() {{\n{lines}}}\n1")).len(), 2);
    }
}
