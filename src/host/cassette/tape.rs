//! What is recorded now: effects and replies as they were, in the order in which they were asked, until they are cleaned
//! and written at the end. Bodies are shared with the run, so keeping them costs no copy.

use std::io;
use std::path::Path;

use super::asked::ask;
use super::clean::Cleaner;
use super::content::{Bodies, hashes};
use super::exchange::{Answered, Exchange, pretty};
use super::folder::{self, LARGEST, LARGEST_EXCHANGE, MOST_EXCHANGES, NewExchange, Plan};
use super::layout::depth;
use super::personal::Search;
use super::{Error, Report, learn, url_of};
use crate::effect::{Action, Effect, Reply};
use crate::http::Body;

/// Documents nested deeper could be written, but not read again.
const DEEPEST: usize = 120;

/// Exchanges in memory.
#[derive(Default)]
pub(super) struct Tape {
    recorded: Vec<(Effect, Option<Reply>)>,
    /// About how many bytes the bodies have.
    bytes: u64,
    /// Whether something was left out because there was too much.
    is_full: bool,
}

impl Tape {
    /// Keeps what is asked. The number is for its answer.
    pub(super) fn ask(&mut self, effect: &Effect) -> Option<usize> {
        self.bytes += size_of_effect(effect);
        if self.is_full || self.recorded.len() >= MOST_EXCHANGES || self.bytes > LARGEST {
            self.is_full = true;
            return None;
        }
        self.recorded.push((effect.clone(), None));
        Some(self.recorded.len() - 1)
    }

    /// Keeps an answer.
    pub(super) fn answer(&mut self, number: Option<usize>, reply: &Reply) {
        if let Reply::Response(response) = reply {
            self.bytes += u64::try_from(response.body.len()).unwrap_or(u64::MAX);
        }
        self.is_full |= self.bytes > LARGEST;
        if let Some((_, kept)) = number.and_then(|number| self.recorded.get_mut(number)).filter(|_| !self.is_full) {
            *kept = Some(reply.clone());
        }
    }

    /// Cleans and writes what was answered, and forgets it. What was asked and never answered is left out.
    pub(super) fn write(
        &mut self,
        folder: &Path,
        head: Option<String>,
        last: usize,
        cleaner: &Cleaner,
        report: &mut Report,
        step: &mut dyn FnMut() -> io::Result<()>,
    ) -> Result<(), Error> {
        let recorded: Vec<(Effect, Reply)> = std::mem::take(&mut self.recorded)
            .into_iter()
            .filter_map(|(effect, reply)| Some((effect, reply?)))
            .collect();
        if recorded.is_empty() && head.is_none() {
            return Ok(());
        }
        // First all secrets, then the first line of what is kept: a later answer may show what an earlier request held.
        for (effect, reply) in &recorded {
            learn(effect, None, cleaner.redactor());
            learn(effect, Some(reply), cleaner.redactor());
        }
        let mut bodies = Bodies::new();
        let mut exchanges = Vec::with_capacity(recorded.len());
        let mut search = Search::default();
        let mut refused = None;
        for (effect, reply) in &recorded {
            match in_file(effect, reply, last + exchanges.len() + 1, cleaner, &mut bodies) {
                Some(exchange) => {
                    search.look(&exchange.name, &exchange.text);
                    let texts = exchange.hashes.iter().filter_map(|hash| std::str::from_utf8(bodies.get(hash)?).ok());
                    texts.for_each(|text| search.look(&exchange.name, text));
                    exchanges.push(exchange);
                }
                None => refused = Some(format!("the exchange of line {} cannot be kept in one file", effect.line)),
            }
        }
        let replaces = head.is_some() && folder::exists(folder);
        folder::write(folder, &Plan { head, exchanges: &exchanges, bodies: &bodies, replaces }, step)?;
        report.recorded = exchanges.len();
        report.personal = search.findings();
        let full =
            self.is_full.then(|| format!("more than {MOST_EXCHANGES} exchanges or {LARGEST} bytes are not recorded"));
        match full.or(refused) {
            Some(reason) => Err(Error::TooLarge { path: folder.to_owned(), reason }),
            None => Ok(()),
        }
    }
}

/// An exchange as a file; `None` for one that could not be read again.
fn in_file(
    effect: &Effect,
    reply: &Reply,
    number: usize,
    cleaner: &Cleaner,
    bodies: &mut Bodies,
) -> Option<NewExchange> {
    let (about, asked) = ask(effect, cleaner, bodies);
    let answered = Answered::of(reply, url_of(effect), cleaner, bodies);
    let exchange = Exchange { about, asked, answered };
    let document = exchange.write(bodies);
    let text = pretty(&document);
    if depth(&document) > DEEPEST || u64::try_from(text.len()).is_ok_and(|length| length > LARGEST_EXCHANGE) {
        return None;
    }
    let hashes = hashes(&document).into_iter().map(str::to_owned).collect();
    Some(NewExchange { name: format!("{number:04}-{}.json", exchange.file_name()), text, hashes })
}

fn size_of_effect(effect: &Effect) -> u64 {
    let bytes = match &effect.action {
        Action::Request(request) => match &request.http.body {
            Body::Empty => 0,
            Body::Form(fields) => fields.iter().map(|(name, value)| name.len() + value.len()).sum(),
            Body::Raw { bytes, .. } => bytes.len(),
            Body::Multipart(parts) => parts.iter().map(|part| part.bytes.len()).sum(),
        },
        Action::Mail(mail) => mail.attachments.iter().map(|file| file.bytes.len()).sum(),
        _ => 0,
    };
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
