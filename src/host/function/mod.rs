//! Functions that the embedding program brings. A function is a Rust closure with its row of the reference in one: the
//! types of its parameters say what scripts may pass, so that a wrong argument is refused before the closure runs. One
//! that computes runs on the script's thread; one that waits is an effect, as a request is.

mod closure;
mod context;
mod convert;
mod error;

use std::pin::Pin;
use std::sync::Arc;

pub use closure::{Later, Now};
pub use context::Context;
pub use convert::{FromData, IntoData, Serde};
pub use error::Error;

use crate::value::{Data, Kinds};

/// A function of the application: for [`Builder::function`](crate::Builder::function).
///
/// ```
/// use sluice::{Data, Engine, Run, host};
///
/// let engine = Engine::builder()
///     .function(
///         host::function("shop.discount", |amount: i64, tier: String| match tier.as_str() {
///             "gold" => Ok(amount / 10),
///             "none" => Ok(0),
///             other => Err(host::Error::new(format!("there is no tier {other}")).code("shop::no-such-tier")),
///         })
///         .parameters(["amount", "tier"])
///         .about("Gives the discount of a customer's tier.")
///         .example("shop.discount(200, \"gold\")", "20"),
///     )
///     .constant("shop.name", "Corner shop", "The name on invoices.")
///     .build()?;
///
/// let program = engine.compile("rule", r#"return shop.name + ": " + shop.discount(200, "gold");"#)?;
/// assert_eq!(engine.run_blocking(&program, Run::script()).result?, Data::from("Corner shop: 20"));
///
/// let wrong = engine.compile("rule", r#"info shop.discuont(200, "gold");"#).unwrap_err();
/// assert!(wrong.to_string().contains("did you mean `shop.discount`?"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Function {
    name: String,
    about: String,
    parameters: Vec<Parameter>,
    gives: Kinds,
    examples: Vec<(String, String)>,
    body: Body,
    /// Whether the parameters are declared by name alone.
    takes_map: bool,
    problem: Option<String>,
}

/// One parameter of a [`Function`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    /// The name, in messages, in the reference and in what cassettes keep.
    pub name: String,
    /// The kinds of values that it takes.
    pub kinds: Kinds,
    /// Whether it may be left out; then also all after it.
    pub optional: bool,
}

/// What runs. Arguments come in the order of the parameters; those that were left out are missing at the end.
#[derive(Clone)]
pub(crate) enum Body {
    /// Computes on the thread of the script, which waits for it.
    Here(Arc<dyn Fn(Vec<Data>) -> Result<Data, Error> + Send + Sync>),
    /// May wait: an effect.
    Elsewhere(Arc<dyn Fn(Vec<Data>, Context) -> Answering + Send + Sync>),
}

/// The value of a function that may wait, to come.
pub(crate) type Answering = Pin<Box<dyn Future<Output = Result<Data, Error>> + Send>>;

/// A function of up to six arguments that computes. It runs on the thread of the script and must not wait for anything: other
/// scripts of the thread stand still meanwhile. What waits is [`asynchronous`].
///
/// `name` is bare (`discount`) or has namespaces before dots (`shop.discount`); scripts may write it in any case.
pub fn function<A, F: Now<A>>(name: &str, body: F) -> Function {
    let run = move |given| body.call(given);
    Function::new(name, F::parameters(), F::gives(), Body::Here(Arc::new(run)))
}

/// A function of up to six arguments that gives a future. The script sleeps until the future has a value, on no thread; the
/// future is polled by a `tokio` runtime of the engine with timers and sockets, and must not block it. It is dropped when its
/// run is cancelled or out of time.
///
/// A call is an effect: a dry run tells it, a cassette keeps it and answers it again, a mock may answer in its place, and it
/// counts against the limit of requests.
///
/// ```
/// use sluice::{Data, Engine, Run, host};
///
/// let find = |id: i64| async move {
///     // Ask a database, call a service …
///     if id == 7 { Ok(Data::map([("Name", "Ada")])) } else { Err(host::Error::new("no such customer")) }
/// };
/// let engine = Engine::builder()
///     .function(host::asynchronous("shop.customers.find", find).parameters(["id"]).about("Gives a customer."))
///     .build()?;
/// let program = engine.compile("rule", r#"return shop.customers.find(7).get("Name");"#)?;
/// assert_eq!(engine.run_blocking(&program, Run::script()).result?, Data::from("Ada"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn asynchronous<A, F: Later<A>>(name: &str, body: F) -> Function {
    let run = move |given, _| body.call(given);
    Function::new(name, F::parameters(), F::gives(), Body::Elsewhere(Arc::new(run)))
}

