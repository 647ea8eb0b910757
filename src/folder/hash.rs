//! SHA-256 of bytes, at once or while they are written.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, Write};

/// SHA-256 of bytes, in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Bytes that are hashed while they are written.
pub(crate) struct Hashing<W> {
    sink: W,
    hash: Sha256,
}

impl<W> Hashing<W> {
    pub(crate) fn new(sink: W) -> Self {
        Self { sink, hash: Sha256::new() }
    }

    /// Where the bytes went, and their hash.
    pub(crate) fn finish(self) -> (W, String) {
        (self.sink, hexadecimal(&self.hash.finalize()))
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.sink.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}
