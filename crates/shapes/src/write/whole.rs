//! Files that appear when they are complete, where a link leads to if their name is one.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Links that are followed; systems give up after as many.
const MOST_LINKS: usize = 40;

/// Where a file that is written under a name comes to lie: the name itself, or the target of the links that it is, which need not
/// be there yet. What is renamed onto a link would take its place and leave the target as it was.
///
/// Errors: links that lead in a circle.
pub fn destination(path: &Path) -> io::Result<PathBuf> {
    let mut at = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        match fs::symlink_metadata(&at) {
            Ok(found) if found.file_type().is_symlink() => {
                let target = fs::read_link(&at)?;
                at = at.parent().map_or_else(|| target.clone(), |folder| folder.join(&target));
            }
            _ => return Ok(at),
        }
    }
    Err(io::Error::other(format!("{} is a link that leads to itself", path.display())))
}

/// Writes bytes to a file, whole or not at all. A device or a pipe takes them as they come.
///
/// Errors: what the system says.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(found) if !found.is_file() => fs::write(path, bytes),
        _ => whole(path, |to| to.write_all(bytes)),
    }
}

/// Writes a file beside its place and moves it there when it is whole, so that a failure leaves what was.
pub(super) fn whole<E: From<io::Error>>(
    path: &Path,
    fill: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
) -> Result<(), E> {
    let path = destination(path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".part-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As the file that was there, else as any new one: the umask takes away what must not be.
        let was = fs::metadata(&path).ok().map(|found| found.permissions());
        builder.permissions(was.unwrap_or_else(|| fs::Permissions::from_mode(0o666)));
    }
    // What is wrong with the folder is said without the name of a file that nobody asked for.
    fs::metadata(folder)?;
    let half = builder.tempfile_in(folder).map_err(|error| io::Error::from(error.kind()))?;
    let mut buffered = io::BufWriter::with_capacity(1 << 16, half);
    fill(&mut buffered)?;
    let half = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
    half.as_file().sync_all()?;
    half.persist(path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn what_is_written_to_a_link_goes_where_it_leads() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("far")).unwrap();
        fs::write(at("far/old.txt"), b"old").unwrap();
        // A link to a link, one of them by a name that begins at the folder of the link; and one to what is not there yet.
        symlink("far/old.txt", at("one")).unwrap();
        symlink(at("one"), at("two")).unwrap();
        symlink("far/new.txt", at("new")).unwrap();
        for (name, target) in [("two", "far/old.txt"), ("new", "far/new.txt"), ("plain", "plain")] {
            assert_eq!(destination(&at(name)).unwrap(), at(target));
            write_whole(&at(name), name.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(at(target)).unwrap(), name);
        }
        assert!(["one", "two", "new"].iter().all(|name| fs::symlink_metadata(at(name)).unwrap().is_symlink()));
        // Nothing is left beside the targets.
        assert_eq!(fs::read_dir(at("far")).unwrap().count(), 2);
        let nowhere = write_whole(&at("none/new.txt"), b"new").unwrap_err();
        assert_eq!(nowhere.to_string(), io::Error::from_raw_os_error(2).to_string(), "no name of ours is in it");
        symlink("round", at("round")).unwrap();
        assert!(destination(&at("round")).unwrap_err().to_string().contains("leads to itself"));
        // A failure leaves what was.
        let failed = whole(&at("two"), |to| to.write_all(b"half").and(Err(io::Error::other("full"))));
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(at("far/old.txt")).unwrap(), "two");
        assert_eq!(fs::read_dir(at("far")).unwrap().count(), 2);
    }
}
