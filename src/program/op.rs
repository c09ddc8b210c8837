//! The instructions of the machine. An operand is a register of the frame, or, with the highest bit set, a constant of
//! the function; so no instruction is spent on loading constants. Every instruction is 8 bytes and is copied, never
//! referred to.

/// A register, or a constant when [`CONSTANT`] is set.
pub type Operand = u16;

/// A register of the frame.
pub type Register = u16;

/// The bit that marks an operand as a constant.
pub const CONSTANT: u16 = 0x8000;

/// One instruction. `to` is the number of the instruction that a jump goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Op {
    /// Copies a value.
    Move {
        into: Register,
        from: Operand,
    },
    /// Copies a constant whose number does not fit an operand.
    LoadWide {
        into: Register,
        constant: u32,
    },
    /// Makes the date that a literal means under the settings of the run; the constant holds its text.
    Date {
        into: Register,
        text: u16,
    },
    /// Reads a system variable; the constant holds its name.
    System {
        into: Register,
        name: u16,
    },

    /// `into = left + right`. The four that loops and counters are made of have a form of their own for a constant on the
    /// right side, so that nothing has to be asked about an operand.
    Add {
        into: Register,
        left: Register,
        right: Register,
    },
    Subtract {
        into: Register,
        left: Register,
        right: Register,
    },
    Multiply {
        into: Register,
        left: Register,
        right: Register,
    },
    Remainder {
        into: Register,
        left: Register,
        right: Register,
    },
    AddConstant {
        into: Register,
        left: Register,
        constant: u16,
    },
    SubtractConstant {
        into: Register,
        left: Register,
        constant: u16,
    },
    MultiplyConstant {
        into: Register,
        left: Register,
        constant: u16,
    },
    RemainderConstant {
        into: Register,
        left: Register,
        constant: u16,
    },
    Divide {
        into: Register,
        left: Operand,
        right: Operand,
    },
    Negate {
        into: Register,
        from: Operand,
    },
    Not {
        into: Register,
        from: Operand,
    },
    /// Adds `count` registers from `first` on to the value in `into`, in place when it is a text that nobody else holds.
    Append {
        into: Register,
        first: Register,
        count: u16,
    },
    /// Joins the printed forms of `count` registers from `first` on.
    Concat {
        into: Register,
        first: Register,
        count: u16,
    },

    Equal {
        into: Register,
        left: Operand,
        right: Operand,
    },
    NotEqual {
        into: Register,
        left: Operand,
        right: Operand,
    },
    Less {
        into: Register,
        left: Operand,
        right: Operand,
    },
    LessOrEqual {
        into: Register,
        left: Operand,
        right: Operand,
    },
    In {
        into: Register,
        left: Operand,
        right: Operand,
    },
    NotIn {
        into: Register,
        left: Operand,
        right: Operand,
    },

    Jump {
        to: u32,
    },
    /// Jumps when the value is true; fails when it is not BOOLEAN.
    JumpIf {
        test: Operand,
        to: u32,
    },
    /// Jumps when the value is false; fails when it is not BOOLEAN.
    JumpUnless {
        test: Operand,
        to: u32,
    },
    /// Jumps when the value is not null.
    JumpUnlessNull {
        test: Operand,
        to: u32,
    },
    /// Compares and jumps when the comparison does not hold.
    JumpUnlessEqual {
        left: Register,
        right: Register,
        to: u16,
    },
    JumpUnlessNotEqual {
        left: Register,
        right: Register,
        to: u16,
    },
    JumpUnlessLess {
        left: Register,
        right: Register,
        to: u16,
    },
    JumpUnlessLessOrEqual {
        left: Register,
        right: Register,
        to: u16,
    },
    /// The same with a constant on the right side.
    JumpUnlessEqualConstant {
        left: Register,
        constant: u16,
        to: u16,
    },
    JumpUnlessNotEqualConstant {
        left: Register,
        constant: u16,
        to: u16,
    },
    JumpUnlessLessConstant {
        left: Register,
        constant: u16,
        to: u16,
    },
    JumpUnlessLessOrEqualConstant {
        left: Register,
        constant: u16,
        to: u16,
    },
    JumpUnlessGreaterConstant {
        left: Register,
        constant: u16,
        to: u16,
    },
    JumpUnlessGreaterOrEqualConstant {
        left: Register,
        constant: u16,
        to: u16,
    },

    /// Makes a list of `count` registers from `first` on.
    NewList {
        into: Register,
        first: Register,
        count: u16,
    },
    /// Adds to a list that is being built.
    ExtendList {
        list: Register,
        first: Register,
        count: u16,
    },
    /// Makes a map of `count` pairs of registers from `first` on.
    NewMap {
        into: Register,
        first: Register,
        count: u16,
    },
    /// Adds to a map that is being built.
    ExtendMap {
        map: Register,
        first: Register,
        count: u16,
    },
    /// Makes a map whose keys are known: the values stand in the registers from `first` on.
    NewRecord {
        into: Register,
        first: Register,
        names: u16,
        guess: u8,
    },
    NewBraces {
        into: Register,
    },

    /// Begins a walk over the elements of a value.
    EachItem {
        of: Operand,
    },
    /// Begins a walk over the indexes of a list.
    EachIndex {
        of: Operand,
    },
    /// The end of a loop's body: takes the next element of the innermost walk and goes back to the beginning of the body, or
    /// ends the walk and goes on. `statements` are those at the beginning of the body that are run in one go.
    Next {
        into: Register,
        statements: u8,
        to: u32,
    },
    /// Ends the innermost walk.
    EndEach,

    /// Calls the built-in of a group without receiver on `count` registers from `first` on.
    Builtin {
        into: Register,
        group: u16,
        first: Register,
        count: u8,
    },
    /// Calls the built-in of a group on the receiver in `first` and the `count - 1` registers after it.
    Method {
        into: Register,
        group: u16,
        first: Register,
        count: u8,
    },
    /// `into = of.get(key)`, and the four below: the methods that scripts call most, on operands that stay where they are.
    /// Temporaries among them are not read again.
    Get {
        into: Register,
        of: Register,
        key: Operand,
    },
    /// The same with a text that is known. `guess` is the place, no other instruction's, where the machine remembers which
    /// map it met.
    GetNamed {
        into: Register,
        of: Register,
        name: u16,
        guess: u8,
    },
    /// `of.put(key, value)`
    Put {
        of: Register,
        key: Operand,
        value: Operand,
    },
    /// The same with a text that is known.
    PutNamed {
        of: Register,
        name: u16,
        value: Operand,
        guess: u8,
    },
    /// `of.add(item)`
    AddItem {
        of: Register,
        item: Operand,
    },
    /// Calls a function of the program; its arguments are the registers from `first` on.
    Call {
        into: Register,
        function: u16,
        first: Register,
    },
    /// Performs a task; its arguments are the registers from `first` on.
    Task {
        into: Register,
        site: u16,
        first: Register,
    },
    /// Fails with a message that the constant holds: what was called is not there.
    Missing {
        message: u16,
    },
    /// Reads a field; the constant holds its name.
    Field {
        into: Register,
        of: Operand,
        name: u16,
    },
    /// Sets a field of the value in a register; the constant holds its name.
    SetField {
        of: Register,
        name: u16,
        from: Operand,
    },

    Info {
        from: Operand,
    },
    /// From here on an error is stored in the register and the machine goes on at `to`.
    Try {
        into: Register,
        to: u32,
    },
    /// The innermost `Try` ends.
    EndTry,
    Throw {
        from: Operand,
    },
    /// Fails unless the value may be passed as the declared type of this parameter.
    CheckParameter {
        parameter: Register,
    },
    /// Leaves the function with a value. So many of its loops and `try` are open.
    Return {
        from: Operand,
        loops: u16,
        tries: u16,
    },
    /// Counts statements of a stretch of code that runs in one go.
    Statements {
        count: u32,
    },
}

impl Op {
    /// An instruction on a known name as the one on any key; every other one as it is.
    pub fn on_any_key(self) -> Self {
        match self {
            Op::GetNamed { into, of, name, .. } => Op::Get { into, of, key: name | CONSTANT },
            Op::PutNamed { of, name, value, .. } => Op::Put { of, key: name | CONSTANT, value },
            other => other,
        }
    }
}
