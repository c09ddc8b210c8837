//! Colours for what is being typed. The roles come from the parser's own passes, so that what looks like a keyword is
//! read as one. Only codes are added: without them the text is what it was, letter for letter.

use crate::catalogue::{Catalogue, Group};
use crate::repl::command::{Argument, COMMANDS, Command, Typed};
use crate::syntax::{Piece, Role, Shape, pieces};

/// Longer texts, in bytes, are shown plain: each key would colour all of it again.
pub const MOST_BYTES: usize = 200_000;

const RESET: &str = "\x1b[0m";

/// One of the terminal's sixteen colours, whatever the person has made of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Colour {
    Plain,
    Keyword,
    Constant,
    Number,
    Text,
    Comment,
    Attribute,
    /// A task, a built-in function, a command.
    Known,
    /// A bracket at the cursor and its partner.
    Partner,
    Wrong,
}

impl Colour {
    fn code(self) -> &'static str {
        match self {
            Colour::Plain => "",
            Colour::Keyword => "\x1b[35m",
            Colour::Constant | Colour::Number => "\x1b[33m",
            Colour::Text => "\x1b[32m",
            Colour::Comment => "\x1b[90m",
            Colour::Attribute => "\x1b[36m",
            Colour::Known => "\x1b[34m",
            Colour::Partner => "\x1b[1;96m",
            Colour::Wrong => "\x1b[31m",
        }
    }
}

/// `text` with codes of colours. `cursor` is the byte at which the cursor stands: the brackets of the pair at it stand out.
pub fn highlight(text: &str, cursor: Option<usize>, catalogue: &Catalogue) -> String {
    if text.len() > MOST_BYTES {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() * 2);
    let code = text.get(command_end(text)..).unwrap_or_default();
    let start = text.len() - code.len();
    let head = text.get(..start).unwrap_or_default();
    add(&mut out, head, command_colour(head));
    if start > 0 && !takes_code(head) {
        out.push_str(code);
        return out;
    }
    add_code(&mut out, code, cursor.and_then(|cursor| cursor.checked_sub(start)), catalogue);
    out
}

/// Whether the character at the cursor, or the one before it, is a bracket, so that moving there changes colours.
pub fn touches_bracket(text: &str, cursor: usize) -> bool {
    let is_bracket = |at: usize| matches!(text.as_bytes().get(at), Some(b'(' | b')' | b'[' | b']' | b'{' | b'}'));
    is_bracket(cursor) || cursor.checked_sub(1).is_some_and(is_bracket)
}

fn add_code(out: &mut String, text: &str, cursor: Option<usize>, catalogue: &Catalogue) {
    let pieces = pieces(text);
    let brackets = brackets(text, &pieces, cursor);
    let mut end = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let range = piece.span.range();
        out.push_str(text.get(end..range.start).unwrap_or_default());
        end = range.end;
        let written = text.get(range).unwrap_or_default();
        let colour = match piece.shape {
            Shape::Open | Shape::Close => brackets.get(at).copied().unwrap_or(Colour::Plain),
            _ => colour(text, &pieces, at, catalogue),
        };
        add(out, written, colour);
    }
    out.push_str(text.get(end..).unwrap_or_default());
}

fn colour(text: &str, pieces: &[Piece], at: usize, catalogue: &Catalogue) -> Colour {
    let Some(piece) = pieces.get(at) else { return Colour::Plain };
    match (piece.shape, piece.role) {
        (_, Role::Keyword) => Colour::Keyword,
        (_, Role::Constant) => Colour::Constant,
        (_, Role::Attribute) => Colour::Attribute,
        (_, Role::Task) => Colour::Known,
        (Shape::Number, _) => Colour::Number,
        (Shape::Text | Shape::OpenText, _) => Colour::Text,
        (Shape::Comment, _) => Colour::Comment,
        (Shape::Bad, _) => Colour::Wrong,
        (Shape::Word, _) if is_known(text, pieces, at, catalogue) => Colour::Known,
        _ => Colour::Plain,
    }
}

