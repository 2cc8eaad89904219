//! Output files that are there whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{NamedTempFile, TempPath};

use crate::error::{Error, Result};

/// The temporary files there are. Whoever makes, renames or deletes one holds the lock.
static TEMPORARY: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn temporary() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// For a program that is told to stop: deletes the temporary files, and no file is begun or ended as long as the result
/// lives.
#[must_use = "writing goes on when this is dropped"]
pub fn abandon() -> impl Drop {
    let mut temporary = temporary();
    for path in std::mem::take(&mut *temporary) {
        // There is nobody left to tell.
        let _ = fs::remove_file(path);
    }
    temporary
}

/// Writes a file by way of a temporary one in the same folder, which takes its place when everything is written.
///
/// When writing fails, the file that was there stays as it was. It keeps its permissions, a link stays a link, and what
/// is no ordinary file (a pipe, `/dev/stdout`) is written to directly. Fails with the path.
pub fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    replace(path, write).map_err(|source| Error::write(path, source))
}

fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let existing = match fs::metadata(path) {
        Ok(metadata) => Some(metadata),
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        Err(e) => return Err(e),
    };
    if existing.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        return fill(File::options().write(true).open(path)?, write).map(drop);
    }
    let permissions = existing.as_ref().map(Metadata::permissions);
    if permissions.as_ref().is_some_and(Permissions::readonly) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    // A link is followed, so that the file it names is replaced and not the link.
    let path = if existing.is_some() { path.canonicalize()? } else { path.to_owned() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".taiyaku-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let (file, temporary) = Temporary::new(&builder, folder)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    fill(&file, write)?;
    temporary.rename(&path)
}

/// A temporary file, deleted when it is dropped.
struct Temporary(Option<TempPath>);

impl Temporary {
    fn new(builder: &tempfile::Builder<'_, '_>, folder: &Path) -> io::Result<(File, Self)> {
        let mut known = temporary();
        let (file, path) = builder.tempfile_in(folder).map(NamedTempFile::into_parts)?;
        known.insert(path.to_path_buf());
        Ok((file, Self(Some(path))))
    }

    /// Puts the file in its place.
    fn rename(mut self, to: &Path) -> io::Result<()> {
        let Some(path) = self.0.take() else { return Ok(()) };
        let mut known = temporary();
        known.remove(path.as_ref() as &Path);
        Ok(path.persist(to)?)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Some(path) = self.0.take() {
            let mut known = temporary();
            known.remove(path.as_ref() as &Path);
            drop(path);
        }
    }
}

fn fill<F: Write>(file: F, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut buffered = BufWriter::new(file);
    write(&mut buffered)?;
    buffered.flush()
}

#[cfg(test)]
mod tests {
    use std::{fs, io};

    use super::write_file;

    #[test]
    fn a_file_is_written_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("対訳.tsv");
        for text in ["一\n", "二\n"] {
            write_file(&path, |out| out.write_all(text.as_bytes())).expect("a new or an old file");
            assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some(text));
        }
        assert_eq!(fs::read_dir(&folder).map(Iterator::count).ok(), Some(1), "no temporary file stays");
    }

    #[test]
    fn nothing_changes_when_writing_fails() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.tsv");
        fs::write(&path, "old").expect("a file");
        let error = write_file(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("the disk is full"))
        });
        assert_eq!(error.map_err(|e| e.to_string()), Err(format!("cannot write {}: the disk is full", path.display())));
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some("old"));
        assert_eq!(fs::read_dir(&folder).map(Iterator::count).ok(), Some(1));
    }

    #[test]
    fn a_missing_folder_and_a_folder_in_the_way_are_named() {
        let folder = tempfile::tempdir().expect("a folder");
        for path in [folder.path().join("none/a.tsv"), folder.path().to_owned()] {
            let error = write_file(&path, |_| Ok(())).map_err(|e| e.to_string()).expect_err("no place for a file");
            assert!(error.starts_with(&format!("cannot write {}: ", path.display())), "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (path, link) = (folder.path().join("a.tsv"), folder.path().join("link.tsv"));
        fs::write(&path, "old").expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("its owner");
        symlink("a.tsv", &link).expect("a link");
        write_file(&link, |out| out.write_all(b"new")).expect("a file behind a link");
        assert!(fs::symlink_metadata(&link).expect("the link").is_symlink());
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some("new"));
        assert_eq!(fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o640);

        fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).expect("its owner");
        assert!(write_file(&path, |_| Ok(())).is_err(), "a file that must not be written");
    }
}
