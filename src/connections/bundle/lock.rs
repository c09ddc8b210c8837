//! Encryption by age: for recipients, whose identities open it, or with a passphrase. Everything is bounded before age
//! sees it: the file, its header, which age reads again with every line, and the work that a passphrase may ask for.

use std::io::{self, Read, Write};

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor};
use zeroize::Zeroizing;

use super::{BundleError, Identities, LARGEST};
use crate::connections::Error;
use crate::secret::Secret;

/// How the text form begins and ends.
const BEGIN: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
const END: &[u8] = b"-----END AGE ENCRYPTED FILE-----";
/// How the binary form begins.
const MAGIC: &[u8] = b"age-encryption.org/";
/// The longest header, in bytes: some hundred recipients.
const LONGEST_HEADER: usize = 64 * 1024;
/// The most recipients of one bundle.
const MOST_RECIPIENTS: usize = 100;
/// The work that goes into a passphrase, as the logarithm of scrypt's N: 128 MiB of memory.
const WORK: u8 = 17;
/// The most work that is done for a bundle from elsewhere: 256 MiB, as for vaults.
const MOST_WORK: u8 = 18;

/// What a bundle is encrypted with.
#[derive(Clone)]
pub enum Lock {
    /// For the owners of these recipients.
    Recipients(Vec<Recipient>),
    /// For who knows a passphrase.
    Passphrase(Secret),
}

/// The public half of an identity.
#[derive(Clone)]
pub struct Recipient(age::x25519::Recipient);

/// What opens a bundle.
pub enum Opener {
    /// Identities of this machine.
    Identities(Identities),
    /// A passphrase.
    Passphrase(Secret),
}

/// A bundle that is not open yet: nothing of it is believed.
pub struct Sealed {
    bytes: Vec<u8>,
    needs_passphrase: bool,
}

impl Lock {
    /// The lock for recipients in their text form, `age1…`.
    ///
    /// # Errors
    /// [`BundleError::InvalidRecipient`], or too many of them.
    pub fn recipients(texts: &[String]) -> Result<Self, Error> {
        if texts.len() > MOST_RECIPIENTS {
            return Err(BundleError::TooLarge("there are more than 100 recipients").into());
        }
        let all = texts.iter().map(|text| {
            let parsed = text.trim().parse().map_err(|_| {
                // Whoever mixes up the two halves must not find the secret one in a log.
                let is_secret = text.trim().to_ascii_uppercase().starts_with("AGE-SECRET-KEY");
                let shown = if is_secret { "…" } else { text.trim() };
                BundleError::InvalidRecipient { shown: shown.chars().take(80).collect() }
            });
            parsed.map(Recipient)
        });
        Ok(Lock::Recipients(all.collect::<Result<_, _>>()?))
    }

    /// Encrypts; the result is text.
    pub(super) fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, Error> {
        let encryptor = match self {
            Lock::Recipients(recipients) => {
                Encryptor::with_recipients(recipients.iter().map(|one| &one.0 as &dyn age::Recipient))
            }
            Lock::Passphrase(passphrase) => {
                let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase.open()));
                recipient.set_work_factor(WORK);
                Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
            }
        };
        let encryptor = encryptor.map_err(|_| Error::Internal("a bundle has no recipient"))?;
        write(encryptor, plain).map_err(|_| Error::Internal("a bundle cannot be encrypted"))
    }
}

fn write(encryptor: Encryptor, plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = encryptor.wrap_output(ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor)?)?;
    writer.write_all(plain)?;
    writer.finish()?.finish()
}

impl Sealed {
    /// Takes what is in a file, as text or in age's binary form.
    ///
    /// # Errors
    /// What shows before a key is tried: that it is no bundle, that it ends too early, that it is too large.
    pub fn read(file: impl Read) -> Result<Self, Error> {
        let mut bytes = Vec::new();
        let read = file.take(LARGEST + 1).read_to_end(&mut bytes);
        read.map_err(|_| BundleError::Damaged("it cannot be read"))?;
        if bytes.len() as u64 > LARGEST {
            return Err(TOO_LARGE.into());
        }
        let bytes = match bytes.trim_ascii_start() {
            text if text.starts_with(BEGIN) => without_armor(text.trim_ascii_end())?,
            binary if binary.starts_with(MAGIC) => binary.to_vec(),
            short if BEGIN.starts_with(short) || MAGIC.starts_with(short) => return Err(BundleError::Truncated.into()),
            _ => return Err(BundleError::Damaged("it does not begin like one").into()),
        };
        check_header(&bytes)?;
        let needs_passphrase = Decryptor::new_buffered(bytes.as_slice()).map_err(refusal)?.is_scrypt();
        Ok(Self { bytes, needs_passphrase })
    }

