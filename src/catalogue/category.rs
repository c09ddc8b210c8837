//! The parts of the reference, in the order in which it lists them.

/// The part of the reference that a row stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Functions of TEXT.
    Text,
    /// Functions of NUMBER and DECIMAL.
    Number,
    /// Statistics of lists and collections of numbers.
    Statistics,
    /// Tests that give BOOLEAN, and choices made by them.
    Logical,
    /// From one type to another.
    Conversion,
    /// Functions of DATE-TIME.
    DateTime,
    /// Functions of TIME, in Creator.
    Time,
    /// Functions of LIST.
    List,
    /// Functions of KEY-VALUE.
    Map,
    /// Functions of COLLECTION.
    Collection,
    /// Reading and writing JSON.
    Json,
    /// Reading and writing XML.
    Xml,
    /// Functions of FILE.
    File,
    /// Encoding for URLs, HTML, XML and hexadecimal.
    Encoding,
    /// Encryption, hashes and base64: `zoho.encryption`.
    Encryption,
    /// Requests by function: `getUrl`, `postUrl`.
    Web,
    /// What works on the forms and pages of a Creator application.
    Creator,
}

impl Category {
    /// Every category, in order.
    pub const ALL: [Category; 17] = [
        Category::Text,
        Category::Number,
        Category::Statistics,
        Category::Logical,
        Category::Conversion,
        Category::DateTime,
        Category::Time,
        Category::List,
        Category::Map,
        Category::Collection,
        Category::Json,
        Category::Xml,
        Category::File,
        Category::Encoding,
        Category::Encryption,
        Category::Web,
        Category::Creator,
    ];

    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Category::Text => "Text",
            Category::Number => "Number",
            Category::Statistics => "Statistics",
            Category::Logical => "Logical and type checks",
            Category::Conversion => "Conversion",
            Category::DateTime => "Date-time",
            Category::Time => "Time",
            Category::List => "List",
            Category::Map => "Key-value (map)",
            Category::Collection => "Collection",
            Category::Json => "JSON",
            Category::Xml => "XML",
            Category::File => "File",
            Category::Encoding => "Encoding",
            Category::Encryption => "Encryption",
            Category::Web => "Web data",
            Category::Creator => "Forms and pages of Creator",
        }
    }

    /// The word that names it in file names and options.
    pub fn slug(self) -> &'static str {
        match self {
            Category::Text => "text",
            Category::Number => "number",
            Category::Statistics => "statistics",
            Category::Logical => "logical",
            Category::Conversion => "conversion",
            Category::DateTime => "date-time",
            Category::Time => "time",
            Category::List => "list",
            Category::Map => "map",
            Category::Collection => "collection",
            Category::Json => "json",
            Category::Xml => "xml",
            Category::File => "file",
            Category::Encoding => "encoding",
            Category::Encryption => "encryption",
            Category::Web => "web",
            Category::Creator => "creator-forms",
        }
    }
}