/// Whether a word names a built-in that is called, or is part of a platform's name such as `zoho.crm.getRecords`.
fn is_known(text: &str, pieces: &[Piece], at: usize, catalogue: &Catalogue) -> bool {
    let written = |at: usize| pieces.get(at).and_then(|piece| text.get(piece.span.range())).unwrap_or_default();
    let is_word = |at: usize| pieces.get(at).is_some_and(|piece| piece.shape == Shape::Word);
    let word = written(at);
    let behind_dot = at > 0 && written(at - 1) == ".";
    let group = catalogue.find(word).and_then(|number| catalogue.group(number));
    if written(at + 1) == "(" {
        let fits = |group: &Group| if behind_dot { group.is_method() } else { true };
        if group.is_some_and(fits) || !behind_dot && catalogue.called_task(word).is_some() {
            return true;
        }
    }
    // The first word of the dotted name; names of tasks have few parts.
    let mut first = at;
    while first >= 2 && at - first < 12 && written(first - 1) == "." && is_word(first - 2) {
        first -= 2;
    }
    written(first).eq_ignore_ascii_case("zoho") && (first < at || written(at + 1) == ".")
}

/// The colour of each piece that is a bracket: those of the pair at the cursor, and those that close nothing.
fn brackets(text: &str, pieces: &[Piece], cursor: Option<usize>) -> Vec<Colour> {
    let mut colours = vec![Colour::Plain; pieces.len()];
    let letter = |piece: &Piece| text.as_bytes().get(piece.span.start as usize).copied().unwrap_or_default();
    let is_bracket = |piece: &Piece| matches!(piece.shape, Shape::Open | Shape::Close);
    let at_cursor = cursor.and_then(|cursor| {
        let stands = |edge: fn(&Piece) -> u32| pieces.iter().position(|p| is_bracket(p) && edge(p) as usize == cursor);
        stands(|piece| piece.span.start).or_else(|| stands(|piece| piece.span.end))
    });
    let mut open: Vec<(usize, u8)> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece.shape {
            Shape::Open => open.push((at, closer(letter(piece)))),
            Shape::Close if open.last().is_some_and(|(_, closer)| *closer == letter(piece)) => {
                let opened = open.pop().map_or(at, |(opened, _)| opened);
                if at_cursor.is_some_and(|cursor| cursor == at || cursor == opened) {
                    for partner in [opened, at] {
                        colours.iter_mut().skip(partner).take(1).for_each(|colour| *colour = Colour::Partner);
                    }
                }
            }
            Shape::Close => colours.iter_mut().skip(at).take(1).for_each(|colour| *colour = Colour::Wrong),
            _ => {}
        }
    }
    colours
}

