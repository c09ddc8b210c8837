//! The kinds of values and their documented names, as they appear in Zoho's error texts, and sets of kinds, by which a
//! built-in says what it takes.

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// `null`; a constant outside all data types (help page "data types").
    Null,
    /// BOOLEAN
    Boolean,
    /// NUMBER
    Number,
    /// DECIMAL
    Decimal,
    /// TEXT
    Text,
    /// DATE-TIME
    DateTime,
    /// LIST
    List,
    /// KEY-VALUE
    Map,
    /// `{}` before its first element.
    Braces,
    /// COLLECTION, of elements or of pairs.
    Collection,
    /// TIME: a time of day without a date (Creator).
    Time,
    /// FILE
    File,
    /// What `catch` binds.
    Caught,
}

impl Kind {
    /// How many kinds there are.
    pub const COUNT: usize = 13;

    /// Every kind, in order.
    pub const ALL: [Kind; Kind::COUNT] = [
        Kind::Null,
        Kind::Boolean,
        Kind::Number,
        Kind::Decimal,
        Kind::Text,
        Kind::DateTime,
        Kind::List,
        Kind::Map,
        Kind::Braces,
        Kind::Collection,
        Kind::Time,
        Kind::File,
        Kind::Caught,
    ];

    /// The name in messages: Zoho calls NUMBER `BIGINT`, DATE-TIME `TIMESTAMP` and KEY-VALUE `MAP` there (help page "error messages").
    pub fn name(self) -> &'static str {
        match self {
            Kind::Null => "NULL",
            Kind::Boolean => "BOOLEAN",
            Kind::Number => "BIGINT",
            Kind::Decimal => "DECIMAL",
            Kind::Text => "TEXT",
            Kind::DateTime => "TIMESTAMP",
            Kind::List => "LIST",
            Kind::Map => "MAP",
            Kind::Braces => "LIST or MAP",
            Kind::Collection => "COLLECTION",
            Kind::Time => "TIME",
            Kind::File => "FILE",
            Kind::Caught => "ERROR",
        }
    }
}

/// A set of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u16);

impl Kinds {
    /// No kind: what stands before a function that has no receiver.
    pub const NONE: Kinds = Kinds(0);
    /// Every kind, `null` included.
    pub const ANY: Kinds = Kinds((1 << Kind::COUNT) - 1);
    /// `null`
    pub const NULL: Kinds = Kinds::of(Kind::Null);
    /// BOOLEAN
    pub const BOOLEAN: Kinds = Kinds::of(Kind::Boolean);
    /// NUMBER
    pub const NUMBER: Kinds = Kinds::of(Kind::Number);
    /// DECIMAL
    pub const DECIMAL: Kinds = Kinds::of(Kind::Decimal);
    /// TEXT
    pub const TEXT: Kinds = Kinds::of(Kind::Text);
    /// DATE-TIME
    pub const DATE: Kinds = Kinds::of(Kind::DateTime);
    /// LIST, and `{}`, which becomes one.
    pub const LIST: Kinds = Kinds::of(Kind::List).or(Kinds::of(Kind::Braces));
    /// KEY-VALUE, and `{}`, which becomes one.
    pub const MAP: Kinds = Kinds::of(Kind::Map).or(Kinds::of(Kind::Braces));
    /// COLLECTION
    pub const COLLECTION: Kinds = Kinds::of(Kind::Collection);
    /// TIME
    pub const TIME: Kinds = Kinds::of(Kind::Time);
    /// FILE
    pub const FILE: Kinds = Kinds::of(Kind::File);
    /// What `catch` binds.
    pub const CAUGHT: Kinds = Kinds::of(Kind::Caught);

    /// The set of one kind.
    pub const fn of(kind: Kind) -> Kinds {
        Kinds(1 << kind as u16)
    }

    /// The union.
    pub const fn or(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    /// This set without the other's kinds.
    pub const fn except(self, other: Kinds) -> Kinds {
        Kinds(self.0 & !other.0)
    }

    /// Whether the kind is in the set.
    pub const fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u16) != 0
    }

    /// Whether nothing is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The names, joined by commas: `BIGINT, DECIMAL`. `{}` is not named beside LIST or MAP, nor a caught error, which
    /// is taken where a text is. What functions take is called `DATE-TIME, DATE` and not `TIMESTAMP` (help page "error
    /// messages").
    pub fn names(self) -> String {
        let named =
            Kind::ALL.into_iter().filter(|kind| self.has(*kind) && !matches!(kind, Kind::Braces | Kind::Caught));
        let name = |kind: Kind| if kind == Kind::DateTime { "DATE-TIME, DATE" } else { kind.name() };
        named.map(name).collect::<Vec<_>>().join(", ")
    }
}
