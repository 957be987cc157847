; What the grammar takes and Go does not. The captures and predicates are explained in grammars/README.md.

; A last element without a comma, above the line with the bracket
(literal_value (_) @_last . (comment)* . "}" @fault (#break-without-comma? @_last @fault)
  (#set! says "a `,` is missing"))

(argument_list (_) @_last . (comment)* . ")" @fault (#break-without-comma? @_last @fault)
  (#set! says "a `,` is missing"))

(parameter_list (_) @_last . (comment)* . ")" @fault (#break-without-comma? @_last @fault)
  (#set! says "a `,` is missing"))

; A statement outside of a function
(source_file (_) @fault
  (#not-type? @fault
    "package_clause" "import_declaration" "const_declaration" "var_declaration" "type_declaration"
    "function_declaration" "method_declaration" "comment" "ERROR")
  (#set! says "a statement stands outside of a function"))
