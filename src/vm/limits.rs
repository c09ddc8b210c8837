//! What one run may use, and what it used. The numbers of the Zoho profiles are documented where Zoho documents them (help
//! page "limitations", developer page "Deluge limits"; docs/guide/limits.md says which); limits are the same in every
//! build of Sluice.

use std::time::Duration;

/// The limits of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Executed statements; the header of a loop counts once per element.
    pub statements: u64,
    /// Calls inside one another.
    pub depth: usize,
    /// Bytes of one text.
    pub text: usize,
    /// Elements of one list, pairs of one map.
    pub elements: usize,
    /// Bytes of everything that the script holds at once.
    pub memory: usize,
    /// Bytes of all `info` lines; what is beyond is cut.
    pub output: usize,
    /// Requests, and reads and writes of records.
    pub requests: u64,
    /// Mails.
    pub mails: u64,
    /// Time from the start of the run, waiting included.
    pub time: Option<Duration>,
    /// Time in which a server must be found and reached. It is the engine's: runs cannot have their own.
    pub connect_time: Duration,
    /// Time for one request, redirects and the whole answer included.
    pub request_time: Duration,
    /// Bytes of one answer, after decompression.
    pub answer: usize,
    /// The same for answers of Zoho's own hosts.
    pub zoho_answer: usize,
    /// The same for answers to `postUrl`.
    pub posturl_answer: usize,
}

/// The named profiles.
pub const PROFILES: &[(&str, Limits)] = &[
    (
        "generous",
        Limits {
            statements: 2_000_000_000,
            depth: 1_000,
            text: 50_000_000,
            elements: 5_000_000,
            memory: 1_000_000_000,
            output: 64_000_000,
            requests: 100_000,
            mails: 10_000,
            time: None,
            connect_time: Duration::from_secs(30),
            request_time: Duration::from_secs(300),
            answer: 50_000_000,
            zoho_answer: 50_000_000,
            posturl_answer: 50_000_000,
        },
    ),
    (
        "zoho-crm",
        Limits {
            statements: 200_000,
            depth: 75,
            text: 10_000_000,
            elements: 1_000_000,
            memory: 256_000_000,
            output: 500_000,
            requests: 1_000,
            mails: 1_000,
            time: Some(Duration::from_secs(60)),
            connect_time: Duration::from_secs(10),
            request_time: Duration::from_secs(40),
            answer: 5_000_000,
            zoho_answer: 15_000_000,
            posturl_answer: 50_000_000,
        },
    ),
    (
        "zoho-creator",
        Limits {
            statements: 5_000,
            depth: 75,
            text: 5_000_000,
            elements: 1_000_000,
            memory: 256_000_000,
            output: 500_000,
            requests: 1_000,
            mails: 500,
            time: Some(Duration::from_secs(300)),
            connect_time: Duration::from_secs(10),
            request_time: Duration::from_secs(40),
            answer: 5_000_000,
            zoho_answer: 5_000_000,
            posturl_answer: 50_000_000,
        },
    ),
];

impl Limits {
    /// The names under which single limits are set, in the command line and in `sluice.toml`.
    pub const KEYS: [&str; 14] = [
        "statements",
        "depth",
        "text",
        "elements",
        "memory",
        "output",
        "requests",
        "mails",
        "time",
        "connect-time",
        "request-time",
        "answer",
        "zoho-answer",
        "posturl-answer",
    ];

    /// The profile of a name.
    pub fn profile(name: &str) -> Option<Self> {
        PROFILES.iter().find(|(known, _)| *known == name).map(|(_, limits)| limits.clone())
    }

    /// Sets the limit of a name, times in seconds. False when no limit has this name.
    pub fn set(&mut self, key: &str, number: u64) -> bool {
        let size = usize::try_from(number).unwrap_or(usize::MAX);
        match key {
            "statements" => self.statements = number,
            "depth" => self.depth = size,
            "text" => self.text = size,
            "elements" => self.elements = size,
            "memory" => self.memory = size,
            "output" => self.output = size,
            "requests" => self.requests = number,
            "mails" => self.mails = number,
            "time" => self.time = Some(Duration::from_secs(number)),
            "connect-time" => self.connect_time = Duration::from_secs(number),
            "request-time" => self.request_time = Duration::from_secs(number),
            "answer" => self.answer = size,
            "zoho-answer" => self.zoho_answer = size,
            "posturl-answer" => self.posturl_answer = size,
            _ => return false,
        }
        true
    }
}

impl Default for Limits {
    /// The profile `generous`.
    fn default() -> Self {
        Self::profile("generous").unwrap_or(Self {
            statements: 0,
            depth: 0,
            text: 0,
            elements: 0,
            memory: 0,
            output: 0,
            requests: 0,
            mails: 0,
            time: None,
            connect_time: Duration::ZERO,
            request_time: Duration::ZERO,
            answer: 0,
            zoho_answer: 0,
            posturl_answer: 0,
        })
    }
}

/// What a run used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Executed statements.
    pub statements: u64,
    /// Calls of functions of the script.
    pub calls: u64,
    /// The most calls that were inside one another; 1 where nothing is called.
    pub depth: usize,
    /// Bytes of the longest text that an operator or a function made.
    pub text: usize,
    /// Elements or pairs of the largest list or map that was seen.
    pub elements: usize,
    /// Bytes that the values of the script held, the most that was found: they are weighed at the end of a run, and in
    /// between whenever enough was made that the limit could have been reached.
    pub memory: usize,
    /// Bytes of `info` lines, those that were cut not counted.
    pub output: usize,
    /// Requests, and reads and writes of records.
    pub requests: u64,
    /// Mails.
    pub mails: u64,
}
