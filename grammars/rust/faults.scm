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

(parameters (self_parameter) (self_parameter) @fault)

; A macro call in parentheses or brackets, with neither a `;` nor the end of the block behind it
(block
  (macro_invocation (token_tree) @_arguments) @fault
  .
  [(line_comment) (block_comment)]*
  .
  (_) @_next
  (#match? @_arguments "^[(\\[]")
  (#not-type? @_next "line_comment" "block_comment"))

(source_file (macro_invocation (token_tree) @fault) (#match? @fault "^[(\\[]"))

; A comma behind the base of a struct
(field_initializer_list (base_field_initializer) @fault . ",")

; Comparisons in a row
(binary_expression
  left: (binary_expression operator: ["<" ">" "<=" ">=" "==" "!="])
  operator: ["<" ">" "<=" ">=" "==" "!="]) @fault

; A value that ends with a brace in front of the `else` of `let`
(let_declaration
  value: [
    (struct_expression)
    (if_expression)
    (match_expression)
    (block)
    (unsafe_block)
    (async_block)
    (loop_expression)
    (while_expression)
    (for_expression)
  ]
  alternative: (block)) @fault

; An async block with neither a `;` nor the end of the block behind it
(block
  (expression_statement (async_block) .) @fault
  .
  [(line_comment) (block_comment)]*
  .
  (_) @_next
  (#not-type? @_next "line_comment" "block_comment" "empty_statement"))
