; What the grammar takes and Go does not. The captures and predicates are explained in grammars/README.md.

; A last element without a comma, above the line with the bracket
(literal_value (_) @_last . (comment)* . "}" @fault (#break-without-comma? @_last @fault))

(argument_list (_) @_last . (comment)* . ")" @fault (#break-without-comma? @_last @fault))

(parameter_list (_) @_last . (comment)* . ")" @fault (#break-without-comma? @_last @fault))

; Statements outside of a function
(source_file
  [
    (assignment_statement)
    (dec_statement)
    (expression_statement)
    (inc_statement)
    (send_statement)
    (short_var_declaration)
    (block)
    (break_statement)
    (continue_statement)
    (defer_statement)
    (expression_switch_statement)
    (for_statement)
    (go_statement)
    (if_statement)
    (labeled_statement)
    (return_statement)
    (select_statement)
    (type_switch_statement)
  ] @fault)
