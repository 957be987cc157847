; Class fields, whose name has another field than in TypeScript.
(class_body
  (_
    property: (_) @name
    value: [(arrow_function) (function_expression) (generator_function)] @definition) @scope.function)
