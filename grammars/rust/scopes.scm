; The captures are explained in grammars/README.md.
[
  (function_item name: (_) @name)
  (function_signature_item name: (_) @name)
  (macro_definition name: (_) @name)
] @scope.function

(let_declaration pattern: (_) @name value: (closure_expression) @definition) @scope.function

[
  (impl_item type: (_) @name)
  (trait_item name: (_) @name)
  (struct_item name: (_) @name)
  (enum_item name: (_) @name)
  (union_item name: (_) @name)
  (mod_item name: (_) @name)
] @scope.class

[
  (const_item name: (_) @name value: [(array_expression) (reference_expression (array_expression))])
  (static_item name: (_) @name value: [(array_expression) (reference_expression (array_expression))])
] @scope.object

[
  (const_item name: (_) @name)
  (static_item name: (_) @name)
  (type_item name: (_) @name)
] @scope.value

; `my_test!(works, |dir| {…})`: the tree shows no more than tokens
(macro_invocation (token_tree . (identifier) @name ["|" "||"])) @scope.callback
