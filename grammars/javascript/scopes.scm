; Class fields, which JavaScript's grammar names differently from TypeScript's.
(field_definition
  property: (_) @name
  value: [(arrow_function) (function_expression) (generator_function)] @definition) @scope.function
