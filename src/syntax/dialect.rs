//! Which service's reading of the language is meant. Zoho's services share one grammar but for the rank of `&&` and
//! `||` (logical operators page), so a dialect is a small setting and not a second grammar.

/// The service whose reading of the language applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// What all services but Creator agree on.
    #[default]
    Portable,
    /// Zoho CRM.
    Crm,
    /// Zoho Creator: `||` binds tighter than `&&`.
    Creator,
    /// Zoho Cliq.
    Cliq,
    /// Zoho Books and the finance family.
    Books,
    /// Zoho Desk.
    Desk,
}

impl Dialect {
    const ALL: [Dialect; 6] =
        [Dialect::Portable, Dialect::Crm, Dialect::Creator, Dialect::Cliq, Dialect::Books, Dialect::Desk];

    /// The dialect of that name, in any case; `None` for a name that is not in [`Dialect::names`].
    pub fn parse(name: &str) -> Option<Dialect> {
        Self::ALL.into_iter().find(|dialect| dialect.as_str().eq_ignore_ascii_case(name))
    }

    /// All names, in the order in which help lists them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(Dialect::as_str)
    }

    /// The name, as configuration writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Dialect::Portable => "portable",
            Dialect::Crm => "crm",
            Dialect::Creator => "creator",
            Dialect::Cliq => "cliq",
            Dialect::Books => "books",
            Dialect::Desk => "desk",
        }
    }

    /// Whether `||` is read before `&&`.
    pub(super) fn or_is_tight(self) -> bool {
        self == Dialect::Creator
    }
}
