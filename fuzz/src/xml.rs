//! XPath over any text ends within its bounds, every piece that is found can be read alone, and any value can be written
//! as XML that is read again.

use sluice::value::{json, xml};

use super::{halves, in_time};

/// The limit on what is made.
const LARGEST: usize = 20_000;

/// The first half of the bytes is the path, the second the document; both are also tried in the other's place, and as JSON.
pub fn check(bytes: &[u8]) {
    let (path, document) = halves(bytes);
    for (document, path) in [(document.as_str(), path.as_str()), (&path, "//*/@* | //node()"), (SMALL, &path)] {
        if let Ok(found) = in_time(|| xml::execute(document, path, LARGEST)) {
            assert!(found.len() <= LARGEST + document.len(), "{} bytes were found", found.len());
        }
        if let Ok(nodes) = in_time(|| xml::nodes(document)) {
            for node in nodes.iter().filter(|node| node.starts_with('<')) {
                assert!(xml::execute(node, "/*", LARGEST).is_ok(), "cannot be read alone: {node}");
            }
        }
    }
    if let Ok(value) = json::parse_lenient(&document)
        && let Ok(written) = in_time(|| xml::write_root(&value, LARGEST))
    {
        assert!(written.len() <= LARGEST, "{} bytes were written", written.len());
        let again = xml::execute(&written, "/*", LARGEST * 2);
        assert!(again.is_ok(), "what was written cannot be read: {written}");
    }
}

/// A document for paths that came without one.
const SMALL: &str = "<a xmlns:n='urn:n' b='1'><n:c>x</n:c><!--d--><e f='2' n:g='3'>12<e/>y</e></a>";
