; The captures are explained in grammars/README.md.
[
  (function_declaration name: (_) @name)
  (method_declaration name: (_) @name)
] @scope.function

; Functions bound to a name
(var_spec name: (_) @name value: (expression_list (func_literal) @definition)) @scope.function

(short_var_declaration left: (_) @name right: (expression_list (func_literal) @definition)) @scope.function

(assignment_statement left: (_) @name right: (expression_list (func_literal) @definition)) @scope.function

(keyed_element key: (_) @name value: (literal_element (func_literal) @definition)) @scope.function

; What else binds a name
[
  (var_spec name: (_) @name)
  (const_spec name: (_) @name)
] @scope.value

(keyed_element key: (_) @name) @scope.property

[
  (type_spec name: (_) @name)
  (type_alias name: (_) @name)
] @scope.class

(var_spec name: (_) @name value: (expression_list (composite_literal))) @scope.object
