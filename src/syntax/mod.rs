//! From text to tree. The lexer cuts the text into tokens, the context pass settles all that depends on where a token
//! stands (which is what keeps the grammar LR(1)), the LALRPOP grammar builds the tree, and what goes wrong becomes
//! diagnostics. Nothing outside this room knows that LALRPOP exists.

pub mod ast;
mod context;
mod dialect;
mod error;
mod expected;
mod export;
mod format;
mod infix;
mod lexer;
mod outline;
mod parser;
mod pieces;
mod token;
mod tree;
mod unescape;
mod vocabulary;

pub use dialect::Dialect;
pub use error::WARNINGS;
pub use export::{Application, ExportedScript, read_export};
pub use format::format;
pub use outline::{Header, Outline, Unparsed};
pub use parser::{Ending, Parsed, ending, parse, parse_input};
pub use pieces::{Piece, Role, Shape, pieces};
pub use tree::Arena;
pub use unescape::unescape;
pub use vocabulary::{VOCABULARY, Vocabulary};

#[cfg(test)]
mod tests;
