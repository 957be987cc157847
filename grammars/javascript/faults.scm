; What the grammar takes and the language does not. The captures are explained in grammars/README.md.
((try_statement !handler !finalizer) @fault (#set! says "nothing follows `try`"))

; A reserved word that the grammar takes for a name, because the value above it is missing
(call_expression function: (identifier) @fault (#any-of? @fault "return" "throw" "if" "for" "while" "switch" "case")
  (#set! says "nothing stands before {}"))

(variable_declarator value: (identifier) @fault (#any-of? @fault "return" "throw" "break" "continue")
  (#set! says "nothing stands before {}"))

; An assignment or an arrow function as an operand
(binary_expression
  right: [(assignment_expression) (augmented_assignment_expression) (arrow_function)] @fault
  (#set! says "{} lacks parentheses"))

; An arrow function that something is asked of
(subscript_expression object: (arrow_function) @fault (#set! says "a `;` is missing behind {}"))

(member_expression object: (arrow_function) @fault (#set! says "{} lacks parentheses"))

(call_expression function: (arrow_function) @fault (#set! says "a `;` is missing behind {}"))

; A comma that nothing stands before
(object . "{" . "," @fault (#set! says "nothing stands before {}"))

(object "," . "," @fault (#set! says "nothing stands before {}"))

(object_pattern . "{" . "," @fault (#set! says "nothing stands before {}"))

(object_pattern "," . "," @fault (#set! says "nothing stands before {}"))

(arguments . "(" . "," @fault (#set! says "nothing stands before {}"))

(arguments "," . "," @fault (#set! says "nothing stands before {}"))
