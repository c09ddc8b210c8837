//! What stands in a JSON string as it is. Texts are mostly of that, so reader and writer pass over it eight bytes at a
//! time: as parts of one number, in which the highest bit of each byte says whether that byte is special.

const EACH: u64 = u64::MAX / 255;
const HIGHEST_BITS: u64 = EACH * 0x80;

/// How many bytes there are before the first quote, backslash or control character.
pub(super) fn plain_bytes(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(block) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let special = special(u64::from_le_bytes(*block));
        if special != 0 {
            return at + first(special);
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    match (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        // Two halves, which have some bytes in common.
        (Some(start), Some(end)) => {
            let halves = u64::from(u32::from_le_bytes(*start)) | u64::from(u32::from_le_bytes(*end)) << 32;
            match special(halves) {
                0 => bytes.len(),
                special if first(special) < 4 => at + first(special),
                special => bytes.len() + first(special) - 8,
            }
        }
        _ => at + rest.iter().position(|byte| matches!(byte, 0..0x20 | b'"' | b'\\')).unwrap_or(rest.len()),
    }
}

/// Marks the special bytes of a block, up to the first one for certain.
#[inline]
fn special(block: u64) -> u64 {
    (below(block, 0x20) | equal(block, b'"') | equal(block, b'\\')) & HIGHEST_BITS
}

/// Which byte is marked first.
#[inline]
fn first(marks: u64) -> usize {
    (marks.trailing_zeros() / 8) as usize
}

/// Marks the bytes below a limit of at most 128. Subtracting may also mark bytes behind the first one, which alone counts.
fn below(block: u64, limit: u8) -> u64 {
    block.wrapping_sub(EACH * u64::from(limit)) & !block
}

fn equal(block: u64, byte: u8) -> u64 {
    below(block ^ (EACH * u64::from(byte)), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_special_byte_is_found_wherever_it_stands() {
        for length in 0..70 {
            let plain = vec![b'a'; length];
            assert_eq!(plain_bytes(&plain), length);
            for at in 0..length {
                for special in (0..0x20).chain([b'"', b'\\']) {
                    let mut bytes = plain.clone();
                    bytes.splice(at..=at, [special]);
                    assert_eq!(plain_bytes(&bytes), at);
                }
            }
        }
        assert_eq!(plain_bytes("é😀\u{7f} ü".repeat(20).as_bytes()), "é😀\u{7f} ü".len() * 20);
    }
}
