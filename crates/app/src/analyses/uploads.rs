//! Files of a form that was refused, kept so that they need not be sent twice: on the disk for as long as they wait, by a name that
//! nobody can guess.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use tempfile::TempDir;

use super::{
    inputs,
    job::Job,
    request::{Input, InputFile},
};
use crate::{App, import::token};

/// Forms whose files wait, at most; the oldest make room.
const MOST_WAITING: usize = 16;

/// Files that wait for the form that they came with to be sent again.
#[derive(Debug)]
pub struct Upload {
    /// Its name.
    pub token: String,
    /// The files.
    pub files: Vec<InputFile>,
    // Inputs of a job lie in the node's folder.
    _folder: Option<TempDir>,
    // Those of the same form that were sent before lie in their own folder.
    _before: Option<Arc<Upload>>,
}

/// All that waits on this node.
#[derive(Default)]
pub(crate) struct Uploads(Mutex<VecDeque<Arc<Upload>>>);

/// Keeps the files of a form, beside those of an earlier try for whose role none came this time.
pub fn keep_upload(app: &App, folder: TempDir, files: Vec<InputFile>, before: Option<Arc<Upload>>) -> Arc<Upload> {
    let files = with_earlier(files, before.as_deref());
    let upload = Arc::new(Upload { token: token(), files, _folder: Some(folder), _before: before });
    wait(app, &upload);
    upload
}

/// The files of a job, for a form that begins another like it. Those that this node does not hold any more are left out.
pub fn upload_of(app: &App, job: &Job) -> Arc<Upload> {
    let file = |input: &Input| {
        let path = inputs::path(app, input).ok()?;
        Some(InputFile { role: input.role.clone(), name: input.name.clone(), path })
    };
    let files = job.request.inputs.iter().filter_map(file).collect();
    let upload = Arc::new(Upload { token: token(), files, _folder: None, _before: None });
    wait(app, &upload);
    upload
}

fn wait(app: &App, upload: &Arc<Upload>) {
    let mut held = app.uploads().0.lock().unwrap_or_else(PoisonError::into_inner);
    held.push_back(upload.clone());
    if held.len() > MOST_WAITING {
        held.pop_front();
    }
}

/// The files of a form, and those of an earlier try for whose role none came this time.
pub fn with_earlier(mut files: Vec<InputFile>, before: Option<&Upload>) -> Vec<InputFile> {
    let missing = |file: &&InputFile| !files.iter().any(|of| of.role == file.role);
    let earlier: Vec<InputFile> = before.map_or(&[][..], |of| &of.files).iter().filter(missing).cloned().collect();
    files.extend(earlier);
    files
}

/// The files of a form that was refused; none when they had to make room.
pub fn upload(app: &App, token: &str) -> Option<Arc<Upload>> {
    let held = app.uploads().0.lock().unwrap_or_else(PoisonError::into_inner);
    held.iter().find(|of| of.token == token).cloned()
}
