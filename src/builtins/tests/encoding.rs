//! Encoding, encryption and hashes as scripts call them: the vectors of RFC 4648 and FIPS 180, the samples of the pages,
//! and that decoding undoes encoding for every text.

use proptest::prelude::*;

use super::{run, shows};
use crate::value::{File, Value};

fn call(name: &str, arguments: &[&str]) -> String {
    shows(name, &arguments.iter().map(|argument| Value::from(*argument)).collect::<Vec<_>>())
}

fn encryption(name: &str, arguments: &[&str]) -> String {
    call(&format!("zoho.encryption.{name}"), arguments)
}

#[test]
fn base64_agrees_with_rfc_4648() {
    let pairs = [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ];
    for (plain, encoded) in pairs {
        assert_eq!(encryption("base64Encode", &[plain]), encoded);
        assert_eq!(encryption("base64Decode", &[encoded]), plain);
        assert_eq!(encryption("base64Decode", &[encoded.trim_end_matches('=')]), plain);
    }
}

#[test]
fn base64_of_other_systems_is_read_and_damaged_base64_refused() {
    assert_eq!(encryption("base64Decode", &["\n Zm9v\r\nYmFy \n"]), "foobar");
    assert_eq!(encryption("base64Decode", &["8J-Yjg"]), "😎");
    assert_eq!(encryption("base64Decode", &["_-8="]), "\u{fffd}\u{fffd}");
    for damaged in ["Zm9vY", "Zm 9v", "Zm=9v", "Zm9v====", "Zm9v*", "é", "="] {
        assert_eq!(encryption("base64Decode", &[damaged]), "run::base64", "{damaged}");
        assert_eq!(encryption("base64DecodeToFile", &[damaged, "a"]), "run::base64", "{damaged}");
        assert_eq!(encryption("aesDecode", &["key", damaged]), "run::base64", "{damaged}");
    }
}

#[test]
fn base64_has_three_character_sets() {
    assert_eq!(encryption("base64Decode", &["SGk=", "utf-8"]), "Hi");
    assert_eq!(encryption("base64Decode", &["SABpAA==", "UTF-16LE"]), "Hi");
    assert_eq!(encryption("base64Decode", &["AEgAaQ==", "UTF-16BE"]), "Hi");
    assert_eq!(encryption("base64Decode", &["SGk=", "UTF-16"]), "run::charset");
    assert_eq!(encryption("base64Decode", &["SABp", "UTF-16LE"]), "H\u{fffd}");
}