/// A function that gets its arguments as one map, by the names of its parameters, and is told who calls. It has the
/// parameters that [`Function::parameters`] and [`Function::optional`] name, of any kind; an argument that was left out is
/// not in the map. Everything else is as for [`asynchronous`].
///
/// ```
/// use sluice::{Data, Engine, Run, host};
///
/// let create = |order: Data, context: host::Context| async move {
///     let by = context.user().unwrap_or("nobody").to_owned();
///     let sku = order.get("sku").cloned().unwrap_or_default();
///     Ok::<_, host::Error>(Data::map([("sku", sku), ("by", Data::from(by))]))
/// };
/// let engine = Engine::builder()
///     .function(host::task("shop.orders.create", create).parameters(["sku"]).optional(["note"]).about("Makes an order."))
///     .build()?;
/// let program = engine.compile("rule", r#"return shop.orders.create("A-7");"#)?;
/// let outcome = engine.run_blocking(&program, Run::script().user("ada"));
/// assert_eq!(outcome.result?.get("by"), Some(&Data::from("ada")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn task<F, R, T>(name: &str, body: F) -> Function
where
    F: Fn(Data, Context) -> R + Send + Sync + 'static,
    R: Future<Output = T> + Send + 'static,
    T: IntoData,
{
    let run = move |given: Vec<Data>, context: Context| -> Answering {
        let names: Vec<Data> = context.given().iter().cloned().map(Data::Text).collect();
        let answer = body(Data::Map(names.into_iter().zip(given).collect()), context);
        Box::pin(async move { answer.await.into_data() })
    };
    let function = Function::new(name, Vec::new(), T::KINDS, Body::Elsewhere(Arc::new(run)));
    Function { takes_map: true, ..function }
}

impl Function {
    fn new(name: &str, parameters: Vec<(Kinds, bool)>, gives: Kinds, body: Body) -> Self {
        // Only those at the end may be left out: in front of one that must be given, null is written.
        let required = parameters.iter().rposition(|(_, optional)| !optional).map_or(0, |last| last + 1);
        let parameter = |(at, (kinds, _)): (usize, (Kinds, bool))| Parameter {
            name: format!("argument{}", at + 1),
            kinds,
            optional: at >= required,
        };
        Self {
            name: name.to_owned(),
            about: String::new(),
            parameters: parameters.into_iter().enumerate().map(parameter).collect(),
            gives,
            examples: Vec::new(),
            body,
            takes_map: false,
            problem: None,
        }
    }
}

/// What is declared beside the closure.
impl Function {
    /// Names the parameters, in order; those of a typed closure must be as many.
    #[must_use]
    pub fn parameters<const N: usize>(mut self, names: [&str; N]) -> Self {
        if self.takes_map {
            self.declare(&names, false);
        } else if self.parameters.len() == N {
            for (parameter, name) in self.parameters.iter_mut().zip(names) {
                parameter.name = name.to_owned();
            }
        } else {
            let takes = self.parameters.len();
            self.problem = Some(format!("{N} parameters are named, and the closure takes {takes}"));
        }
        self
    }

    /// Adds parameters of a [`task`] that may be left out. Those of a typed closure may be left out when they are an
    /// `Option` and none after them must be given.
    #[must_use]
    pub fn optional<const N: usize>(mut self, names: [&str; N]) -> Self {
        if self.takes_map {
            self.declare(&names, true);
        } else {
            self.problem = Some("write an `Option` in the closure for a parameter that may be left out".to_owned());
        }
        self
    }

    /// Says in a sentence what it does, for the reference and for help.
    #[must_use]
    pub fn about(self, about: &str) -> Self {
        Self { about: about.to_owned(), ..self }
    }

    /// Adds an example to the reference: an expression and what `info` prints for it.
    #[must_use]
    pub fn example(mut self, expression: &str, prints: &str) -> Self {
        self.examples.push((expression.to_owned(), prints.to_owned()));
        self
    }
}

/// What the engine reads.
impl Function {
    /// The name with its namespaces.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The sentence of [`Function::about`].
    pub(crate) fn description(&self) -> &str {
        &self.about
    }

    /// The parameters in order.
    pub(crate) fn takes(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The kinds of values that it gives.
    pub(crate) fn gives(&self) -> Kinds {
        self.gives
    }

    /// The examples in order: expressions and what they print.
    pub(crate) fn examples(&self) -> &[(String, String)] {
        &self.examples
    }

    /// What runs.
    pub(crate) fn body(&self) -> &Body {
        &self.body
    }

    /// What is wrong with the declaration, if anything.
    pub(crate) fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    fn declare(&mut self, names: &[&str], optional: bool) {
        let declared = |name: &&str| Parameter { name: (*name).to_owned(), kinds: Kinds::ANY, optional };
        self.parameters.extend(names.iter().map(declared));
        let is_after_optional = |pair: &[Parameter]| matches!(pair, [one, next] if one.optional && !next.optional);
        if self.parameters.windows(2).any(is_after_optional) {
            self.problem = Some("a parameter that must be given stands behind one that may be left out".to_owned());
        }
    }
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Function")
            .field("name", &self.name)
            .field("parameters", &self.parameters)
            .finish_non_exhaustive()
    }
}

/// The guide's examples are true.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide/embedding-functions.md")]
struct Guide;
