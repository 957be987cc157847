; What the grammar takes and the language does not. The captures are explained in grammars/README.md.
(try_statement !handler !finalizer) @fault

; A reserved word that the grammar takes for a name, because the value above it is missing
(call_expression function: (identifier) @fault (#any-of? @fault "return" "throw" "if" "for" "while" "switch" "case"))

(variable_declarator value: (identifier) @fault (#any-of? @fault "return" "throw" "break" "continue"))

; An assignment or an arrow function as an operand
(binary_expression right: [(assignment_expression) (augmented_assignment_expression) (arrow_function)] @fault)

; An arrow function that something is asked of
(subscript_expression object: (arrow_function) @fault)

(member_expression object: (arrow_function) @fault)

(call_expression function: (arrow_function) @fault)

; A comma that nothing stands before
(object . "{" . ",") @fault

(object "," . ",") @fault

(object_pattern . "{" . ",") @fault

(object_pattern "," . ",") @fault

(arguments . "(" . ",") @fault

(arguments "," . ",") @fault
