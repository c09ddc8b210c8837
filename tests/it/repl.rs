//! The prompt as a person sees it: the real program in a terminal of tmux, keys sent to it, and the screen compared; and as
//! a file sees it that is fed to it.

mod completion;
mod editing;
mod errors;
mod guide;
mod history;
mod lines;
mod running;
mod terminal;
mod values;

/// A terminal with the prompt in it; the test is over where there is no terminal.
macro_rules! prompt {
    ($desk:expr, $($option:expr),*) => {{
        if crate::repl::terminal::terminal_missing() {
            return;
        }
        crate::repl::terminal::Terminal::prompt($desk, &[$($option),*])
    }};
    ($desk:expr) => { prompt!($desk,) };
}
use prompt;