#[test]
fn hashes_agree_with_fips_180_and_rfc_1321() {
    let two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    let alphabet = "abcdefghijklmnopqrstuvwxyz";
    assert_eq!(encryption("md5", &["abc"]), "900150983cd24fb0d6963f7d28e17f72");
    assert_eq!(encryption("md5", &[alphabet]), "c3fcd3d76192e4007dfb496cca67e13b");
    assert_eq!(encryption("sha1", &["abc"]), "a9993e364706816aba3e25717850c26c9cd0d89d");
    assert_eq!(encryption("sha1", &[two_blocks]), "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
    let (short, long) = (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    );
    assert_eq!(encryption("sha256", &["abc"]), short);
    assert_eq!(encryption("sha256", &[two_blocks, "hex"]), long);
    let longest = "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs\
                   mnopqrstnopqrstu";
    assert_eq!(
        encryption("sha512", &[longest]),
        "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018\
         501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"
    );
}

#[test]
fn outputs_are_named_in_any_case_and_only_documented_ones_exist() {
    assert_eq!(encryption("sha256", &["x", "HEX"]), encryption("sha256", &["x"]));
    assert_eq!(encryption("hmacsha512", &["k", "x", "base64"]), encryption("hmacsha512", &["k", "x"]));
    assert_eq!(encryption("sha256", &["x", "base64"]), "run::output-type");
    assert_eq!(encryption("hmacsha1", &["k", "x", "binary"]), "run::output-type");
    let binary = encryption("hmacsha256", &["k", "x", "binary"]);
    assert_eq!(binary.len(), 256);
    assert!(binary.bytes().all(|digit| matches!(digit, b'0' | b'1')));
}

#[test]
fn the_samples_of_the_aes_pages_decrypt() {
    let samples = [
        "birQ6wvRvqy8IKsE0kb/Y2Mqf1oLp3yVaHDRhQjvAS5wt5ykJLM4OufE/GQoHhWy",
        "yf/u6N0HjKWXFFHIEKzG23+CM+BoL4RBPNb4mc0G3hw5q6xPe9KSpUd62Z5sjjSE",
    ];
    for sample in samples {
        assert_eq!(encryption("aesDecode", &["passkey", sample]), "This is a secret");
    }
    let sample = "5GzwCtoMcLE83Mmt4okldDoddwF7E07kKqSQHLSBPSw=";
    assert_eq!(encryption("aesDecode", &["passkey", sample, "b00000000000000a"]), "This is a secret");
    let sample = "F0JOCSWN0Eb2Y//llSoROcsQxHihYnMwCuJSywFaaigEJzQdjnznq7+rSUXy6JlG";
    assert_eq!(encryption("aesDecode", &["passkey", sample]), "Confidential details");
}

#[test]
fn aes_refuses_what_its_pages_refuse() {
    let long = "x".repeat(512_001);
    let aes = |arguments: &[Value]| shows("zoho.encryption.aesEncode128", arguments);
    assert_eq!(aes(&["k".into(), long.as_str().into()]), "run::encryption-size");
    assert_eq!(aes(&["k".into(), "x".into(), Value::Null, 201.into()]), "run::iteration-count");
    assert_eq!(aes(&["k".into(), "x".into(), Value::Null, (-1).into()]), "run::iteration-count");
    assert_eq!(aes(&["k".into(), "x".into(), Value::Null, "many".into()]), "run::not-a-number");
    assert_eq!(aes(&["k".into(), "x".into(), Value::Null, "200".into()]).len(), 44);
    assert_eq!(aes(&["ééééééééééééééééé".into(), "x".into()]), "run::encryption-key");
    assert_eq!(aes(&["éééééééééééééééé".into(), "x".into()]).len(), 44);
    assert_eq!(encryption("aesEncode", &["k", "x", "éééééééééééééééé"]), "run::initialization-vector");
    assert_eq!(encryption("aesEncode", &["k", "x", ""]), "run::initialization-vector");
    assert_eq!(encryption("aesDecode", &["", "x"]), "run::encryption-key");
    for short in ["", "AAAA", "AAAAAAAAAAAAAAAAAAAAAA=="] {
        assert_eq!(encryption("aesDecode", &["k", short]), "run::decryption");
        assert_eq!(encryption("aesDecode128", &["k", short]), "run::decryption");
    }
}

#[test]
fn no_error_shows_what_it_was_called_with() {
    let marked = "S3CR3T*";
    let calls: [(&str, &[&str]); 9] = [
        ("aesEncode", &[marked, marked, marked]),
        ("aesDecode", &[marked, marked]),
        ("aesDecode", &[marked, "UzNDUjNU"]),
        ("aesEncode128", &["S3CR3T* and more characters", marked]),
        ("aesEncode128", &[marked, marked, marked, marked]),
        ("base64Decode", &[marked]),
        ("base64Decode", &["", marked]),
        ("hmacsha256", &[marked, marked, marked]),
        ("urlDecode", &["S3CR3T%"]),
    ];
    for (name, arguments) in calls {
        let values: Vec<Value> = arguments.iter().map(|argument| Value::from(*argument)).collect();
        let report = run(&format!("zoho.encryption.{name}"), &values).unwrap_err().into_report();
        let help = report.help.unwrap_or_default();
        assert!(!format!("{} {help}", report.message).contains("S3CR3T"), "{name}: {} {help}", report.message);
        assert!(report.catchable && !help.is_empty(), "{name}");
    }
}

#[test]
fn entities_are_those_of_html_4_and_xml() {
    assert_eq!(call("htmlEncode", &["\u{a0}ÿ∑♥😀日\u{80}"]), "&nbsp;&yuml;&sum;&hearts;😀日\u{80}");
    assert_eq!(call("htmlDecode", &["&thetasym;&Alpha;&alpha;&NBSP;"]), "ϑΑα&NBSP;");
    assert_eq!(call("htmlDecode", &["&#233;&#xe9;&#XE9;&#0233;"]), "éééé");
    for odd in ["&", "&;", "&#;", "&#x;", "&#-1;", "&#+65;", "&#xD800;", "&#1114112;", "&#x 41;", "&lt", "& lt;", "&&"]
    {
        assert_eq!(call("htmlDecode", &[odd]), odd);
        assert_eq!(call("xmlDecode", &[odd]), odd);
    }
    assert_eq!(call("htmlDecode", &["&&lt;&é;&aaaaaaaaaaaaaaaaaaaaé;"]), "&<&é;&aaaaaaaaaaaaaaaaaaaaé;");
    assert_eq!(call("xmlDecode", &["&amp;amp;&lt;&gt;&quot;&apos;&eacute;"]), "&amp;<>\"'&eacute;");
}

#[test]
fn what_is_not_hexadecimal_or_not_encoded_for_addresses_is_refused() {
    for bad in ["a", "0x41", "+1", "4 1", "é", "zz", "41 42"] {
        assert_eq!(call("hexToText", &[bad]), "run::hex", "{bad}");
    }
    assert_eq!(call("hexToText", &["FFfe"]), "\u{fffd}\u{fffd}");
    for bad in ["%", "a%2", "%zz", "%é", "%+1", "%%20"] {
        assert_eq!(encryption("urlDecode", &[bad]), "run::url-encoding", "{bad}");
    }
    assert_eq!(encryption("urlDecode", &["%c3%A9%ff"]), "é\u{fffd}");
}

#[test]
fn nothing_is_encoded_beyond_the_limit() {
    for (name, unit) in [
        ("textToHex", "x"),
        ("htmlEncode", "&"),
        ("xmlEncode", "'"),
        ("encodeUrl", "é"),
        ("zoho.encryption.urlEncode", "é"),
        ("zoho.encryption.base64Encode", "é"),
    ] {
        assert_eq!(call(name, &[&unit.repeat(15_000)]), "limits::size", "{name}");
    }
    assert_eq!(encryption("aesEncode", &["k", &"x".repeat(16_000)]), "limits::size");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn decoding_undoes_encoding(plain: String) {
        let pairs = [
            ("textToHex", "hexToText"),
            ("htmlEncode", "htmlDecode"),
            ("xmlEncode", "xmlDecode"),
            ("encodeUrl", "zoho.encryption.urlDecode"),
            ("zoho.encryption.urlEncode", "zoho.encryption.urlDecode"),
            ("zoho.encryption.base64Encode", "zoho.encryption.base64Decode"),
        ];
        for (encode, decode) in pairs {
            prop_assert_eq!(&call(decode, &[&call(encode, &[&plain])]), &plain, "{} and {}", encode, decode);
        }
    }

    #[test]
    fn files_keep_every_byte(bytes: Vec<u8>) {
        let file = File::new("all", "x/y", bytes.clone());
        let encoded = run("zoho.encryption.base64Encode", &[Value::file(file)]).unwrap();
        let back = run("zoho.encryption.base64DecodeToFile", &[encoded, "b.bin".into()]).unwrap();
        let Value::File(back) = back else { panic!("no file") };
        let back = back.borrow();
        prop_assert_eq!((back.bytes.to_vec(), back.name.as_str()), (bytes, "b.bin"));
    }

    #[test]
    fn utf_16_is_read_in_both_orders(plain: String) {
        let units = || plain.encode_utf16();
        let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
        let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
        for (bytes, charset) in [(big, "UTF-16BE"), (little, "UTF-16LE")] {
            let file = File::new("a", "x/y", bytes);
            let encoded = run("zoho.encryption.base64Encode", &[Value::file(file)]).unwrap();
            prop_assert_eq!(&shows("zoho.encryption.base64Decode", &[encoded, charset.into()]), &plain);
        }
    }

    #[test]
    fn decrypting_undoes_encrypting(key in "\\PC{1,16}", vector in "[ -~]{16}", plain: String) {
        for (encode, decode) in [("aesEncode", "aesDecode"), ("aesEncode128", "aesDecode128")] {
            prop_assert_eq!(&encryption(decode, &[&key, &encryption(encode, &[&key, &plain])]), &plain);
            let hidden = encryption(encode, &[&key, &plain, &vector]);
            prop_assert_eq!(&encryption(decode, &[&key, &hidden, &vector]), &plain);
        }
    }

    #[test]
    fn decoders_take_any_text(text in "[&#;xa-f0-9%+/=\\PC]{0,40}") {
        for name in ["hexToText", "htmlDecode", "xmlDecode"] {
            call(name, &[&text]);
        }
        for name in ["urlDecode", "base64Decode"] {
            encryption(name, &[&text]);
        }
        encryption("base64Decode", &[&text, "UTF-16BE"]);
        encryption("aesDecode", &["key", &text]);
        encryption("aesDecode128", &["key", &text, "0000000000000000"]);
    }
}
