//! The bytes from a mail server, line by line and counted. A server that sends more than its answer before the connection
//! is encrypted would have what it sent counted as said in secret, so nothing is read ahead of the end of a line. A server
//! that never ends a line or a reply is cut off.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_io::{AsyncRead as _, AsyncWrite as _};
#[allow(deprecated)]
use lettre::transport::smtp::client::AsyncNetworkStream;
use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// The most that a mail server may send before it is spoken to again: certificates, or a reply of many lines.
const MOST_BYTES: usize = 32 * 1024;

/// The most lines of a reply. It is read anew with each line, so that many short ones would take long. Encrypted bytes
/// hold half as many line ends by chance.
const MOST_LINES: usize = 256;

/// How much is taken from the system at once.
const CHUNK_BYTES: usize = 4 * 1024;

/// A connection that hands on no more than a line at a time.
#[derive(Debug)]
pub(super) struct Wire {
    stream: TcpStream,
    /// What was read and not handed on.
    waiting: Vec<u8>,
    /// Bytes and lines since the server was spoken to.
    bytes: usize,
    lines: usize,
}

impl Wire {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, waiting: Vec::new(), bytes: 0, lines: 0 }
    }

    fn poll_fill(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut chunk = [0; CHUNK_BYTES];
        let mut chunk = ReadBuf::new(&mut chunk);
        std::task::ready!(Pin::new(&mut self.stream).poll_read(context, &mut chunk))?;
        self.bytes = self.bytes.saturating_add(chunk.filled().len());
        if self.bytes > MOST_BYTES {
            return Poll::Ready(Err(io::Error::other(format!("it has more than {MOST_BYTES} bytes"))));
        }
        self.waiting.extend_from_slice(chunk.filled());
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, out: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.waiting.is_empty() {
            std::task::ready!(self.poll_fill(context))?;
        }
        let line = self.waiting.iter().position(|byte| *byte == b'\n').map_or(self.waiting.len(), |end| end + 1);
        let handed = line.min(out.remaining());
        self.lines += 1;
        if self.lines > MOST_LINES {
            return Poll::Ready(Err(io::Error::other(format!("it has more than {MOST_LINES} lines"))));
        }
        let rest = self.waiting.split_off(handed);
        out.put_slice(&self.waiting);
        self.waiting = rest;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        (self.bytes, self.lines) = (0, 0);
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl AsyncTokioStream for Wire {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.peer_addr()
    }
}

/// A connection that is encrypted from its first byte, in the shape in which lettre takes connections that others made.
#[allow(deprecated)]
#[derive(Debug)]
pub(super) struct Encrypted(pub(super) AsyncNetworkStream);

impl AsyncRead for Encrypted {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, out: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let read = std::task::ready!(Pin::new(&mut self.0).poll_read(context, out.initialize_unfilled()))?;
        out.advance(read);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_close(context)
    }
}

impl AsyncTokioStream for Encrypted {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.0.peer_addr()
    }
}
