//! Opening a data folder and holding its current world.

use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use jiff::Timestamp;
use lake::{Lake, LakeError, SegmentId};
use register::{Folded, LiveSegment, Log, Upto};
use rustc_hash::FxHashMap;
use snapshot::{Observations, Snapshot};
use store::{Mode, Store, StoreError};
use tracing::Instrument as _;

use crate::{
    analyses::Uploads,
    data::{Folder, ServeLock},
    error::AppError,
    import::Pending,
    kept::Kept,
    listing::Paged,
    people::{FRESH, Names},
    personal,
    running::Held,
    space::Shelf,
    world::World,
};

/// How to open a data folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenMode {
    /// Make it if need be.
    Create,
    /// It must be there.
    Existing,
    /// It must be there; nothing is written.
    ReadOnly,
    /// Nothing is written; a folder that is not there is an empty register.
    ReadOnlyOrEmpty,
}

/// An opened data folder. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    folder: Option<Folder>,
    store: Option<Store>,
    lake: Option<Arc<Lake>>,
    /// How many have asked for the current world.
    asked: AtomicU64,
    /// How often something personal had been erased when the register was last asked.
    n_erased: AtomicU64,
    current: tokio::sync::Mutex<Option<Current>>,
    /// What is known of the current world, readable while another is being folded.
    held: Mutex<Option<Held>>,
    past: Mutex<FxHashMap<u64, Arc<World>>>,
    pending: Mutex<FxHashMap<String, Arc<Pending>>>,
    shelf: Shelf,
    uploads: Uploads,
    names: Mutex<Option<(std::time::Instant, Names)>>,
    paged: Mutex<Paged>,
    /// Layers of maps and boundaries with the bytes of their files.
    shapes: Kept<(Arc<shapes::Layer>, usize)>,
}

/// The current world, and what the next one is made from.
struct Current {
    world: Arc<World>,
    /// Whoever asked up to this one has the register's latest word in it.
    answers: u64,
    at: Option<Timestamp>,
    head: [u8; 32],
    segments: Vec<LiveSegment>,
    /// How often something personal had been erased when it was made.
    n_erased: u64,
}

impl Current {
    /// The state that the world shows. Its records are shared.
    fn folded(&self) -> Folded {
        Folded {
            position: self.world.snapshot().position,
            at: self.at,
            head: self.head,
            records: self.world.records().clone(),
            segments: self.segments.clone(),
        }
    }
}

/// Shapes that were read and are kept take at most so many bytes.
const MOST_SHAPES: usize = 64 << 20;
/// Worlds of the past that are kept.
const MOST_PAST: usize = 8;

/// Whether a path is a folder that holds a register.
pub fn is_data_folder(path: &Path) -> bool {
    Folder::existing(path).is_ok()
}

impl App {
    /// Opens a data folder with its register in a file of it.
    pub async fn open(path: &Path, mode: OpenMode) -> Result<App, AppError> {
        App::open_in(path, None, mode).await
    }

    /// Opens a data folder whose register is in a PostgreSQL database, if one is named by its address.
    pub async fn open_in(path: &Path, database: Option<&str>, mode: OpenMode) -> Result<App, AppError> {
        match database {
            None => App::open_file(path, mode).await,
            Some(address) => App::connect(path, address, mode).await,
        }
    }

    async fn connect(path: &Path, address: &str, mode: OpenMode) -> Result<App, AppError> {
        let (folder, store) = match mode {
            OpenMode::Create => (Folder::create(path)?, Store::connect(address, Mode::Create).await?),
            OpenMode::Existing => (Folder::beside(path)?, Store::connect(address, Mode::ReadWrite).await?),
            OpenMode::ReadOnly => (Folder::beside(path)?, Store::connect(address, Mode::ReadOnly).await?),
            OpenMode::ReadOnlyOrEmpty => match Store::connect(address, Mode::ReadOnly).await {
                Ok(store) => (Folder::beside(path)?, store),
                Err(StoreError::NotADatabase { .. }) => return Ok(App::of(None, None, None)),
                Err(error) => return Err(error.into()),
            },
        };
        let lake = Arc::new(Lake::open(folder.lake())?);
        Ok(App::of(Some(folder), Some(store), Some(lake)))
    }

    async fn open_file(path: &Path, mode: OpenMode) -> Result<App, AppError> {
        if mode == OpenMode::ReadOnlyOrEmpty && !is_data_folder(path) {
            return Ok(App::of(None, None, None));
        }
        let (folder, mode) = match mode {
            OpenMode::Create => (Folder::create(path)?, Mode::Create),
            OpenMode::Existing => (Folder::existing(path)?, Mode::ReadWrite),
            OpenMode::ReadOnly | OpenMode::ReadOnlyOrEmpty => (Folder::existing(path)?, Mode::ReadOnly),
        };
        let store = Store::open(&folder.register(), mode).await?;
        let lake = Arc::new(Lake::open(folder.lake())?);
        Ok(App::of(Some(folder), Some(store), Some(lake)))
    }

