//! Judges Rust texts with `syn`, the parser that Rust's macros use; how to ask is told in judge.ts.

use std::io::{self, BufRead, Read, Write};

fn fault_of(source: &str) -> String {
    match syn::parse_file(source) {
        Ok(_) => String::new(),
        Err(error) => format!("{}: {}", error.span().start().line, error).replace('\n', " "),
    }
}

fn judge() -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut head = String::new();
    while input.read_line(&mut head)? > 0 {
        let mut source = vec![0; head.trim().parse().expect("a length")];
        input.read_exact(&mut source)?;
        println!("{}", fault_of(&String::from_utf8_lossy(&source)));
        io::stdout().flush()?;
        head.clear();
    }
    Ok(())
}

fn main() -> io::Result<()> {
    // Code that is nested deeply takes more than a thread's usual stack.
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(judge)?;
    thread.join().expect("the judge ends by itself")
}
