//! The text of an HTML message for readers that show no HTML. It need not be pretty: it must be readable, and take a time
//! that grows with the length of the message and nothing else.

/// Elements that begin a line.
const BLOCKS: [&str; 18] = [
    "address",
    "article",
    "blockquote",
    "br",
    "dd",
    "div",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "p",
    "table",
    "tr",
];

/// Elements whose content is no text.
const HIDDEN: [&str; 4] = ["head", "script", "style", "title"];

/// Character references that mails have; others stay as they are.
const REFERENCES: [(&str, &str); 7] =
    [("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("nbsp", " "), ("copy", "©")];

/// The longest character reference that is looked for.
const LONGEST_REFERENCE: usize = 12;

/// The text of an HTML message.
pub(super) fn of_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (text, from) = rest.split_at(at);
        write_text(text, &mut out);
        rest = if from.starts_with('&') { reference(from, &mut out) } else { tag(from, &mut out) };
    }
    write_text(rest, &mut out);
    out.trim().to_owned()
}

/// Takes a tag, a comment, or a `<` that is neither.
fn tag<'t>(from: &'t str, out: &mut String) -> &'t str {
    if let Some(comment) = from.strip_prefix("<!--") {
        return comment.split_once("-->").map_or("", |(_, rest)| rest);
    }
    let inner = from.get(1..).unwrap_or_default();
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
        out.push('<');
        return inner;
    }
    let Some((tag, rest)) = inner.split_once('>') else {
        return "";
    };
    let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    let ends = tag.starts_with('/');
    if HIDDEN.contains(&name.as_str()) && !ends {
        return behind_end(rest, &name);
    }
    if BLOCKS.contains(&name.as_str()) {
        line_break(out, name == "p" || name == "table" || name.starts_with('h'));
        if name == "li" && !ends {
            out.push_str("- ");
        }
    } else if matches!(name.as_str(), "td" | "th") && ends {
        out.push(' ');
    }
    rest
}

/// What follows the end of an element whose content is left out.
fn behind_end<'t>(text: &'t str, name: &str) -> &'t str {
    let mut rest = text;
    while let Some((_, from)) = rest.split_once("</") {
        let is_end = from.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
        if is_end {
            return from.split_once('>').map_or("", |(_, rest)| rest);
        }
        rest = from;
    }
    ""
}

/// Takes a character reference, or an `&` that is none.
fn reference<'t>(from: &'t str, out: &mut String) -> &'t str {
    let inner = from.get(1..).unwrap_or_default();
    let near = inner.char_indices().take(LONGEST_REFERENCE).find(|(_, character)| *character == ';');
    let Some((end, _)) = near else {
        out.push('&');
        return inner;
    };
    let (name, rest) = (inner.get(..end).unwrap_or_default(), inner.get(end + 1..).unwrap_or_default());
    match meaning(name) {
        Some(text) => out.push_str(&text),
        None => out.push_str(from.get(..end + 2).unwrap_or_default()),
    }
    rest
}

fn meaning(name: &str) -> Option<String> {
    if let Some((_, text)) = REFERENCES.iter().find(|(known, _)| *known == name) {
        return Some((*text).to_owned());
    }
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).map(String::from)
}

/// Text with runs of blanks as one.
fn write_text(text: &str, out: &mut String) {
    for character in text.chars() {
        if !character.is_whitespace() {
            out.push(character);
        } else if !out.is_empty() && !out.ends_with(char::is_whitespace) {
            out.push(' ');
        }
    }
}

/// Begins a line, behind an empty one for a paragraph.
fn line_break(out: &mut String, is_paragraph: bool) {
    let kept = out.trim_end_matches(' ').len();
    out.truncate(kept);
    if out.is_empty() {
        return;
    }
    let wanted = if is_paragraph { 2 } else { 1 };
    let present = out.bytes().rev().take(2).take_while(|byte| *byte == b'\n').count();
    out.extend(std::iter::repeat_n('\n', usize::saturating_sub(wanted, present)));
}

#[cfg(test)]
mod tests {
    use super::of_html;

    #[test]
    fn html_becomes_text() {
        for (html, text) in [
            ("Let's meet at 5", "Let's meet at 5"),
            ("<p>Dear Ada,</p>\n<p>welcome &amp; hello.</p>", "Dear Ada,\n\nwelcome & hello."),
            ("a<br>b<br/>c", "a\nb\nc"),
            ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
            ("<style>p { color: red }</style><b>x</b> &lt;y&gt; &#65;&#x42; &nope; & z", "x <y> AB &nope; & z"),
            ("1 < 2 <!-- no --> 3", "1 < 2 3"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
            ("open <b", "open"),
            ("", ""),
        ] {
            assert_eq!(of_html(html), text, "{html}");
        }
    }

    #[test]
    fn long_runs_take_no_long() {
        let begun = std::time::Instant::now();
        for part in ["<", "&", "<style>", "</", "<p>", "<!--", "&#", "<a "] {
            of_html(&part.repeat(200_000 / part.len()));
        }
        assert!(begun.elapsed() < std::time::Duration::from_secs(5), "{:?}", begun.elapsed());
    }
}
