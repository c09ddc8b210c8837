//! Closures of up to six typed arguments as functions of [`Data`]. The types are a parameter of the traits, so that one
//! closure type cannot be two functions and the compiler finds the right number by itself.

use super::{Answering, Error, FromData, IntoData};
use crate::value::{Data, Kinds};

/// A closure that computes; implemented for `Fn` of up to six [`FromData`] that gives [`IntoData`].
pub trait Now<A>: Send + Sync + 'static {
    #[doc(hidden)]
    /// The kinds that each argument takes, and whether it may be left out.
    fn parameters() -> Vec<(Kinds, bool)>;

    #[doc(hidden)]
    /// The kinds of the result.
    fn gives() -> Kinds;

    #[doc(hidden)]
    /// Converts the arguments, calls, and converts the result.
    ///
    /// # Errors
    /// An argument does not convert, or what the closure says.
    fn call(&self, given: Vec<Data>) -> Result<Data, Error>;
}

/// A closure that gives a future; implemented for `Fn` of up to six [`FromData`] that gives a future of [`IntoData`].
pub trait Later<A>: Send + Sync + 'static {
    #[doc(hidden)]
    /// The kinds that each argument takes, and whether it may be left out.
    fn parameters() -> Vec<(Kinds, bool)>;

    #[doc(hidden)]
    /// The kinds of the result.
    fn gives() -> Kinds;

    #[doc(hidden)]
    /// Converts the arguments and calls; the result is converted when it is there.
    fn call(&self, given: Vec<Data>) -> Answering;
}

macro_rules! closures {
    ($($argument:ident $at:literal),*) => {
        impl<F, T, $($argument),*> Now<($($argument,)*)> for F
        where
            F: Fn($($argument),*) -> T + Send + Sync + 'static,
            T: IntoData,
            $($argument: FromData,)*
        {
            fn parameters() -> Vec<(Kinds, bool)> {
                vec![$(($argument::KINDS, $argument::OPTIONAL)),*]
            }

            fn gives() -> Kinds {
                T::KINDS
            }

            #[allow(non_snake_case, unused_mut, unused_variables)]
            fn call(&self, given: Vec<Data>) -> Result<Data, Error> {
                let mut given = given.into_iter();
                $(let $argument: $argument = next(&mut given, $at)?;)*
                self($($argument),*).into_data()
            }
        }

        impl<F, R, T, $($argument),*> Later<($($argument,)*)> for F
        where
            F: Fn($($argument),*) -> R + Send + Sync + 'static,
            R: Future<Output = T> + Send + 'static,
            T: IntoData,
            $($argument: FromData,)*
        {
            fn parameters() -> Vec<(Kinds, bool)> {
                vec![$(($argument::KINDS, $argument::OPTIONAL)),*]
            }

            fn gives() -> Kinds {
                T::KINDS
            }

            #[allow(non_snake_case, unused_mut, unused_variables)]
            fn call(&self, given: Vec<Data>) -> Answering {
                let mut given = given.into_iter();
                $(let $argument: $argument = match next(&mut given, $at) {
                    Ok(argument) => argument,
                    Err(error) => return Box::pin(std::future::ready(Err(error))),
                };)*
                let answer = self($($argument),*);
                Box::pin(async move { answer.await.into_data() })
            }
        }
    };
}

closures!();
closures!(A 0);
closures!(A 0, B 1);
closures!(A 0, B 1, C 2);
closures!(A 0, B 1, C 2, D 3);
closures!(A 0, B 1, C 2, D 3, E 4);
closures!(A 0, B 1, C 2, D 3, E 4, G 5);

/// The next argument; null for one that was left out.
fn next<T: FromData>(given: &mut impl Iterator<Item = Data>, at: usize) -> Result<T, Error> {
    T::from_data(given.next().unwrap_or_default()).map_err(|error| error.of_argument(at))
}
