//! Who is measured.

/// An interpreter.
pub struct Peer {
    /// As it stands in the table, and after `--peers`.
    pub name: &'static str,
    /// What the bars compare it by.
    pub family: Family,
    /// The ending of its scripts.
    pub extension: &'static str,
    /// How it is had.
    pub source: Source,
}

/// What an interpreter is written in, or who it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Sluice itself.
    Sluice,
    /// An interpreter written in Rust.
    Rust,
    /// An interpreter written in C or C++, also where a crate embeds it.
    C,
    /// CPython.
    Python,
    /// Another interpreter of Deluge.
    Deluge,
}

/// How an interpreter is had.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A runner in this workspace, `peer-` and the name; its version is that of this crate.
    Crate(&'static str),
    /// The command line of Sluice, which measures nothing but the start of a process.
    Command,
    /// Debian's `lua5.4` and `lua-cjson`.
    Lua,
    /// `python3` of this machine.
    Python,
    /// `deluge-compat` from PyPI, in an environment of its own.
    Compat,
}

/// Everybody, in the order of the columns.
pub const PEERS: &[Peer] = &[
    peer("sluice", Family::Sluice, "dg", Source::Crate("sluice")),
    peer("sluice run", Family::Sluice, "dg", Source::Command),
    peer("rhai", Family::Rust, "rhai", Source::Crate("rhai")),
    peer("koto", Family::Rust, "koto", Source::Crate("koto")),
    peer("rune", Family::Rust, "rn", Source::Crate("rune")),
    peer("starlark", Family::Rust, "star", Source::Crate("starlark")),
    peer("boa", Family::Rust, "js", Source::Crate("boa_engine")),
    peer("omnilua", Family::Rust, "lua", Source::Crate("omnilua")),
    peer("mlua54", Family::C, "lua", Source::Crate("mlua")),
    peer("luau", Family::C, "lua", Source::Crate("mlua")),
    peer("rquickjs", Family::C, "js", Source::Crate("rquickjs")),
    peer("lua5.4", Family::C, "lua", Source::Lua),
    peer("cpython", Family::Python, "py", Source::Python),
    peer("deluge-compat", Family::Deluge, "compat.dg", Source::Compat),
];

const fn peer(name: &'static str, family: Family, extension: &'static str, source: Source) -> Peer {
    Peer { name, family, extension, source }
}

impl Peer {
    /// The package of its runner.
    pub fn runner(&self) -> String {
        format!("peer-{}", self.name)
    }
}
