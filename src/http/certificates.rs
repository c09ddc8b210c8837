//! Authorities that are trusted beside those of this machine, from PEM files. They are read when the first encrypted
//! connection is made, so that a run that makes none neither pays for them nor fails because of them.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::Error;

/// More than any bundle of authorities has.
const MOST_BYTES: u64 = 10_000_000;

/// The certificates of these files.
pub(super) fn read(files: &[PathBuf]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let mut certificates = Vec::new();
    for file in files {
        let found = read_one(file).map_err(|reason| Error::InvalidCertificates { file: file.clone(), reason })?;
        certificates.extend(found);
    }
    Ok(certificates)
}

/// The bytes of such a file, for what speaks TLS by itself.
///
/// # Errors
/// `http::invalid-certificates` when the file cannot be read.
pub(crate) fn pem_of(file: &Path) -> Result<Vec<u8>, Error> {
    bytes(file).map_err(|reason| Error::InvalidCertificates { file: file.to_owned(), reason })
}

fn read_one(file: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let found = CertificateDer::pem_slice_iter(&bytes(file)?).collect::<Result<Vec<_>, _>>();
    let found = found.map_err(|_| "what stands in it is damaged".to_owned())?;
    if found.is_empty() {
        return Err("no certificate in PEM form stands in it".to_owned());
    }
    Ok(found)
}

fn bytes(file: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let opened = File::open(file).map_err(|error| error.to_string())?;
    let size = opened.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if size as u64 > MOST_BYTES {
        return Err(format!("it has more than {MOST_BYTES} bytes"));
    }
    Ok(bytes)
}
