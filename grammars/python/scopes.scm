; The captures are explained in grammars/README.md.
(function_definition name: (_) @name) @scope.function

(expression_statement (assignment left: (_) @name right: (lambda) @definition)) @scope.function

(class_definition name: (_) @name) @scope.class

(expression_statement (assignment left: (_) @name right: [(dictionary) (list) (set) (tuple)])) @scope.object

[
  (expression_statement (assignment left: (_) @name))
  (type_alias_statement left: (_) @name)
] @scope.value
