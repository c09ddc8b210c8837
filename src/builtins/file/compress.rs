//! Zip files of one file, of a list of files, or of a map that tells the folders. The same files give the same bytes:
//! entries carry no time of the present.

use std::collections::HashMap;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{MEGABYTE, NAME, ROW, name};
use crate::builtins::error::{bad_zip, file_too_large};
use crate::builtins::support::at;
use crate::catalogue::{Builtin, Call, Example, Parameter};
use crate::value::{Aggregate, Contents, Failure, File, Kind, Kinds, Value};

pub(in crate::builtins) static TABLE: &[Builtin] = &[Builtin {
    name: "compress",
    elsewhere: &["zip", "gzip", "deflate", "make_archive"],
    page: "functions/file/compress",
    on: Kinds::FILE.or(Kinds::LIST).or(Kinds::MAP).or(Kinds::COLLECTION),
    parameters: &[Parameter::optional("fileName", NAME)],
    about: "Makes a zip file of a file, of a list of files, or of a map of names to files or to maps, which are folders.",
    examples: &[
        Example::Shows(r#""x".toFile("x.txt").compress("bundle")"#, "bundle.zip"),
        Example::Prints(
            r#"l = {"1".toFile("a.txt"), "2".toFile("b.txt")}; z = l.compress("two"); info z.extract().get("b.txt").getFileContent();"#,
            "2",
        ),
        Example::Prints(
            r#"m = Map(); m.put("a.txt", "1".toFile("a.txt")); n = Map(); n.put("b.txt", "2".toFile("b.txt")); m.put("Inner", n); z = m.compress("Outer"); info z.extract().get("Inner/b.txt").getFileContent();"#,
            "2",
        ),
        Example::Fails(r#"l = {"a text"}; z = l.compress("bundle");"#, "run::argument-type"),
    ],
    differs: &[
        "Without a name, the zip file is named after the file, and compressed.zip for several.",
        "Of files with the same name in one folder, the second is stored as name (1).",
        "Slashes in names become underscores; only maps make folders.",
    ],
    see: &["extract", "toFile", "getFileSize"],
    run: compress,
    ..ROW
}];

/// The largest zip file (help page "compress").
const LARGEST: usize = 2 * MEGABYTE;
/// The most content that is compressed in one call, so that no call takes minutes.
const MOST_CONTENT: usize = 50 * MEGABYTE;
/// The most entries; a map that is in itself often is small but would have no end.
pub(super) const MOST_ENTRIES: usize = 10_000;
/// How deep folders may be; a map that is in itself would have no end.
const DEEPEST: usize = 50;
/// The longest path of an entry in bytes. The format ends at 65,535.
const LONGEST_PATH: usize = 4_096;

fn compress(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let mut archive = Archive::new();
    let mut base = "compressed".to_owned();
    match at(arguments, 0) {
        Value::File(file) => {
            let file = file.borrow();
            base = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem).to_owned();
            archive.add("", &file.name, &file)?;
        }
        Value::Aggregate(files) => archive.fill(files)?,
        other => return Err(not_a_file(other)),
    }
    let name = if at(arguments, 1).is_null() { base } else { name(arguments, 1)? };
    let has_ending = name.len() > 4 && name.to_ascii_lowercase().ends_with(".zip");
    let name = if has_ending { name } else { name + ".zip" };
    Ok(Value::file(File::new(name, "application/zip", archive.finish()?)))
}

fn not_a_file(found: &Value) -> Failure {
    Failure::argument("compress", Kinds::FILE, found.kind())
}

/// A zip file that grows.
struct Archive {
    writer: ZipWriter<Cursor<Vec<u8>>>,
    /// How often each path was used.
    paths: HashMap<String, usize>,
    content: usize,
    entries: usize,
}

impl Archive {
    fn new() -> Self {
        let writer = ZipWriter::new(Cursor::new(Vec::new()));
        Self { writer, paths: HashMap::new(), content: 0, entries: 0 }
    }

    /// Adds the files of a list, or the files and folders of a map.
    fn fill(&mut self, files: &Aggregate) -> Result<(), Failure> {
        let mut folders = vec![(String::new(), 0, files.clone())];
        while let Some((folder, depth, files)) = folders.pop() {
            if depth > DEEPEST {
                return Err(bad_zip("folders are nested too deep, or a map is in itself"));
            }
            match &*files.borrow() {
                Contents::Braces => {}
                Contents::List(items) => {
                    for item in items {
                        let Value::File(file) = item else { return Err(not_a_file(item)) };
                        let file = file.borrow();
                        self.add(&folder, &file.name, &file)?;
                    }
                }
                Contents::Map(map) => {
                    for (key, value) in map {
                        let name = key.to_value().print()?;
                        match value {
                            Value::File(file) => self.add(&folder, &name, &file.borrow())?,
                            Value::Aggregate(inner) if inner.kind() != Kind::List => {
                                let path = self.directory(&folder, &name)?;
                                folders.push((path, depth + 1, inner.clone()));
                            }
                            other => return Err(not_a_file(other)),
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, folder: &str, name: &str, file: &File) -> Result<(), Failure> {
        self.content = self.content.saturating_add(file.bytes.len());
        let written = self.writer.get_ref().map_or(0, |cursor| cursor.get_ref().len());
        if self.content > MOST_CONTENT || written > LARGEST {
            return Err(file_too_large("2 MB for a zip file"));
        }
        let path = self.path(folder, name)?;
        self.writer.start_file(path, SimpleFileOptions::default()).map_err(|_| bad_zip("a file cannot be stored"))?;
        self.writer.write_all(&file.bytes).map_err(|_| bad_zip("a file cannot be stored"))
    }

    /// Adds an empty folder; its path ends with a slash.
    fn directory(&mut self, folder: &str, name: &str) -> Result<String, Failure> {
        let path = self.path(folder, name)? + "/";
        let options = SimpleFileOptions::default();
        self.writer.add_directory(path.as_str(), options).map_err(|_| bad_zip("a folder cannot be stored"))?;
        Ok(path)
    }

    /// A path that is not in the zip file yet.
    fn path(&mut self, folder: &str, name: &str) -> Result<String, Failure> {
        self.entries += 1;
        if self.entries > MOST_ENTRIES {
            return Err(bad_zip("there are more than 10000 files and folders"));
        }
        let mut path = folder.to_owned() + &plain(name);
        if path.len() > LONGEST_PATH {
            return Err(bad_zip("the name of a file is too long"));
        }
        while let Some(used) = self.paths.get_mut(&path) {
            let number = *used;
            *used += 1;
            path = match path.rsplit_once('.').filter(|(stem, ending)| !stem.ends_with('/') && !ending.contains('/')) {
                Some((stem, ending)) => format!("{stem} ({number}).{ending}"),
                None => format!("{path} ({number})"),
            };
        }
        self.paths.insert(path.clone(), 1);
        Ok(path)
    }

    fn finish(self) -> Result<Vec<u8>, Failure> {
        let bytes = self.writer.finish().map_err(|_| bad_zip("it cannot be written"))?.into_inner();
        if bytes.len() > LARGEST { Err(file_too_large("2 MB for a zip file")) } else { Ok(bytes) }
    }
}

/// A name that is one step of a path and no way out of it.
fn plain(name: &str) -> String {
    let is_bad = |letter: char| matches!(letter, '/' | '\\') || letter.is_control();
    let name: String = name.chars().map(|letter| if is_bad(letter) { '_' } else { letter }).collect();
    if matches!(name.trim(), "" | "." | "..") { "_".to_owned() } else { name }
}