    /// Whether a passphrase opens it, and no identity does.
    pub fn needs_passphrase(&self) -> bool {
        self.needs_passphrase
    }

    /// The binary form.
    #[cfg(test)]
    pub(in crate::connections) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Decrypts.
    pub(super) fn open(&self, opener: &Opener) -> Result<Zeroizing<Vec<u8>>, Error> {
        let decryptor = Decryptor::new_buffered(self.bytes.as_slice()).map_err(refusal)?;
        let reader = match (opener, self.needs_passphrase) {
            (Opener::Passphrase(passphrase), true) => {
                let mut identity = age::scrypt::Identity::new(SecretString::from(passphrase.open()));
                identity.set_max_work_factor(MOST_WORK);
                let opened = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity));
                opened.map_err(|error| match error {
                    DecryptError::DecryptionFailed
                    | DecryptError::KeyDecryptionFailed
                    | DecryptError::NoMatchingKeys => BundleError::WrongPassphrase,
                    other => refusal(other),
                })?
            }
            (Opener::Identities(identities), false) => decryptor.decrypt(identities.iter()).map_err(refusal)?,
            (Opener::Identities(_), true) => return Err(BundleError::NoPassphrase.into()),
            (Opener::Passphrase(_), false) => return Err(BundleError::NoIdentity.into()),
        };
        // As large as it can become, so that growing leaves no unwiped copies behind.
        let mut plain = Zeroizing::new(Vec::with_capacity(self.bytes.len()));
        reader.take(LARGEST + 1).read_to_end(&mut plain).map_err(|error| broken(&error))?;
        match plain.len() as u64 > LARGEST {
            true => Err(TOO_LARGE.into()),
            false => Ok(plain),
        }
    }
}

const TOO_LARGE: BundleError = BundleError::TooLarge("it has more than 16 MiB");

/// The bytes of the text form. A text without its last line was cut off.
fn without_armor(text: &[u8]) -> Result<Vec<u8>, Error> {
    if !text.ends_with(END) {
        return Err(BundleError::Truncated.into());
    }
    let mut bytes = Vec::new();
    let read = ArmoredReader::new(text).read_to_end(&mut bytes);
    read.map_err(|_| BundleError::Damaged("its lines are not as they were written"))?;
    Ok(bytes)
}

/// Makes sure that the header ends soon.
fn check_header(bytes: &[u8]) -> Result<(), Error> {
    const LAST_LINE: &[u8] = b"\n--- ";
    let head = bytes.get(..LONGEST_HEADER).unwrap_or(bytes);
    if head.windows(LAST_LINE.len()).any(|window| window == LAST_LINE) {
        return Ok(());
    }
    match bytes.len() > LONGEST_HEADER {
        true => Err(BundleError::TooLarge("its header has more than 64 KiB").into()),
        false => Err(BundleError::Truncated.into()),
    }
}

fn refusal(error: DecryptError) -> BundleError {
    match error {
        DecryptError::NoMatchingKeys => BundleError::WrongIdentity,
        DecryptError::ExcessiveWork { .. } => {
            BundleError::TooLarge("its passphrase asks for more than 256 MiB of memory")
        }
        DecryptError::Io(error) => broken(&error),
        DecryptError::UnknownFormat => BundleError::Damaged("it has another version of age's format"),
        DecryptError::InvalidMac => BundleError::Damaged("its header was changed"),
        _ => BundleError::Damaged("its header is none of age's"),
    }
}

fn broken(error: &io::Error) -> BundleError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => BundleError::Truncated,
        _ => BundleError::Damaged("its content is not what was encrypted"),
    }
}
