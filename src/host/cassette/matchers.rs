//! By what a new request is recognised as a recorded one: the words of `--match` and `--match-ignore`.

use super::Error;

/// What is compared. Whatever is not compared may differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Matchers {
    pub(super) method: bool,
    pub(super) host: bool,
    pub(super) path: bool,
    pub(super) query: Query,
    pub(super) body: bool,
    /// Names in lower case.
    pub(super) headers: Vec<String>,
    /// Whether the last recorded answer is given again and again.
    pub(super) repeats: bool,
    pub(super) ignored: Vec<Ignored>,
}

/// How queries are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Query {
    Free,
    Ordered,
    Unordered,
}

/// A field that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ignored {
    /// A parameter of the query.
    Query(String),
    /// A header, in lower case.
    Header(String),
    /// A field of the body: names, numbers of elements, and `*` for any of both.
    Body(Vec<String>),
}

impl Matchers {
    /// Reads the words: `method`, `url` (host, path and query together), `host`, `path`, `query`, `unordered-query`, `body`,
    /// `headers:NAME`, and `repeat`. `ignored` has `body.FIELD`, `query.NAME` and `headers.NAME`; a field of a body is a
    /// path such as `items.0.id` or `items.*.id`.
    ///
    /// # Errors
    /// [`Error::Matcher`] for a word that is none of these.
    pub(super) fn new(words: &[String], ignored: &[String]) -> Result<Self, Error> {
        let mut matchers = Self {
            method: false,
            host: false,
            path: false,
            query: Query::Free,
            body: false,
            headers: Vec::new(),
            repeats: false,
            ignored: Vec::new(),
        };
        for word in words {
            matchers.add(word.trim())?;
        }
        matchers.ignored = ignored.iter().map(|word| Ignored::parse(word.trim())).collect::<Result<_, _>>()?;
        Ok(matchers)
    }

    fn add(&mut self, word: &str) -> Result<(), Error> {
        match word {
            "method" => self.method = true,
            "host" => self.host = true,
            "path" => self.path = true,
            "query" => self.order_query(),
            "unordered-query" => self.query = Query::Unordered,
            "body" => self.body = true,
            "repeat" => self.repeats = true,
            "url" => {
                (self.host, self.path) = (true, true);
                self.order_query();
            }
            word => match word.strip_prefix("headers:").map(str::trim) {
                Some(name) if !name.is_empty() => self.headers.push(name.to_ascii_lowercase()),
                _ => return Err(Error::Matcher { word: word.to_owned() }),
            },
        }
        Ok(())
    }

    fn order_query(&mut self) {
        if self.query == Query::Free {
            self.query = Query::Ordered;
        }
    }

    /// The words of `--match`.
    pub(super) fn words(&self) -> Vec<String> {
        let url = self.host && self.path && self.query != Query::Free;
        let mut words: Vec<String> = [
            (self.method, "method"),
            (url, "url"),
            (self.host && !url, "host"),
            (self.path && !url, "path"),
            (self.query == Query::Ordered && !url, "query"),
            (self.query == Query::Unordered, "unordered-query"),
            (self.body, "body"),
            (self.repeats, "repeat"),
        ]
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, word)| word.to_owned())
        .collect();
        words.extend(self.headers.iter().map(|name| format!("headers:{name}")));
        words
    }

    /// The words of `--match-ignore`.
    pub(super) fn ignored_words(&self) -> Vec<String> {
        self.ignored.iter().map(Ignored::word).collect()
    }
}

impl Ignored {
    fn parse(word: &str) -> Result<Self, Error> {
        let wrong = || Error::Matcher { word: word.to_owned() };
        let (place, field) = word.split_once('.').ok_or_else(wrong)?;
        if field.is_empty() {
            return Err(wrong());
        }
        match place {
            "query" => Ok(Ignored::Query(field.to_owned())),
            "headers" => Ok(Ignored::Header(field.to_ascii_lowercase())),
            // `items[0].id` and `items[].id` are other ways to write it.
            "body" => {
                let path = field.replace("[]", ".*").replace('[', ".").replace(']', "");
                Ok(Ignored::Body(path.split('.').filter(|step| !step.is_empty()).map(str::to_owned).collect()))
            }
            _ => Err(wrong()),
        }
    }

    fn word(&self) -> String {
        match self {
            Ignored::Query(name) => format!("query.{name}"),
            Ignored::Header(name) => format!("headers.{name}"),
            Ignored::Body(path) => format!("body.{}", path.join(".")),
        }
    }
}
