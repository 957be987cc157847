; The captures are explained in grammars/README.md.
[
  (function_declaration name: (_) @name)
  (method_declaration name: (_) @name)
] @scope.function

; Functions bound to a name
(var_spec name: (_) @name value: (expression_list (func_literal) @definition)) @scope.function

(short_var_declaration left: (_) @name right: (expression_list (func_literal) @definition)) @scope.function

(assignment_statement left: (_) @name right: (expression_list (func_literal) @definition)) @scope.function

; Callbacks outside of functions: `var _ = Describe("…", func() {…})`, and statements in them
(var_spec
  name: (_) @name
  value: (expression_list (call_expression arguments: (argument_list (func_literal) @definition)))) @scope.callback

(expression_statement (call_expression arguments: (argument_list (func_literal) @definition))) @scope.callback

(type_spec name: (_) @name) @scope.class

[
  (var_spec name: (_) @name value: (expression_list (composite_literal)))
  (const_spec name: (_) @name)
] @scope.object
