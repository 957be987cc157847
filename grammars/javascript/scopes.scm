; Class fields, which have another name than in TypeScript.
(field_definition
  property: (_) @name
  value: [(arrow_function) (function_expression) (generator_function)] @definition) @scope.function

(field_definition property: (_) @name) @scope.property
