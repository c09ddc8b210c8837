//! XML, as three functions need it: values written as XML, an XML text cut into its nodes, and XPath over a text. XML stays
//! TEXT in scripts (help page "executeXpath": text in, text out), so nothing here lives longer than one call.

mod document;
mod guard;
mod problem;
#[cfg(test)]
mod tests;
mod write;
mod xpath;

pub use document::nodes;
pub use problem::Problem;
pub use write::write_root;
pub use xpath::execute;
