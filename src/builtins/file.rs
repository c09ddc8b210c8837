//! FILE: what a script can ask a file, and making one of a text.

use super::support::{self, SCALAR, TEXTUAL, at, count, fits, text};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Failure, File, Kinds, Shared, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::File, ..support::ROW };

pub(super) static TABLE: &[Builtin] = &[
    Builtin {
        name: "toFile",
        page: "functions/file/to-file",
        on: TEXTUAL,
        parameters: &[Parameter::required("fileName", SCALAR)],
        about: "Makes a file of a text.",
        examples: &[Example::Shows(r#""name,age".toFile("people.csv")"#, "people.csv")],
        run: to_file,
        ..ROW
    },
    Builtin {
        name: "getFileName",
        page: "file/get-file-name",
        on: Kinds::FILE,
        about: "Gives the name of the file.",
        examples: &[Example::Shows(r#""hello".toFile("a b.txt").getFileName()"#, "a b.txt")],
        run: |_, arguments| Ok(Value::text(file("getFileName", arguments)?.name.as_str())),
        ..ROW
    },
    Builtin {
        name: "getFileSize",
        page: "file/get-file-size",
        on: Kinds::FILE,
        about: "Gives the size in bytes.",
        examples: &[
            Example::Shows(r#""héllo".toFile("a.txt").getFileSize()"#, "6"),
            Example::Shows(r#""".toFile("e.txt").getFileSize()"#, "0"),
        ],
        run: |_, arguments| Ok(count(file("getFileSize", arguments)?.bytes.len())),
        ..ROW
    },
    Builtin {
        name: "getFileType",
        page: "file/get-file-type",
        on: Kinds::FILE,
        about: "Gives the media type, such as image/png.",
        examples: &[Example::Shows(r#""{}".toFile("a.JSON").getFileType()"#, "application/json")],
        run: |_, arguments| Ok(Value::text(file("getFileType", arguments)?.content_type.as_str())),
        ..ROW
    },
    Builtin {
        name: "getFileContent",
        page: "file/get-file-content",
        on: Kinds::FILE,
        about: "Gives the content as text; bytes that are no text become replacement characters.",
        examples: &[Example::Shows(r#""hello".toFile("note.txt").getFileContent()"#, "hello")],
        run: content,
        ..ROW
    },
];

fn to_file(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let name = text(arguments, 1)?.into_owned();
    let content_type = media_type(&name).to_owned();
    let bytes = text(arguments, 0)?.into_owned().into();
    Ok(Value::File(Shared::new(File { name, content_type, bytes })))
}

/// The content is a text, so only types of texts are told apart.
fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("json") => "application/json",
        Some("xml") => "application/xml",
        Some("csv") => "text/csv",
        Some("html" | "htm") => "text/html",
        _ => "text/plain",
    }
}

fn content(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let bytes = &file("getFileContent", arguments)?.bytes;
    fits(call, bytes.len())?;
    Ok(Value::text(String::from_utf8_lossy(bytes)))
}

fn file<'a>(function: &str, arguments: &'a [Value]) -> Result<&'a File, Failure> {
    match at(arguments, 0) {
        Value::File(file) => Ok(file),
        other => Err(Failure::argument(function, Kinds::FILE, other.kind())),
    }
}
