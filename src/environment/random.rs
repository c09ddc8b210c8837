//! The random numbers of a run. They are made from a seed, so that a run can be made again to the byte; the seed itself
//! comes from the operating system unless the host gives one.

use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};

/// Where the random numbers of a run begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Randomness {
    /// A new seed from the operating system for each run: nobody can foretell the numbers.
    #[default]
    System,
    /// Always the same numbers. Not for secrets: initialisation vectors repeat as well.
    Seed(u64),
}

/// The generator of one run, seeded when it is first asked.
#[derive(Debug)]
pub struct Random {
    from: Randomness,
    /// Boxed: it is large, most runs need none, and thousands of runs may wait at once.
    generator: Option<Box<StdRng>>,
}

impl Random {
    /// A generator that has not been asked yet.
    pub fn new(from: Randomness) -> Self {
        Self { from, generator: None }
    }

    /// Fills the bytes. Good enough for an initialisation vector.
    ///
    /// # Errors
    /// The operating system gives no seed.
    pub fn fill(&mut self, bytes: &mut [u8]) -> Result<(), getrandom::Error> {
        self.generator()?.fill_bytes(bytes);
        Ok(())
    }

    /// A whole number from `from` up to `to`, which is not included; `from` when there is none between.
    ///
    /// # Errors
    /// The operating system gives no seed.
    pub fn between(&mut self, from: i64, to: i64) -> Result<i64, getrandom::Error> {
        if from >= to {
            return Ok(from);
        }
        Ok(self.generator()?.random_range(from..to))
    }

    fn generator(&mut self) -> Result<&mut StdRng, getrandom::Error> {
        let generator = match self.generator.take() {
            Some(generator) => generator,
            None => Box::new(match self.from {
                Randomness::Seed(seed) => StdRng::seed_from_u64(seed),
                Randomness::System => {
                    let mut seed = <StdRng as SeedableRng>::Seed::default();
                    getrandom::fill(&mut seed)?;
                    StdRng::from_seed(seed)
                }
            }),
        };
        Ok(self.generator.insert(generator))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_gives_one_sequence_and_the_system_another_each_time() {
        let draw = |from| {
            let mut random = Random::new(from);
            (0..4).map(|_| random.between(0, i64::MAX).unwrap_or_default()).collect::<Vec<_>>()
        };
        assert_eq!(draw(Randomness::Seed(7)), draw(Randomness::Seed(7)));
        assert_ne!(draw(Randomness::Seed(7)), draw(Randomness::Seed(8)));
        assert_ne!(draw(Randomness::System), draw(Randomness::System));
    }

    #[test]
    fn numbers_stay_between_their_bounds() {
        let mut random = Random::new(Randomness::Seed(1));
        let drawn: Vec<i64> = (0..200).map(|_| random.between(-2, 2).unwrap_or_default()).collect();
        assert!(drawn.iter().all(|number| (-2..2).contains(number)) && drawn.contains(&-2) && drawn.contains(&1));
        assert_eq!(random.between(5, 5), Ok(5));
    }
}
