//! Words of a path. Whether `*` multiplies or means any element, and whether `and` is an operator or a name, depends on
//! what stands before; the parser knows by where it asks, so the words carry no role.

use logos::Logos;

use crate::value::xml::Problem;

#[derive(Clone, Copy, Debug, Logos, PartialEq)]
#[logos(skip r"[ \t\r\n]+")]
pub(super) enum Token<'a> {
    /// `name` or `prefix:name`
    #[regex(r"[\p{L}\p{Nl}_][\p{L}\p{M}\p{N}_.\-·]*(:[\p{L}\p{Nl}_][\p{L}\p{M}\p{N}_.\-·]*)?")]
    Name(&'a str),
    /// `prefix:*`, without the `:*`
    #[regex(r"[\p{L}\p{Nl}_][\p{L}\p{M}\p{N}_.\-·]*:\*", |word| word.slice().trim_end_matches(":*"))]
    AnyOf(&'a str),
    #[token("*")]
    Star,
    #[regex(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")]
    Number(&'a str),
    /// A text without its quotes.
    #[regex(r#""[^"]*""#, |word| word.slice().trim_matches('"'))]
    #[regex(r"'[^']*'", |word| word.slice().trim_matches('\''))]
    Text(&'a str),
    #[token("/")]
    Slash,
    #[token("//")]
    DoubleSlash,
    #[token(".")]
    Dot,
    #[token("..")]
    DoubleDot,
    #[token("@")]
    At,
    #[token("::")]
    DoubleColon,
    #[token(",")]
    Comma,
    #[token("(")]
    Open,
    #[token(")")]
    Close,
    #[token("[")]
    OpenPredicate,
    #[token("]")]
    ClosePredicate,
    #[token("|")]
    Bar,
    #[token("+")]
    Plus,
    #[token("-")]
    Minus,
    #[token("=")]
    Equal,
    #[token("!=")]
    NotEqual,
    #[token("<")]
    Less,
    #[token("<=")]
    LessOrEqual,
    #[token(">")]
    Greater,
    #[token(">=")]
    GreaterOrEqual,
}

impl Token<'_> {
    /// How a word that is always the same is written; nothing for the others.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Token::Name(_) | Token::AnyOf(_) | Token::Number(_) | Token::Text(_) => "",
            Token::Star => "*",
            Token::Slash => "/",
            Token::DoubleSlash => "//",
            Token::Dot => ".",
            Token::DoubleDot => "..",
            Token::At => "@",
            Token::DoubleColon => "::",
            Token::Comma => ",",
            Token::Open => "(",
            Token::Close => ")",
            Token::OpenPredicate => "[",
            Token::ClosePredicate => "]",
            Token::Bar => "|",
            Token::Plus => "+",
            Token::Minus => "-",
            Token::Equal => "=",
            Token::NotEqual => "!=",
            Token::Less => "<",
            Token::LessOrEqual => "<=",
            Token::Greater => ">",
            Token::GreaterOrEqual => ">=",
        }
    }
}

/// The words of a path.
pub(super) fn words(path: &str) -> Result<Vec<Token<'_>>, Problem> {
    let mut lexer = Token::lexer(path);
    let mut words = Vec::new();
    while let Some(word) = lexer.next() {
        match word {
            Ok(word) => words.push(word),
            Err(()) => {
                let shown: String = lexer.slice().chars().take(20).collect();
                return Err(Problem::Path(format!("`{shown}` has no meaning in it")));
            }
        }
    }
    Ok(words)
}
