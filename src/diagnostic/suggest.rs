//! "Did you mean": the one place that decides when two names are near enough to be worth proposing.

/// The name of `known` nearest to `wanted`, if it is near: at most a third of its letters differ (at least one, at
/// most three), compared without regard to case. Names that differ in case only always match.
pub fn suggest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted_lower = wanted.to_lowercase();
    let limit = (wanted.chars().count() / 3).clamp(1, 3);
    // Each letter more or less is a difference. That spares comparing most names.
    let is_too_long_or_short =
        |name: &str| wanted.is_ascii() && name.is_ascii() && name.len().abs_diff(wanted.len()) > limit;
    known
        .into_iter()
        .filter(|name| *name != wanted && !is_too_long_or_short(name))
        .map(|name| (strsim::osa_distance(&wanted_lower, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::suggest;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        assert_eq!(suggest("contians", ["size", "contains"]), Some("contains"));
        assert_eq!(suggest("frobnicate", ["size", "contains"]), None);
        assert_eq!(suggest("SIZE", ["size"]), Some("size"));
    }
}
