//! What a row of the reference is. A row declares and registers in one: its function pointer is what runs, its arity is
//! what is checked before running, its name is what "did you mean" proposes, its examples are executed by the tests.
//! Which rows exist is not known here; `builtins` and `tasks` hold them, and the engine puts them together.

mod absence;
mod absent;
mod application;
mod builtin;
mod call;
mod category;
mod foreign;
mod index;
mod signature;
mod task;

pub use absence::Absence;
pub use absent::{Absent, Use};
pub use application::{Application, Constant, HostFunction};
pub use builtin::{Builtin, Evaluate, Example, Gives, Parameter};
pub use call::Call;
pub use category::Category;
pub use foreign::{ADVICE, Advice, advice};
pub use index::{Catalogue, Everyday, Group, SystemVariable};
pub use task::{Arguments, Attribute, Finish, Form, Perform, Prepared, Task, TaskParameter};
