; What only TypeScript has.
[
  (function_signature name: (_) @name)
  (abstract_method_signature name: (_) @name)
] @scope.function

(public_field_definition
  name: (_) @name
  value: [(arrow_function) (function_expression) (generator_function)] @definition) @scope.function

[
  (public_field_definition name: (_) @name)
  (property_signature name: (_) @name)
  (method_signature name: (_) @name)
] @scope.property

[
  (abstract_class_declaration name: (_) @name)
  (interface_declaration name: (_) @name)
  (internal_module name: (_) @name)
  (module name: (_) @name)
] @scope.class

[
  (enum_declaration name: (_) @name)
  (type_alias_declaration name: (_) @name)
] @scope.object

(variable_declarator
  name: (_) @name
  value: [
    (as_expression [(object) (array)])
    (satisfies_expression [(object) (array) (as_expression)])
  ]) @scope.object

(export_statement [(as_expression [(object) (array)]) (satisfies_expression [(object) (array)])]) @scope.object
