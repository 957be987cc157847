; What the grammar takes and Rust does not: statements outside of a function. The captures are explained in grammars/README.md.
(source_file (let_declaration) @fault)

(source_file
  (expression_statement
    [
      (assignment_expression)
      (await_expression)
      (binary_expression)
      (block)
      (break_expression)
      (call_expression)
      (compound_assignment_expr)
      (continue_expression)
      (field_expression)
      (for_expression)
      (if_expression)
      (loop_expression)
      (match_expression)
      (return_expression)
      (try_expression)
      (while_expression)
    ]) @fault)
