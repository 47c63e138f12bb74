//! Standard output, in one place, so that what could not be printed is not taken for said.

use std::{
    io::{self, ErrorKind, StdoutLock, Write},
    sync::Mutex,
};

/// The first failure. Commands go on: what they write elsewhere is as good as before.
static FAILED: Mutex<Option<io::Error>> = Mutex::new(None);

/// Standard output, locked. A failure is remembered for the end of the program; a closed pipe (`| head`) is none, since somebody
/// has read enough.
pub struct Out(StdoutLock<'static>);

/// Locks standard output.
pub fn out() -> Out {
    Out(io::stdout().lock())
}

fn noted<T>(done: io::Result<T>) -> io::Result<T> {
    done.inspect_err(|error| {
        // Whoever writes tries again after these.
        if matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::Interrupted) {
            return;
        }
        if let Ok(mut failed) = FAILED.lock() {
            // An error of its own kind: the one that is handed on belongs to the writer.
            failed.get_or_insert_with(|| match error.raw_os_error() {
                Some(code) => io::Error::from_raw_os_error(code),
                None => io::Error::new(error.kind(), error.to_string()),
            });
        }
    })
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        noted(self.0.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        noted(self.0.flush())
    }
}

/// Prints what is left, and tells whether something could not be printed.
pub fn failure() -> Option<io::Error> {
    let _ = out().flush();
    FAILED.lock().ok()?.take()
}
