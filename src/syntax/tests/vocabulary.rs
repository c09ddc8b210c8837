//! The vocabulary names what the lexer and the context pass know, and nothing else.

use crate::syntax::VOCABULARY;
use crate::syntax::context::words::{is_task, is_type, keyword};
use crate::syntax::lexer::lex;
use crate::syntax::token::Raw;

fn kind(sign: &str) -> Raw {
    let tokens = lex(sign, &[]);
    assert_eq!(tokens.len(), 1, "{sign}");
    tokens[0].kind
}

#[test]
fn every_operator_of_the_lexer_is_in_the_vocabulary() {
    use Raw::*;
    let kinds = |signs: &[&str]| signs.iter().map(|sign| kind(sign)).collect::<Vec<_>>();
    assert_eq!(kinds(VOCABULARY.comparisons), [Equal, NotEqual, LessOrEqual, GreaterOrEqual, Less, Greater]);
    assert_eq!(kinds(VOCABULARY.logic), [And, Or, Bang]);
    assert_eq!(kinds(VOCABULARY.arithmetic), [Plus, Minus, Star, Slash, Percent]);
    let assignments = [Assign, AddAssign, SubtractAssign, MultiplyAssign, DivideAssign, RemainderAssign];
    assert_eq!(kinds(VOCABULARY.assignments), assignments);
}

#[test]
fn the_words_are_those_that_the_context_pass_knows() {
    let groups = [VOCABULARY.control, VOCABULARY.statements, VOCABULARY.constants, VOCABULARY.word_operators];
    for word in groups.concat() {
        // `each` and `index` have a meaning only behind `for`.
        assert!(keyword(word).is_some() || ["each", "index"].contains(&word), "{word}");
    }
    assert!(VOCABULARY.types.iter().all(|word| is_type(word)));
    assert!(VOCABULARY.tasks.iter().all(|word| is_task(word)));
}
