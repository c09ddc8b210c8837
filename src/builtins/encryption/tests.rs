//! The algorithms against the vectors of their standards, whose keys and data are mostly no text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use ::hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha512};

use super::aes::Width;
use super::hmac::hash;
use crate::builtins::encoding::hex::digits;

fn bytes(hex: &str) -> Vec<u8> {
    let hex: Vec<u8> = hex.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    hex.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn mac<M: Mac + KeyInit>(key: &[u8], data: &[u8]) -> String {
    digits(&hash::<M>(key, data).unwrap())
}

/// NIST SP 800-38A, F.2.1 and F.2.5: the four blocks that both share.
const BLOCKS: &str = "6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51
                      30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710";

#[test]
fn aes_agrees_with_sp_800_38a() {
    let vector = bytes("000102030405060708090a0b0c0d0e0f").try_into().unwrap();
    let cases = [
        (
            Width::Bits128,
            "2b7e151628aed2a6abf7158809cf4f3c",
            "7649abac8119b246cee98e9b12e9197d 5086cb9b507219ee95db113a917678b2
             73bed6b8e3c1743b7116e69e22229516 3ff1caa1681fac09120eca307586e1a7",
        ),
        (
            Width::Bits256,
            "603deb1015ca71be2b73aef0857d7781 1f352c073b6108d72d9810a30914dff4",
            "f58c4c04d6e5f1ba779eabfb5f7bfbd6 9cfc4e967edb808d679f777bc6702c7d
             39f23369a9d9bacfa530e26304231461 b2eb05e2c39be9fcda6c19078c6a9d1b",
        ),
    ];
    for (width, key, wanted) in cases {
        let (key, plain, wanted) = (bytes(key), bytes(BLOCKS), bytes(wanted));
        let encrypted = width.encrypt(&key, &vector, &plain);
        // The standard has no padding; ours adds a block.
        assert_eq!(encrypted[..wanted.len()], wanted);
        assert_eq!(encrypted.len(), wanted.len() + 16);
        assert_eq!(width.decrypt(&key, &vector, &encrypted), Some(plain));
    }
}

#[test]
fn what_is_not_whole_blocks_or_has_no_padding_is_not_decrypted() {
    let vector = [0; 16];
    let encrypted = Width::Bits256.encrypt(b"key", &vector, b"text");
    for length in 0..encrypted.len() {
        assert_eq!(Width::Bits256.decrypt(b"key", &vector, &encrypted[..length]), None);
    }
    assert_eq!(Width::Bits256.decrypt(b"key", &vector, &[0; 32]), None);
    assert_ne!(Width::Bits256.decrypt(b"kez", &vector, &encrypted).as_deref(), Some(b"text".as_slice()));
}

#[test]
fn hmac_sha_1_agrees_with_rfc_2202() {
    let counted: Vec<u8> = (1..=25).collect();
    let larger = b"Test Using Larger Than Block-Size Key - Hash Key First";
    let largest = b"Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data";
    let cases: [(&[u8], &[u8], &str); 7] = [
        (&[0x0b; 20], b"Hi There", "b617318655057264e28bc0b6fb378c8ef146be00"),
        (b"Jefe", b"what do ya want for nothing?", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        (&[0xaa; 20], &[0xdd; 50], "125d7342b9ac11cd91a39af48aa17b4f63f175d3"),
        (&counted, &[0xcd; 50], "4c9007f4026250c6bc8414f9bf50c86c2d7235da"),
        (&[0x0c; 20], b"Test With Truncation", "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04"),
        (&[0xaa; 80], larger, "aa4ae5e15272d00e95705637ce8a3b55ed402112"),
        (&[0xaa; 80], largest, "e8e99d0f45237d786d6bbaa7965c7808bbff1a91"),
    ];
    for (key, data, wanted) in cases {
        assert_eq!(mac::<Hmac<Sha1>>(key, data), wanted);
    }
}

#[test]
fn hmac_sha_2_agrees_with_rfc_4231() {
    let counted: Vec<u8> = (1..=25).collect();
    let larger = b"Test Using Larger Than Block-Size Key - Hash Key First";
    let largest =
        b"This is a test using a larger than block-size key and a larger than block-size data. The key needs \
                    to be hashed before being used by the HMAC algorithm.";
    let cases: [(&[u8], &[u8], &str, &str); 6] = [
        (
            &[0x0b; 20],
            b"Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde\
             daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854",
        ),
        (
            b"Jefe",
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554\
             9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        ),
        (
            &[0xaa; 20],
            &[0xdd; 50],
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
            "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39\
             bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb",
        ),
        (
            &counted,
            &[0xcd; 50],
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
            "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db\
             a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd",
        ),
        (
            &[0xaa; 131],
            larger,
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352\
             6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598",
        ),
        (
            &[0xaa; 131],
            largest,
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
            "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944\
             b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58",
        ),
    ];
    for (key, data, short, long) in cases {
        assert_eq!(mac::<Hmac<Sha256>>(key, data), short);
        assert_eq!(mac::<Hmac<Sha512>>(key, data), long);
    }
}