    fn of(folder: Option<Folder>, store: Option<Store>, lake: Option<Arc<Lake>>) -> App {
        App(Arc::new(Inner {
            folder,
            store,
            lake,
            asked: AtomicU64::new(0),
            n_erased: AtomicU64::new(0),
            current: tokio::sync::Mutex::new(None),
            held: Mutex::new(None),
            past: Mutex::new(FxHashMap::default()),
            pending: Mutex::new(FxHashMap::default()),
            shelf: Shelf::default(),
            uploads: Uploads::default(),
            names: Mutex::new(None),
            paged: Mutex::new(Paged::new()),
            shapes: Kept::new(MOST_SHAPES),
        }))
    }

    /// Shapes of files that were read before, at most 64 MB of them.
    pub fn shapes(&self) -> &Kept<(Arc<shapes::Layer>, usize)> {
        &self.0.shapes
    }

    /// Takes the right to serve the folder; `None` where several programs may, because a database server stands
    /// between them.
    pub fn serve_lock(&self) -> Result<Option<ServeLock>, AppError> {
        if self.store()?.is_shared() {
            return Ok(None);
        }
        self.folder()?.serve_lock().map(Some)
    }

    pub(crate) fn folder(&self) -> Result<&Folder, AppError> {
        self.0.folder.as_ref().ok_or_else(|| AppError::NoData(".".into()))
    }
    /// The register itself, for what writes changes of its own making.
    pub fn store(&self) -> Result<&Store, AppError> {
        self.0.store.as_ref().ok_or_else(|| AppError::NoData(".".into()))
    }
    pub(crate) fn lake(&self) -> Result<&Arc<Lake>, AppError> {
        self.0.lake.as_ref().ok_or_else(|| AppError::NoData(".".into()))
    }
    pub(crate) fn held_slot(&self) -> &Mutex<Option<Held>> {
        &self.0.held
    }
    pub(crate) fn shelf(&self) -> &Shelf {
        &self.0.shelf
    }
    pub(crate) fn uploads(&self) -> &Uploads {
        &self.0.uploads
    }
    pub(crate) fn pending(&self) -> &Mutex<FxHashMap<String, Arc<Pending>>> {
        &self.0.pending
    }

