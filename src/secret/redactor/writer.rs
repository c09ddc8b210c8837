//! Masks a stream. A secret may be split over two writes, so what could still become one is held back until it is clear;
//! after a line end or a blank that is usually nothing.

use std::io::{self, Write};
use std::sync::Arc;

use super::Redactor;

/// Masks what is written through it. `flush` keeps back what may be the beginning of a secret; dropping the writer, or
/// [`RedactingWriter::finish`], lets it go.
pub struct RedactingWriter<W: Write> {
    redactor: Arc<Redactor>,
    /// Absent only while finishing.
    inner: Option<W>,
    held: Vec<u8>,
}

impl<W: Write> RedactingWriter<W> {
    pub(super) fn new(redactor: Arc<Redactor>, inner: W) -> Self {
        Self { redactor, inner: Some(inner), held: Vec::new() }
    }

    /// Writes what is held back, and gives the inner writer back.
    ///
    /// # Errors
    /// Those of the inner writer.
    pub fn finish(mut self) -> io::Result<Option<W>> {
        self.release(true)?;
        Ok(self.inner.take())
    }

    /// Writes, masked, what is certain, or everything when nothing follows.
    fn release(&mut self, last: bool) -> io::Result<()> {
        let spans = self.redactor.read().patterns.spans(&self.held);
        let end = if last { self.held.len() } else { spans.certain };
        let mut masked = Vec::with_capacity(end);
        spans.write(&self.held, end, &mut masked);
        if let Some(inner) = &mut self.inner {
            inner.write_all(&masked)?;
        }
        self.held.drain(..end);
        Ok(())
    }
}

impl<W: Write> Write for RedactingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        self.release(false)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.inner {
            Some(inner) => inner.flush(),
            None => Ok(()),
        }
    }
}

impl<W: Write> Drop for RedactingWriter<W> {
    fn drop(&mut self) {
        // Nobody is left to be told of an error.
        let _ = self.release(true);
    }
}
