//! FILE: what a script can ask a file, what it can set for sending it, and making one of a text. Creator's pages keep
//! these functions from files of its upload fields; there are none here, so every file takes every function.

pub(super) mod compress;
pub(super) mod extract;

use std::cell::Ref;

use super::error::{bad_charset, bad_file_name, file_too_large};
use super::support::{self, SCALAR, TEXTUAL, at, count, fits, text, text_result};
use crate::catalogue::{Absent, Builtin, Call, Category, Example, Gives, Parameter};
use crate::syntax::Dialect;
use crate::value::{Failure, File, Kinds, SharedFile, Value, is_charset};

/// What the rows of files share.
const ROW: Builtin = Builtin { category: Category::File, ..support::ROW };

/// What the rows that change a file share.
const SET: Builtin = Builtin { on: Kinds::FILE, gives: Gives::Nothing, ..ROW };

/// Scripts pass numbers, dates and the like where a text is meant.
const NAME: Kinds = SCALAR.or(Kinds::DATE).or(Kinds::TIME);

pub(super) static TABLE: &[Builtin] = &[
    Builtin {
        name: "toFile",
        elsewhere: &["open", "write", "writeFile", "createFile", "Blob", "file_put_contents"],
        page: "functions/file/to-file",
        on: TEXTUAL.or(Kinds::LIST).or(Kinds::MAP).or(Kinds::COLLECTION),
        parameters: &[Parameter::required("fileName", NAME)],
        about: "Makes a file of a text, or of the text that info prints for a list or map.",
        examples: &[
            Example::Shows(r#""name,age".toFile("people.csv")"#, "people.csv"),
            Example::Shows(r#"{"good","fast"}.toFile("feedback").getFileContent()"#, "good,fast"),
            Example::Shows(r#""".toFile("empty.txt").getFileSize()"#, "0"),
            Example::Fails(r#"f = "x".toFile(" ");"#, "run::file-name"),
        ],
        differs: &[
            "The type of the file is told by the ending of its name.",
            "A name without characters, or with line breaks and other control characters, is refused.",
        ],
        see: &["getFileContent", "compress", "zoho.encryption.base64DecodeToFile"],
        run: to_file,
        ..ROW
    },
    Builtin {
        name: "getFileName",
        elsewhere: &["basename", "filename"],
        page: "file/get-file-name",
        on: Kinds::FILE,
        about: "Gives the name of the file.",
        examples: &[
            Example::Shows(r#""hello".toFile("a b.txt").getFileName()"#, "a b.txt"),
            Example::Prints(r#"f = "x".toFile("a.txt"); f.setFileName("b.txt"); info f.getFileName();"#, "b.txt"),
            Example::Fails(r#"t = "x"; info t.getFileName();"#, "run::argument-type"),
        ],
        see: &["setFileName", "getFileType", "getFileSize"],
        run: |_, arguments| Ok(Value::text(file("getFileName", arguments)?.name.as_str())),
        ..ROW
    },
    Builtin {
        name: "getFileSize",
        elsewhere: &["filesize", "getsize", "byteLength"],
        page: "file/get-file-size",
        on: Kinds::FILE,
        about: "Gives the size in bytes.",
        examples: &[
            Example::Shows(r#""héllo".toFile("a.txt").getFileSize()"#, "6"),
            Example::Shows(r#""".toFile("e.txt").getFileSize()"#, "0"),
            Example::Fails(r#"n = 5; info n.getFileSize();"#, "run::argument-type"),
        ],
        differs: &["The page calls the result TEXT; it is a NUMBER, so that it can be compared."],
        see: &["getFileName", "getFileType", "size"],
        run: |_, arguments| Ok(count(file("getFileSize", arguments)?.bytes.len())),
        ..ROW
    },
    Builtin {
        name: "getFileType",
        elsewhere: &["mimetype", "contentType", "guess_type"],
        page: "file/get-file-type",
        on: Kinds::FILE,
        about: "Gives the media type, such as image/png.",
        examples: &[
            Example::Shows(r#""{}".toFile("a.JSON").getFileType()"#, "application/json"),
            Example::Shows(r#""a note".toFile("note").getFileType()"#, "text/plain"),
            Example::Fails(r#"info "a.png".getFileType();"#, "run::argument-type"),
        ],
        see: &["setFileType", "getFileName"],
        run: |_, arguments| Ok(Value::text(file("getFileType", arguments)?.content_type.as_str())),
        ..ROW
    },
    Builtin {
        name: "getFileContent",
        elsewhere: &["read", "readFile", "readText", "file_get_contents"],
        page: "file/get-file-content",
        on: Kinds::FILE,
        about: "Gives the content as text; bytes that are no text become replacement characters.",
        examples: &[
            Example::Shows(r#""hello".toFile("note.txt").getFileContent()"#, "hello"),
            Example::Shows(r#""PK".toFile("x.zip").getFileContent().length()"#, "2"),
            Example::Fails(r#"info {"a":1}.getFileContent();"#, "run::argument-type"),
        ],
        differs: &["A file from a server is read in the charset that the server names, else as UTF-8."],
        see: &["toFile", "getFileSize", "extract"],
        run: content,
        ..ROW
    },
    Builtin {
        name: "setFileName",
        elsewhere: &["rename"],
        page: "file/set-file-name",
        parameters: &[Parameter::required("name", NAME)],
        about: "Gives the file another name.",
        examples: &[
            Example::Prints(r#"f = "x".toFile("a.txt"); f.setFileName("b.txt"); info f;"#, "b.txt"),
            Example::Prints(
                r#"f = "x".toFile("a.txt"); l = {f}; f.setFileName("b.txt"); info l.get(0).getFileName();"#,
                "b.txt",
            ),
            Example::Fails(r#"f = "x".toFile("a.txt"); f.setFileName("");"#, "run::file-name"),
        ],
        differs: &["Works on every file, not only on those fetched by invokeurl; the type stays as it was."],
        see: &["getFileName", "setFileType", "setParamName"],
        run: set_name,
        ..SET
    },
    Builtin {
        name: "setFileType",
        elsewhere: &["setContentType", "setMimeType"],
        page: "file/set-file-type",
        parameters: &[Parameter::required("type", Kinds::TEXT)],
        about: "Sets the type that the file is sent as, pdf or application/pdf; the content stays as it is.",
        examples: &[
            Example::Prints(r#"f = "x".toFile("a.txt"); f.setFileType("pdf"); info f.getFileType();"#, "pdf"),
            Example::Prints(r#"f = "x".toFile("a.txt"); f.setFileType("pdf"); info f.getFileContent();"#, "x"),
            Example::Fails(r#"f = "x"; f.setFileType("pdf");"#, "run::argument-type"),
        ],
        differs: &["Works on every file, not only on those fetched by invokeurl."],
        not_in_creator: &[Absent::ROW],
        see: &["getFileType", "setFileName", "setCharset"],
        run: set_type,
        ..SET
    },
    Builtin {
        name: "setCharset",
        elsewhere: &["encode", "setEncoding"],
        page: "file/set-charset",
        parameters: &[Parameter::required("charset", Kinds::TEXT)],
        about: "Sets the charset that a text is written in when the file is sent.",
        examples: &[
            Example::Prints(r#"f = "é".toFile("a.txt"); f.setCharSet("UTF-16"); info f.getFileContent();"#, "é"),
            Example::Prints(r#"f = "é".toFile("a.txt"); f.setCharset("ISO-8859-1"); info f.getFileSize();"#, "2"),
            Example::Fails(r#"f = "x".toFile("a.txt"); f.setCharset("UTF-99");"#, "run::charset"),
        ],
        differs: &[
            "Content that is no text is sent as it is.",
            "Charsets are those of the Web's encoding standard; a character that a charset lacks is sent as a question mark.",
        ],
        see: &["setFileType", "setParamName", "getFileContent"],
        run: set_charset,
        ..SET
    },
    Builtin {
        name: "setParamName",
        elsewhere: &["setFieldName"],
        page: "webhook/invokeurl-api-task",
        parameters: &[Parameter::required("name", NAME)],
        about: "Sets the name of the form field that the file is sent as by the files of invokeurl.",
        examples: &[
            Example::Prints(r#"f = "x".toFile("a.txt"); f.setParamName("content"); info f.getFileName();"#, "a.txt"),
            Example::Prints(r#"f = "x".toFile("a.txt"); f.setparamname("file"); info f.getFileContent();"#, "x"),
            Example::Fails(r#"m = {"a":1}; m.setParamName("file");"#, "run::argument-type"),
        ],
        see: &["setFileName", "toFile"],
        run: |_, arguments| {
            let name = text(arguments, 1)?.into_owned();
            change("setParamName", arguments, |file| file.parameter_name = Some(name))
        },
        ..SET
    },
];

fn to_file(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let name = name(arguments, 1)?;
    let content = text(arguments, 0)?.into_owned();
    let largest = if call.environment.dialect == Dialect::Creator { 5 } else { 50 };
    if content.len() > largest * MEGABYTE {
        return Err(file_too_large(&format!("{largest} MB")));
    }
    fits(call, content.len())?;
    Ok(Value::file(File::named(name, content)))
}

/// As Zoho's pages count sizes; the more generous reading of "MB".
const MEGABYTE: usize = 1024 * 1024;

fn content(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let file = file("getFileContent", arguments)?;
    fits(call, file.bytes.len())?;
    text_result(call, file.text())
}

fn set_name(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let name = name(arguments, 1)?;
    change("setFileName", arguments, |file| file.name = name)
}

fn set_type(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let content_type = text(arguments, 1)?.trim().to_owned();
    change("setFileType", arguments, |file| file.content_type = content_type)
}

fn set_charset(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let charset = text(arguments, 1)?.trim().to_owned();
    if !is_charset(&charset) {
        return Err(bad_charset(&charset));
    }
    change("setCharset", arguments, |file| file.sent_charset = Some(charset))
}

/// The name that an argument gives a file.
fn name(arguments: &[Value], position: usize) -> Result<String, Failure> {
    let name = text(arguments, position)?;
    let is_bad = name.trim().is_empty() || name.len() > LONGEST_NAME || name.contains(char::is_control);
    if is_bad { Err(bad_file_name(&name)) } else { Ok(name.into_owned()) }
}

/// The longest name in bytes; no file system takes a longer one.
const LONGEST_NAME: usize = 1_000;

fn change(function: &str, arguments: &[Value], change: impl FnOnce(&mut File)) -> Result<Value, Failure> {
    shared(function, arguments)?.change(change);
    Ok(Value::Null)
}

fn file<'a>(function: &str, arguments: &'a [Value]) -> Result<Ref<'a, File>, Failure> {
    shared(function, arguments).map(SharedFile::borrow)
}

fn shared<'a>(function: &str, arguments: &'a [Value]) -> Result<&'a SharedFile, Failure> {
    match at(arguments, 0) {
        Value::File(file) => Ok(file),
        other => Err(Failure::argument(function, Kinds::FILE, other.kind())),
    }
}