fn closer(opener: u8) -> u8 {
    match opener {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

/// Where the name of a command ends; 0 when the text is Deluge.
fn command_end(text: &str) -> usize {
    let blank = text.len() - text.trim_start().len();
    let rest = text.get(blank..).unwrap_or_default();
    match rest.strip_prefix(':') {
        None => 0,
        Some(name) => {
            let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
            blank + 1 + name.find(|letter| !is_name(letter)).unwrap_or(name.len())
        }
    }
}

/// A command is known, or still being typed, or wrong.
fn command_colour(written: &str) -> Colour {
    let name = Typed::read(written).map_or("", |typed| typed.name);
    match Command::find(name) {
        Some(_) => Colour::Known,
        None if COMMANDS.iter().any(|command| command.name.starts_with(&name.to_lowercase())) => Colour::Plain,
        None => Colour::Wrong,
    }
}

/// Whether Deluge stands behind the command.
fn takes_code(command: &str) -> bool {
    let typed = Typed::read(command).and_then(|typed| Command::find(typed.name));
    typed.is_some_and(|command| command.argument == Argument::Expression)
}

/// Adds a piece in a colour, which ends at the end of each line: a terminal may be told to draw lines one by one.
fn add(out: &mut String, written: &str, colour: Colour) {
    if colour == Colour::Plain {
        out.push_str(written);
        return;
    }
    for line in written.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        if !line.is_empty() {
            out.push_str(colour.code());
            out.push_str(line);
            out.push_str(RESET);
        }
        out.push_str(end);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::{MOST_BYTES, highlight, touches_bracket};
    use crate::builtins;
    use crate::catalogue::Catalogue;
    use crate::tasks;

    fn catalogue() -> Catalogue {
        Catalogue::new(builtins::tables(), builtins::SYSTEM_VARIABLES, tasks::load)
    }

    /// The text with `‹colour:…›` in place of codes.
    fn shown(text: &str, cursor: Option<usize>) -> String {
        let mut shown = highlight(text, cursor, &catalogue()).replace("\x1b[0m", "›");
        for (code, name) in [
            ("35", "keyword"),
            ("33", "value"),
            ("32", "text"),
            ("90", "comment"),
            ("36", "attribute"),
            ("34", "known"),
            ("1;96", "pair"),
            ("31", "wrong"),
        ] {
            shown = shown.replace(&format!("\x1b[{code}m"), &format!("‹{name}:"));
        }
        shown
    }

    #[test]
    fn words_and_texts() {
        assert_eq!(
            shown("if(a == null) { info \"x\" + 5; } // so", None),
            "‹keyword:if›(a == ‹value:null›) { ‹keyword:info› ‹text:\"x\"› + ‹value:5›; } ‹comment:// so›"
        );
        assert_eq!(shown("info = 1", None), "info = ‹value:1›");
    }

    #[test]
    fn what_the_catalogue_knows() {
        assert_eq!(shown("a.toUpperCase().foo(b)", None), "a.‹known:toUpperCase›().foo(b)");
        assert_eq!(shown("ifnull(size, x)", None), "‹known:ifnull›(size, x)");
        assert_eq!(
            shown("zoho.crm.getRecords(\"Leads\")", None),
            "‹known:zoho›.‹known:crm›.‹known:getRecords›(‹text:\"Leads\"›)"
        );
        assert_eq!(
            shown("invokeurl [ url : u type : GET ]", None),
            "‹known:invokeurl› [ ‹attribute:url› : u ‹attribute:type› : GET ]"
        );
    }

    #[test]
    fn brackets_at_the_cursor_and_those_that_close_nothing() {
        assert_eq!(shown("f([1])", Some(6)), "f‹pair:(›[‹value:1›]‹pair:)›");
        assert_eq!(shown("f([1])", Some(2)), "f(‹pair:[›‹value:1›‹pair:]›)");
        assert_eq!(shown("f(1]", Some(0)), "f(‹value:1›‹wrong:]›");
        assert_eq!(shown("\"(\" )", Some(1)), "‹text:\"(\"› ‹wrong:)›");
        assert!(touches_bracket("f()", 1) && touches_bracket("f()", 3) && !touches_bracket("f()", 0));
    }

    #[test]
    fn commands() {
        assert_eq!(shown(":type 1", None), "‹known::type› ‹value:1›");
        assert_eq!(shown(":load if.dg", None), "‹known::load› if.dg");
        assert_eq!(shown(":nonsense 1", None), "‹wrong::nonsense› 1");
        assert_eq!(shown(":re", None), ":re", "it may become one of several");
    }

    #[test]
    fn a_text_of_several_lines_is_coloured_line_by_line() {
        assert_eq!(shown("\"a\n\nb\"", None), "‹text:\"a›\n\n‹text:b\"›");
        assert_eq!(shown("info \"a", None), "‹keyword:info› ‹text:\"a›");
    }

    #[test]
    fn a_long_text_is_shown_plain() {
        let long = "a = 1;\n".repeat(MOST_BYTES / 7 + 1);
        assert_eq!(highlight(&long, Some(0), &catalogue()), long);
    }

    proptest! {
        #[test]
        fn only_codes_are_added(text in "([ -~]|\n|é|😀|\u{301}){0,60}", cursor in 0_usize..70) {
            let coloured = highlight(&text, Some(cursor), &catalogue());
            prop_assert_eq!(without_codes(&coloured), text);
        }

        #[test]
        fn also_to_likely_texts(words in prop::collection::vec(prop::sample::select(WORDS), 0..30), cursor in 0_usize..70) {
            let text = words.concat();
            let coloured = highlight(&text, Some(cursor), &catalogue());
            prop_assert_eq!(without_codes(&coloured), text);
        }
    }

    const WORDS: &[&str] = &[
        ":type",
        ":",
        "info ",
        "if",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        "\"a",
        "\"",
        "'",
        "//",
        "/*",
        "*/",
        "\n",
        " ",
        "x",
        ".",
        "=",
        ";",
        "invokeurl",
        "url",
        "zoho",
        "crm",
        "1",
        "é",
    ];

    fn without_codes(coloured: &str) -> String {
        let mut plain = String::new();
        let mut parts = coloured.split("\x1b[");
        plain.push_str(parts.next().unwrap());
        for part in parts {
            plain.push_str(part.split_once('m').unwrap().1);
        }
        plain
    }
}
