//! The failures of `zoho.encryption`. Zoho documents no text for them, so the texts are ours. They say what is wrong with
//! an argument without a character of it.

use crate::value::Failure;

/// Text that is no base64.
pub(super) fn bad_base64() -> Failure {
    Failure::new("run::base64", "the text is not base64")
        .help("base64 is written with letters, digits, + and /, with = at the end; nothing may be cut off")
}

/// A name of a character set that base64Decode does not know.
pub(super) fn unknown_charset() -> Failure {
    Failure::new("run::charset", "the character set is not known to base64Decode")
        .help("write \"UTF-8\", \"UTF-16LE\" or \"UTF-16BE\", or leave it out for UTF-8")
}

/// A form of output that the function does not have; the first of `known` is the one without the argument.
pub(super) fn unknown_output(function: &str, known: &[&str]) -> Failure {
    let usual = known.first().copied().unwrap_or_default();
    Failure::new("run::output-type", format!("{function} does not have this type of output"))
        .help(format!("write \"{}\"; without it, the result is {usual}", known.join("\" or \"")))
}

/// A key of no characters: everything would be encrypted with a key that everyone knows.
pub(super) fn empty_key(function: &str) -> Failure {
    Failure::new("run::encryption-key", format!("the key of {function} is empty"))
        .help("pass the key that the text is encrypted with; test before that it is there")
}

/// A key of more characters than a page allows.
pub(super) fn long_key(function: &str, longest: usize) -> Failure {
    Failure::new("run::encryption-key", format!("the key of {function} has more than {longest} characters"))
        .help("use a shorter key, or aesEncode and aesDecode, whose keys have 256 bits")
}

/// An initialization vector of the wrong length.
pub(super) fn bad_vector(function: &str) -> Failure {
    Failure::new("run::initialization-vector", format!("the IV of {function} does not have 16 characters"))
        .help("pass a text of 16 ASCII characters, or leave it out: then a random one is made and kept with the result")
}

/// More iterations, or fewer, than the page allows.
pub(super) fn bad_iterations(function: &str, most: i64) -> Failure {
    let message = format!("without an IV, the iteration count of {function} is 0 to {most}");
    Failure::new("run::iteration-count", message).help("pass an IV of 16 characters, or a lower count")
}

/// A text longer than the page allows.
pub(super) fn long_text(function: &str, longest: usize) -> Failure {
    let message = format!("without an IV, {function} takes texts of at most {} KB", longest / 1024);
    Failure::new("run::encryption-size", message).help("pass an IV of 16 characters, or encrypt the text in parts")
}

/// Text that the key does not open. One failure for every reason, since telling a wrong padding from a wrong text would
/// help someone who guesses.
pub(super) fn not_decrypted(function: &str) -> Failure {
    Failure::new("run::decryption", format!("{function} cannot decrypt the text")).help(
        "use the function, the key and the IV that it was encrypted with; leave the IV out here if it was left out there",
    )
}

/// The operating system has no random numbers to give.
pub(super) fn no_randomness() -> Failure {
    Failure::new("run::randomness", "the operating system gives no random numbers")
        .help("pass an IV of 16 characters, different for each text")
}
