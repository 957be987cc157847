; What the grammar takes and Rust does not. The captures and predicates are explained in grammars/README.md.

; A statement outside of a function
(source_file (let_declaration) @fault)

(source_file (expression_statement (_) @fault (#not-type? @fault "macro_invocation" "ERROR")))

; An attribute or a doc comment that nothing follows
(source_file [(attribute_item) (line_comment outer: (_))] @fault (#nothing-follows? @fault))

(declaration_list [(attribute_item) (line_comment outer: (_))] @fault (#nothing-follows? @fault))

(block [(attribute_item) (line_comment outer: (_))] @fault (#nothing-follows? @fault))

(enum_variant_list [(attribute_item) (line_comment outer: (_))] @fault (#nothing-follows? @fault))

(field_declaration_list [(attribute_item) (line_comment outer: (_))] @fault (#nothing-follows? @fault))

; `self` behind another parameter
(parameters (parameter) (self_parameter) @fault)

(parameters (parameter) (parameter pattern: (self)) @fault)
