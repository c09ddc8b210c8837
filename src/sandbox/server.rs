//! The HTTP side: one thread with a current-thread runtime, which reads each request whole and hands it on. Bodies are
//! limited to 1 MB, slow ones to ten seconds, header sizes by hyper. Dropping the handle lets running answers finish,
//! but not for longer than a second: a client that never completes its request must not keep the program alive.

use std::future::poll_fn;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::Response;
use tokio::sync::watch;

use super::call::Call;
use super::reply::Reply;
use super::state::Platform;

const BODY_LIMIT: usize = 1024 * 1024;
/// A body that is too large is read on to this size and dropped, so that the sender can read the answer that says so.
const DRAIN_LIMIT: usize = 16 * BODY_LIMIT;
const BODY_TIME: Duration = Duration::from_secs(10);
const STOP_TIME: Duration = Duration::from_secs(1);

/// Stops the server.
pub(super) struct Handle {
    stop: watch::Sender<bool>,
    thread: JoinHandle<()>,
}

impl Handle {
    /// Asks the server to stop and waits for its thread.
    pub fn stop(self) {
        // Neither can fail in a way that matters: the thread may only have ended already.
        let _ = self.stop.send(true);
        let _ = self.thread.join();
    }
}

/// Listens on a free loopback port and serves from a thread of its own.
pub(super) fn start(platform: Arc<Platform>) -> std::io::Result<(Handle, SocketAddr)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    let (stop, stopped) = watch::channel(false);
    let thread = std::thread::Builder::new()
        .name("sandbox".to_owned())
        .spawn(move || runtime.block_on(serve(listener, platform, stopped)))?;
    Ok((Handle { stop, thread }, address))
}

async fn serve(listener: TcpListener, platform: Arc<Platform>, stopped: watch::Receiver<bool>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let router = Router::new().fallback(answer).with_state(platform);
    let server = axum::serve(listener, router).with_graceful_shutdown(asked(stopped.clone()));
    let patience = async {
        asked(stopped).await;
        tokio::time::sleep(STOP_TIME).await;
    };
    tokio::select! {
        _ = server => {}
        () = patience => {}
    }
}

/// Waits until the server is to stop.
async fn asked(mut stopped: watch::Receiver<bool>) {
    // An error means that the handle is gone, which is the same wish.
    let _ = stopped.wait_for(|stop| *stop).await;
}

async fn answer(State(platform): State<Arc<Platform>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let call = |bytes| Call::new(parts.method, &parts.uri, parts.headers, bytes);
    let reply = match tokio::time::timeout(BODY_TIME, read(body)).await {
        Ok(Ok(bytes)) => platform.answer(&call(bytes)),
        Ok(Err(Unread::TooLarge)) => platform.refuse(&call(Bytes::new()), Reply::too_large()),
        Ok(Err(Unread::Broken)) | Err(_) => platform.refuse(&call(Bytes::new()), Reply::incomplete()),
    };
    reply.into_response()
}

enum Unread {
    TooLarge,
    Broken,
}

async fn read(mut body: Body) -> Result<Bytes, Unread> {
    let (mut bytes, mut seen) = (Vec::new(), 0_usize);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.map_err(|_| Unread::Broken)?.into_data() else { continue };
        seen = seen.saturating_add(data.len());
        if seen <= BODY_LIMIT {
            bytes.extend_from_slice(&data);
        } else if seen > DRAIN_LIMIT {
            break;
        }
    }
    if seen <= BODY_LIMIT { Ok(bytes.into()) } else { Err(Unread::TooLarge) }
}
