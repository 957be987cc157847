; What the grammar takes and Rust does not: statements outside of a function. The captures and predicates are explained in grammars/README.md.
(source_file (let_declaration) @fault)

(source_file (expression_statement (_) @fault (#not-type? @fault "macro_invocation" "ERROR")))
