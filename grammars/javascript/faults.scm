; What the grammar takes and the language does not. The captures are explained in grammars/README.md.
(try_statement !handler !finalizer) @fault
