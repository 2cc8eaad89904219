//! Reading files into memory, within bounds: what is too large for an article is refused before it is read.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::error::{Error, Result};

/// The size, in bytes, up to which a file is read: a thousand novels, and far more than one alignment can hold.
pub const MAX_FILE_BYTES: u64 = 256 << 20;
/// The size, in bytes of UTF-8, up to which a paragraph is read: several novels without a line break. What is longer is no
/// text of sentences.
pub const MAX_PARAGRAPH_BYTES: usize = 4 << 20;

/// The bytes of the file at `path`.
///
/// # Errors
/// [`Error::Read`] when it cannot be read or is a folder, [`Error::Format`] when it is larger than [`MAX_FILE_BYTES`].
pub fn load(path: &Path) -> Result<Vec<u8>> {
    let open = || {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        // Some systems open folders as files.
        if metadata.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { Ok((file, metadata.len())) }
    };
    let (file, size) = open().map_err(|e| Error::read(path, e))?;
    if size > MAX_FILE_BYTES {
        return Err(too_large(path));
    }
    load_from(path, file)
}

/// The bytes that `reader` gives, which need not tell their number beforehand (standard input, a pipe); `name` stands in
/// the messages.
///
/// # Errors
/// Those of [`load`].
pub fn load_from(name: &Path, reader: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|e| Error::read(name, e))?;
    if bytes.len() as u64 > MAX_FILE_BYTES { Err(too_large(name)) } else { Ok(bytes) }
}

fn too_large(name: &Path) -> Error {
    let message = format!("it is larger than {} MB. Split it into smaller files", MAX_FILE_BYTES >> 20);
    Error::format(name, None, message)
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    use super::{MAX_FILE_BYTES, load, load_from};

    #[test]
    fn a_file_that_is_too_large_is_refused_by_its_size() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ja.txt");
        File::create(&path).and_then(|file| file.set_len(1 << 30)).expect("a file of holes");
        let error = load(&path).expect_err("1 GB").to_string();
        assert!(error.ends_with("ja.txt: it is larger than 256 MB. Split it into smaller files"), "{error}");
    }

    #[test]
    fn a_stream_without_an_end_is_refused_at_the_limit() {
        let error = load_from(Path::new("standard input"), io::repeat(b'a')).expect_err("no end");
        assert!(error.to_string().contains(&format!("{} MB", MAX_FILE_BYTES >> 20)), "{error}");
    }

    #[test]
    fn a_folder_is_no_file() {
        let error = load(Path::new(".")).expect_err("a folder").to_string();
        assert_eq!(error, "cannot read .: it is a folder, not a file");
    }
}
