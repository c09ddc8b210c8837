//! XML, which stays TEXT in scripts. `executeXPath` also reads JSON, and since replies in JSON are maps and lists here, it
//! takes those as well (help page "executeXpath": `jsonResp.executexpath("/root/address/city")` on a reply).

use std::borrow::Cow;

use super::error;
use super::support::{self, at, text, text_result};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::xml::{self, Problem};
use crate::value::{Failure, Kinds, Value, json};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Xml, ..support::ROW };

/// What JSON text stands for, and collections, which are written like it.
const JSON: Kinds = Kinds::MAP.or(Kinds::LIST).or(Kinds::COLLECTION);

pub(super) static TABLE: &[Builtin] = &[
    Builtin {
        name: "toXml",
        elsewhere: &["dicttoxml", "json2xml", "js2xml"],
        page: "functions/xml/toxml",
        on: Kinds::TEXT.or(JSON),
        about: "Writes a map, or the text of a JSON object, as XML under <root>; a list repeats the element of its key.",
        examples: &[
            Example::Shows(
                r#""{Name:'Lia Shelton', OrderNo:[343,443]}".toXML()"#,
                "<root><Name>Lia Shelton</Name><OrderNo>343</OrderNo><OrderNo>443</OrderNo></root>",
            ),
            Example::Shows(
                r#"{"a b":{"1st":"x < y & z"}}.toXml()"#,
                "<root><a_b><_1st>x &lt; y &amp; z</_1st></a_b></root>",
            ),
            Example::Shows(
                r#""[1,[2,3]]".toXml()"#,
                "<root><array>1</array><array><array>2</array><array>3</array></array></root>",
            ),
            Example::Shows(r#"Collection("a":1).toXml()"#, "<root><a>1</a></root>"),
            Example::Fails(r#"info "plain words".toXml();"#, "run::invalid-json"),
        ],
        differs: &[
            "Elements keep the order of the keys.",
            "What XML does not allow in a name becomes _ : \"First Name\" is written <First_Name>.",
        ],
        see: &["executeXPath", "toMap", "xmlEncode"],
        run: to_xml,
        ..ROW
    },
    Builtin {
        name: "toXmlList",
        elsewhere: &["childNodes", "getElementsByTagName", "findall"],
        page: "functions/xml/toxmllist",
        on: Kinds::TEXT,
        about: "Gives a list of the nodes that executeXPath found, or of the elements that an XML text consists of.",
        examples: &[
            Example::Shows(r#""<c><d>1</d><d>2</d></c>".executeXPath("/c/d").toXmlList().size()"#, "2"),
            Example::Prints(
                r#"for each e in "<c><d>1</d><d>2</d></c>".executeXPath("/c/d").toXmlList() { info e.executeXPath("/d/text()"); }"#,
                "1\n2",
            ),
            Example::Shows(r#""<c><d>1</d><d>2</d></c>".executeXPath("//d/text()").toXmlList().get(1)"#, "2"),
            Example::Shows(r#""".toXmlList().size()"#, "0"),
            Example::Fails(r#"info "<a><b></a>".toXmlList();"#, "run::invalid-xml"),
        ],
        see: &["executeXPath", "toList", "toJSONList"],
        run: to_xml_list,
        ..ROW
    },
    Builtin {
        name: "executeXPath",
        elsewhere: &["xpath", "selectNodes", "selectSingleNode", "querySelector", "extractValue"],
        page: "xml-manipulation/executexpath",
        on: Kinds::TEXT.or(JSON),
        parameters: &[Parameter::required("xpath", Kinds::TEXT)],
        about: "Gives what an XPath finds in XML or, below /root, in JSON; empty text when it finds nothing.",
        examples: &[
            Example::Shows(r#""<a><b>1</b><b>2</b></a>".executeXPath("/a/b[2]")"#, "<b>2</b>"),
            Example::Shows(r#""<a><b>1</b><b>2</b></a>".executeXPath("/a/b/text()")"#, "1-|-2"),
            Example::Shows(r#""<a href='x.pdf'>F</a>".executeXPath("/a/@href")"#, "<href>x.pdf</href>"),
            Example::Shows(r#"{"address":{"city":"Surat"}}.executeXPath("/root/address/city")"#, "<city>Surat</city>"),
            Example::Shows(r#""<n:a xmlns:n='urn:x'><n:b>7</n:b></n:a>".executeXPath("/n:a/n:b/text()")"#, "7"),
            Example::Shows(r#""<a><b>1</b><b>2</b></a>".executeXPath("count(//b) + sum(//b)")"#, "5"),
            Example::Shows(r#""<a/>".executeXPath("/a/b") + "!""#, "!"),
            Example::Fails(r#"info "<a><b>1</b></a>".executeXPath("/a/b[");"#, "run::invalid-xpath"),
            Example::Fails(r#"info "<a><b>1</a>".executeXPath("/a/b");"#, "run::invalid-xml"),
        ],
        differs: &[
            "Several elements follow each other, several texts are separated by -|- ; the page shows one node only.",
            "A path may use the prefixes that the text declares, and names without a prefix find elements of a default namespace.",
            "A document type with declarations of its own is refused.",
        ],
        see: &["toXmlList", "toXml", "getJSON"],
        run: execute_xpath,
        ..ROW
    },
];

fn to_xml(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let value = match at(arguments, 0) {
        Value::Text(text) => Cow::Owned(json::parse_lenient(xml_or_json(text))?),
        other => Cow::Borrowed(other),
    };
    let written = xml::write_root(&value, call.largest).map_err(|problem| failure(problem, call))?;
    text_result(call, written)
}

fn to_xml_list(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let nodes = xml::nodes(&text(arguments, 0)?).map_err(|problem| failure(problem, call))?;
    Ok(Value::list(nodes.into_iter().map(Value::text).collect()))
}

fn execute_xpath(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let source = match at(arguments, 0) {
        Value::Text(text) if !xml_or_json(text).starts_with(['{', '[']) => Cow::Borrowed(text.as_str()),
        _ => Cow::Owned(json_as_xml(call, at(arguments, 0))?),
    };
    let found = xml::execute(&source, &text(arguments, 1)?, call.largest);
    text_result(call, found.map_err(|problem| failure(problem, call))?)
}

/// JSON, as text or read already, as XML. Text that is not even JSON is neither, so the failure is that of XML.
fn json_as_xml(call: &Call<'_>, source: &Value) -> Result<String, Failure> {
    let value = match source {
        Value::Text(text) => {
            let read = json::parse_lenient(xml_or_json(text));
            Cow::Owned(read.map_err(|_| error::invalid_xml("it is not JSON either"))?)
        }
        other => Cow::Borrowed(other),
    };
    xml::write_root(&value, call.largest).map_err(|problem| failure(problem, call))
}

/// The text without what servers put before it.
fn xml_or_json(text: &str) -> &str {
    text.trim_start_matches('\u{feff}').trim_start()
}

fn failure(problem: Problem, call: &Call<'_>) -> Failure {
    match problem {
        Problem::Xml(detail) => error::invalid_xml(&detail),
        Problem::Path(detail) => error::invalid_xpath(&detail),
        Problem::Steps => error::xpath_too_slow(),
        Problem::Size => Failure::limit_of_texts(call.largest),
        Problem::Value(failure) => failure,
    }
}