    pub(crate) fn held_names(&self) -> Option<Names> {
        let held = self.0.names.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().filter(|(since, _)| since.elapsed() < FRESH).map(|(_, names)| names.clone())
    }
    pub(crate) fn hold_names(&self, names: Names) {
        *self.0.names.lock().unwrap_or_else(PoisonError::into_inner) = Some((std::time::Instant::now(), names));
    }
    pub(crate) fn forget_names(&self) {
        *self.0.names.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
    pub(crate) fn paged(&self) -> &Mutex<Paged> {
        &self.0.paged
    }

    /// The current world: every change that was acknowledged before the call is in it. Asks the register for its
    /// position, so that what another process wrote is seen; when it moved, only what was written since is folded.
    ///
    /// Many who ask at once ask the register once: whoever holds the lock asks for all who came before that moment. An
    /// answer that was on its way already when somebody came is too old for them.
    pub async fn world(&self) -> Result<Arc<World>, AppError> {
        let Some(store) = &self.0.store else { return Ok(Arc::new(World::new(crate::world::empty_snapshot()))) };
        let mine = self.0.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut current = self.0.current.lock().await;
        if let Some(held) = current.as_ref().filter(|c| c.answers >= mine) {
            return Ok(held.world.clone());
        }
        let answers = self.0.asked.load(Ordering::SeqCst);
        let (position, head, n_erased) = store.mark().await?;
        // Who asked at the same time may have heard of a later erasure.
        self.0.n_erased.fetch_max(n_erased, Ordering::SeqCst);
        if current.as_ref().is_some_and(|c| c.n_erased != n_erased) {
            // What was made before knows what was erased.
            *current = None;
            self.0.past.lock().unwrap_or_else(PoisonError::into_inner).clear();
            *self.paged().lock().unwrap_or_else(PoisonError::into_inner) = Paged::new();
        }
        if let Some(held) = current.as_mut().filter(|c| c.world.snapshot().position == position && c.head == head) {
            held.answers = answers;
            return Ok(held.world.clone());
        }
        let began = Instant::now();
        let fold = async {
            let folded = match current.as_ref() {
                Some(held) => store.fold_from(held.folded()).await?,
                None => store.fold(Upto::Now).await?,
            };
            // Between two changes of records the observations are the same, however many they are.
            let same = current.as_ref().filter(|c| c.segments == folded.segments);
            let observations = same.map(|c| c.world.snapshot().observations.clone());
            let (at, head, segments) = (folded.at, folded.head, folded.segments.clone());
            let world = self.freeze(folded, None, observations).await?;
            Ok::<_, AppError>(Current { world, answers, at, head, segments, n_erased })
        };
        let new = fold.instrument(tracing::info_span!("fold", register.position = position)).await?;
        let world = new.world.clone();
        *current = Some(new);
        let mut held = self.held_slot().lock().unwrap_or_else(PoisonError::into_inner);
        *held = Some(Held::of(&world, began, held.take()));
        Ok(world)
    }

    /// How often something personal had been erased when the current world was last asked for: what was made from a world
    /// before is not the same after it, though its fingerprint is.
    pub fn n_erased(&self) -> u64 {
        self.0.n_erased.load(Ordering::SeqCst)
    }

    /// The world as it was known at an instant.
    pub async fn world_as_of(&self, at: Timestamp) -> Result<Arc<World>, AppError> {
        let store = self.store()?;
        let folded = store.fold(Upto::Instant(at)).await?;
        let held = self.0.past.lock().unwrap_or_else(PoisonError::into_inner).get(&folded.position).cloned();
        if let Some(world) = held.filter(|w| w.is_past() == Some(at)) {
            return Ok(world);
        }
        let position = folded.position;
        let world = self.freeze(folded, Some(at), None).await?;
        let mut past = self.0.past.lock().unwrap_or_else(PoisonError::into_inner);
        if past.len() >= MOST_PAST {
            past.clear();
        }
        past.insert(position, world.clone());
        Ok(world)
    }

    /// The observations as they were after a change.
    pub(crate) async fn observations_at(&self, number: u64) -> Result<Arc<Observations>, AppError> {
        let folded = self.store()?.fold(Upto::Change(number)).await?;
        Ok(self.freeze(folded, None, None).await?.snapshot().observations.clone())
    }

    /// A state as a world; its observations are read from the lake where they are not at hand.
    async fn freeze(
        &self,
        mut folded: Folded,
        as_of: Option<Timestamp>,
        observations: Option<Arc<Observations>>,
    ) -> Result<Arc<World>, AppError> {
        folded.records = personal::told_records(self, std::mem::take(&mut folded.records)).await?;
        let frozen = move |folded: Folded, observations| {
            Arc::new(World::new(Snapshot {
                position: folded.position,
                as_of,
                fingerprint: hex(&folded.head),
                records: folded.records,
                observations,
            }))
        };
        if let Some(observations) = observations {
            return Ok(frozen(folded, observations));
        }
        let lake = self.lake()?.clone();
        let world = tokio::task::spawn_blocking(move || -> Result<Arc<World>, AppError> {
            let segments = folded
                .segments
                .iter()
                .map(|s| {
                    let id = SegmentId::parse(&s.segment.id)
                        .ok_or_else(|| AppError::Internal(format!("{} is no segment id", s.segment.id)))?;
                    Ok((id, s.change))
                })
                .collect::<Result<Vec<_>, AppError>>()?;
            let observations = lake.current(&segments, folded.position)?;
            let world = frozen(folded, Arc::new(observations));
            // Where observations were read, figures are asked for next; elsewhere they may not be.
            world.prepared();
            Ok(world)
        });
        world.await.map_err(|e| AppError::Internal(e.to_string()))?
    }
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotADatabase { path, detail } => AppError::NotARegister { path, detail },
            StoreError::ReadOnly(path) => AppError::ReadOnly(path),
            StoreError::DiskFull(path) => AppError::DiskFull(path),
            StoreError::Busy(path) => AppError::Busy(path),
            StoreError::Unreachable(path) => AppError::Unreachable(path),
            StoreError::Newer { path, .. } => AppError::Newer(path),
            StoreError::Corrupt { path, detail } => AppError::Corrupt { path, detail },
            StoreError::NotEmpty(path) => AppError::NotEmpty(path),
            StoreError::Conflict { record, change } => AppError::Conflict { record, change },
            StoreError::Database { path, detail } => AppError::File { path, detail },
        }
    }
}

impl From<LakeError> for AppError {
    fn from(error: LakeError) -> Self {
        match error {
            LakeError::Io { path, source } => AppError::file(path, &source),
            LakeError::Missing(id) => {
                AppError::Corrupt { path: "lake".into(), detail: format!("segment {id} is not there") }
            }
            LakeError::Damaged { id, detail } => {
                AppError::Corrupt { path: "lake".into(), detail: format!("segment {id}: {detail}") }
            }
            LakeError::NewerSchema { .. } => AppError::Newer("lake".into()),
            other => AppError::Internal(other.to_string()),
        }
    }
}
