//! The files in a zip file. Sizes that a zip file declares are not believed: unpacking stops at the documented limit, so
//! that a small file cannot fill the memory. Names are only names, but one that climbs out of its folder (`../x`) loses
//! the climbing, since scripts hand names on to where they become paths.

use std::io::{Cursor, Read};

use bytes::Bytes;
use zip::ZipArchive;

use super::compress::MOST_ENTRIES;
use super::{MEGABYTE, ROW, file};
use crate::builtins::error::{bad_zip, file_too_large};
use crate::catalogue::{Builtin, Call, Example};
use crate::syntax::Dialect;
use crate::value::{Contents, Failure, File, Key, Kinds, Map, Value};

pub(in crate::builtins) static TABLE: &[Builtin] = &[Builtin {
    name: "extract",
    elsewhere: &["unzip", "gunzip", "inflate", "extractall", "decompress"],
    page: "functions/file/extract",
    on: Kinds::FILE,
    about: "Gives the collection of the files of a zip file by their names; nothing for a file that is no zip file.",
    examples: &[
        Example::Shows(r#""x".toFile("x.txt").compress("bundle").extract()"#, r#"{"x.txt":"x.txt"}"#),
        Example::Shows(r#""not a zip".toFile("x.zip").extract().isEmpty()"#, "true"),
        Example::Shows(r#""name,age".toFile("p.csv").compress("z").extract().get("p.csv").getFileType()"#, "text/csv"),
        Example::Prints(
            r#"z = "x".toFile("x.txt").compress("z"); for each file in z.extract() { info file.getFileContent(); }"#,
            "x",
        ),
        Example::Fails(r#"info "x.zip".extract();"#, "run::argument-type"),
    ],
    differs: &[
        "A file in a folder has its path as key, as in Inner/b.txt, and its name alone as name.",
        "A zip file with a password or with damaged content is an error.",
    ],
    see: &["compress", "getFileContent", "getFileName"],
    run: extract,
    ..ROW
}];

/// A zip file of this size holds more than may be unpacked, whatever is in it.
const LARGEST_ZIP: usize = 16 * MEGABYTE;

fn extract(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let bytes = file("extract", arguments)?.bytes.clone();
    let (largest, shown) = match call.environment.dialect {
        Dialect::Creator => (500 * 1024, "500 KB for the files of a zip file"),
        _ => (3 * MEGABYTE, "3 MB for the files of a zip file"),
    };
    unpack(&bytes, largest, shown).map(|files| Value::collection(Contents::Map(files)))
}

fn unpack(bytes: &Bytes, largest: usize, shown: &str) -> Result<Map, Failure> {
    let mut files = Map::default();
    if !bytes.starts_with(b"PK") {
        return Ok(files);
    }
    if bytes.len() > LARGEST_ZIP {
        return Err(file_too_large(shown));
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(&bytes[..])) else { return Ok(files) };
    if archive.len() > MOST_ENTRIES {
        return Err(bad_zip("there are more than 10000 files and folders"));
    }
    let mut left = largest;
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(|_| damaged())?;
        if entry.is_dir() {
            continue;
        }
        if entry.encrypted() {
            return Err(bad_zip("it is protected with a password"));
        }
        if entry.size() > left as u64 {
            return Err(file_too_large(shown));
        }
        let path = path(&entry.name().map_err(|_| damaged())?);
        let mut content = Vec::new();
        let reader = archive.by_index(index).map_err(|_| damaged())?;
        reader.take(left as u64 + 1).read_to_end(&mut content).map_err(|_| damaged())?;
        left = left.checked_sub(content.len()).ok_or_else(|| file_too_large(shown))?;
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        files.insert(Key::from(path.as_str()), Value::file(File::named(name, content)));
    }
    Ok(files)
}

fn damaged() -> Failure {
    bad_zip("its content is damaged or stored in a way that is not known")
}

/// The path of an entry without what leads out of it.
fn path(name: &str) -> String {
    let parts = name.split(['/', '\\']).filter(|part| !matches!(part.trim(), "" | "." | ".."));
    let is_drive = |part: &&str| part.len() == 2 && part.ends_with(':');
    let parts: Vec<String> = parts
        .skip_while(is_drive)
        .map(|part| part.chars().filter(|letter| !letter.is_control()).collect())
        .filter(|part: &String| !part.is_empty())
        .collect();
    if parts.is_empty() { "file".to_owned() } else { parts.join("/") }
}
