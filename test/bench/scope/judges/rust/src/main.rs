//! What `syn` makes of a file. JSON lines in and out (judged.ts); offsets are bytes of UTF-8.

mod tokens;
mod walk;

use serde_json::{json, Value};
use std::io::{stdin, BufRead};

fn main() {
    // Deep expressions need more stack than a main thread has.
    let worker = std::thread::Builder::new()
        .stack_size(256 << 20)
        .spawn(serve);
    worker.unwrap().join().unwrap();
}

fn serve() {
    for line in stdin().lock().lines() {
        let question: Value = serde_json::from_str(&line.unwrap()).unwrap();
        println!("{}", judge(question["text"].as_str().unwrap()));
        proc_macro2::extra::invalidate_current_thread_spans();
    }
}

fn judge(text: &str) -> Value {
    let file = match syn::parse_file(text) {
        Ok(file) => file,
        Err(error) => return json!({ "fault": error.to_string() }),
    };
    let (comments, opaque) = tokens::of(text);
    json!({ "items": walk::items(&file, text), "comments": comments, "opaque": opaque })
}
