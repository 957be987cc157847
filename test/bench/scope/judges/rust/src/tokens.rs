//! The comments and the literals, which `syn` does not keep.

use serde_json::{json, Value};

pub fn of(text: &str) -> (Vec<Value>, Vec<Value>) {
    let bytes = text.as_bytes();
    let (mut comments, mut literals) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let length = if rest.starts_with("//") {
            let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
            let doc = rest.starts_with("///") && !rest.starts_with("////");
            comments.push(json!({ "from": at, "to": at + length, "doc": doc }));
            length
        } else if rest.starts_with("/*") {
            let length = block(rest);
            let doc = rest.starts_with("/**") && length > 4;
            comments.push(json!({ "from": at, "to": at + length, "doc": doc }));
            length
        } else if let Some(length) = literal(rest) {
            literals.push(json!({ "from": at, "to": at + length }));
            length
        } else {
            word(rest)
        };
        at += length;
    }
    (comments, literals)
}

/// Block comments nest.
fn block(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// The length of a string or a character, with its prefix.
fn literal(rest: &str) -> Option<usize> {
    let prefix = rest
        .find(|c: char| !"bcr".contains(c))
        .filter(|&length| length < 3)?;
    let body = &rest[prefix..];
    if rest[..prefix].contains('r') {
        let hashes = body.len() - body.trim_start_matches('#').len();
        let close = format!("\"{}", "#".repeat(hashes));
        let content = body[hashes..].strip_prefix('"')?;
        return Some(prefix + hashes + 1 + content.find(&close)? + close.len());
    }
    if body.starts_with('"') {
        return Some(prefix + quoted(body, b'"')?);
    }
    let mut characters = body.strip_prefix('\'')?.chars();
    let first = characters.next()?;
    // Otherwise it is a lifetime.
    (first == '\\' || characters.next() == Some('\''))
        .then(|| quoted(body, b'\''))?
        .map(|length| prefix + length)
}

fn quoted(body: &str, quote: u8) -> Option<usize> {
    let bytes = body.as_bytes();
    let mut at = 1;
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at < bytes.len()).then_some(at + 1)
}

/// A whole identifier, so that its end is not taken for the prefix of a literal; else one character.
fn word(rest: &str) -> usize {
    let length = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    if length > 0 {
        length
    } else {
        rest.chars().next().map_or(1, char::len_utf8)
    }
}
