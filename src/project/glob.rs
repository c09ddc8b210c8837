//! Patterns for paths below a project folder: `*` and `?` stay within one part of a path, `**` spans any number of
//! parts. Matching takes time in proportion to pattern times path, whatever the pattern.

/// A pattern, cut at its slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob(Vec<String>);

impl Glob {
    /// Reads a pattern such as `functions/**/*.dg`.
    pub fn new(pattern: &str) -> Self {
        let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
        Self(pattern.split('/').map(str::to_owned).collect())
    }

    /// Whether the pattern covers a path, written with `/`, from its first part to its last.
    pub fn matches(&self, path: &str) -> bool {
        let parts: Vec<&str> = path.split('/').collect();
        let wild = |part: &String| part == "**";
        matches(&self.0, &parts, wild, |pattern, part| part_matches(pattern, part))
    }
}

fn part_matches(pattern: &str, part: &str) -> bool {
    let (pattern, part): (Vec<char>, Vec<char>) = (pattern.chars().collect(), part.chars().collect());
    matches(&pattern, &part, |sign| *sign == '*', |sign, letter| *sign == '?' || sign == letter)
}

/// Whether a pattern covers a whole sequence, where a wild item covers any number of its items. After a mismatch only the
/// last wild item met has to give way, which keeps this from trying every combination.
fn matches<P, T>(pattern: &[P], items: &[T], wild: impl Fn(&P) -> bool, same: impl Fn(&P, &T) -> bool) -> bool {
    let (mut at, mut item) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while let Some(current) = items.get(item) {
        match pattern.get(at) {
            Some(sign) if wild(sign) => {
                retry = Some((at, item));
                at += 1;
            }
            Some(sign) if same(sign, current) => {
                at += 1;
                item += 1;
            }
            _ => {
                let Some((star, covered)) = retry else { return false };
                retry = Some((star, covered + 1));
                at = star + 1;
                item = covered + 1;
            }
        }
    }
    pattern.get(at..).unwrap_or_default().iter().all(wild)
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn stars_stay_within_a_part_and_double_stars_do_not() {
        let covers = |pattern: &str, path: &str| Glob::new(pattern).matches(path);
        assert!(covers("functions/**", "functions/deals/a.dg"));
        assert!(covers("functions/**/*.dg", "functions/a.dg"));
        assert!(covers("functions/**/*.dg", "functions/x/y/a.dg"));
        assert!(covers("**/*.txt", "a.txt"));
        assert!(covers("./legacy/*.txt", "legacy/é.txt"));
        assert!(covers("a?c.dg", "abc.dg"));
        assert!(!covers("functions/*.dg", "functions/x/a.dg"));
        assert!(!covers("functions/**/*.dg", "other/a.dg"));
        assert!(!covers("a?c.dg", "ac.dg"));
        assert!(!covers("functions", "functions/a.dg"));
    }

    #[test]
    fn many_stars_are_no_trap() {
        let path = "a".repeat(5_000);
        assert!(!Glob::new(&"*a".repeat(200)).matches(&format!("{path}b")));
        assert!(!Glob::new(&"**/a/".repeat(200)).matches(&format!("{}b", "a/".repeat(5_000))));
    }
}
