; What the grammar takes and Rust does not. The captures and predicates are explained in grammars/README.md.

; A statement outside of a function
(source_file (let_declaration) @fault (#set! says "a statement stands outside of a function"))

(source_file (expression_statement (_) @fault (#not-type? @fault "macro_invocation" "ERROR"))
  (#set! says "a statement stands outside of a function"))

; An attribute or a doc comment that nothing follows
(source_file [(attribute_item) (line_comment outer: (_))] @fault (#nothing-follows? @fault)
  (#set! says "nothing follows {}"))

(declaration_list [(attribute_item) (line_comment outer: (_))] @fault (#nothing-follows? @fault)
  (#set! says "nothing follows {}"))

(block [(attribute_item) (line_comment outer: (_))] @fault (#nothing-follows? @fault)
  (#set! says "nothing follows {}"))

(enum_variant_list [(attribute_item) (line_comment outer: (_))] @fault (#nothing-follows? @fault)
  (#set! says "nothing follows {}"))

(field_declaration_list [(attribute_item) (line_comment outer: (_))] @fault (#nothing-follows? @fault)
  (#set! says "nothing follows {}"))

; `self` behind another parameter
(parameters (parameter) (self_parameter) @fault (#set! says "`self` is not the first parameter"))

(parameters (parameter) (parameter pattern: (self)) @fault (#set! says "`self` is not the first parameter"))

(parameters (self_parameter) (self_parameter) @fault (#set! says "`self` is not the first parameter"))

; A macro call in parentheses or brackets, with neither a `;` nor the end of the block behind it
(block
  (macro_invocation (token_tree) @_arguments) @fault
  .
  [(line_comment) (block_comment)]*
  .
  (_) @_next
  (#match? @_arguments "^[(\\[]")
  (#not-type? @_next "line_comment" "block_comment")
  (#set! says "a `;` is missing behind {}"))

(source_file (macro_invocation (token_tree) @fault) (#match? @fault "^[(\\[]")
  (#set! says "a `;` is missing behind {}"))

; A comma behind the base of a struct
(field_initializer_list (base_field_initializer) @fault . "," (#set! says "a `,` stands behind {}"))

; Comparisons in a row
((binary_expression
  left: (binary_expression operator: ["<" ">" "<=" ">=" "==" "!="])
  operator: ["<" ">" "<=" ">=" "==" "!="]) @fault
  (#set! says "{} are comparisons in a row"))

; A value that ends with a brace in front of the `else` of `let`
((let_declaration
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
  (#set! says "a value that ends with `}` stands before `else`"))

; An async block with neither a `;` nor the end of the block behind it
(block
  (expression_statement (async_block) .) @fault
  .
  [(line_comment) (block_comment)]*
  .
  (_) @_next
  (#not-type? @_next "line_comment" "block_comment" "empty_statement")
  (#set! says "a `;` is missing behind {}"))
