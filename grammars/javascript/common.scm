; What JavaScript and TypeScript share. The captures are explained in grammars/README.md.

; Declared functions, methods and accessors, and function expressions with a name of their own
[
  (function_declaration name: (_) @name)
  (generator_function_declaration name: (_) @name)
  (function_expression name: (_) @name)
  (generator_function name: (_) @name)
  (method_definition name: (_) @name)
] @scope.function

; Functions bound to a name
(variable_declarator
  name: (_) @name
  value: [(arrow_function) (function_expression) (generator_function)] @definition) @scope.function

(pair
  key: (_) @name
  value: [(arrow_function) (function_expression) (generator_function)] @definition) @scope.function

(expression_statement
  (assignment_expression
    left: (_) @name
    right: [(arrow_function) (function_expression) (generator_function)] @definition)) @scope.function

(expression_statement
  (assignment_expression
    left: (_) @name
    right: (assignment_expression
      right: [(arrow_function) (function_expression) (generator_function)] @definition))) @scope.function

(export_statement [(arrow_function) (function_expression) (generator_function)] @definition) @scope.function

; Functions bound to a name through calls that are known to give the function back: components, hooks, rate limits
((variable_declarator
  name: (identifier) @name
  value: (call_expression
    function: (_) @_wrapper
    arguments: (arguments
      [
        (arrow_function) @definition
        (function_expression) @definition
        (call_expression arguments: (arguments [(arrow_function) (function_expression)] @definition))
        (call_expression
          arguments: (arguments
            (call_expression arguments: (arguments [(arrow_function) (function_expression)] @definition))))
      ]))) @scope.function
  (#match? @_wrapper
    "^([A-Za-z]+\\.)?(memo|forwardRef|lazy|observer|with[A-Z]\\w*|useCallback|useEvent|useEffectEvent|useEventCallback|debounce|throttle|once|memoize|memoizeOne|asyncHandler|cache)$"))

((export_statement
  (call_expression
    function: (_) @_wrapper
    arguments: (arguments
      [
        (arrow_function) @definition
        (function_expression) @definition
        (call_expression arguments: (arguments [(arrow_function) (function_expression)] @definition))
      ]))) @scope.function
  (#match? @_wrapper "^([A-Za-z]+\\.)?(memo|forwardRef|lazy|observer|with[A-Z]\\w*)$"))

; Callbacks of a statement: test cases, routes, listeners, `.then(…)`, and functions that are called at once
(expression_statement
  [
    (call_expression arguments: (arguments [(arrow_function) (function_expression)] @definition))
    (await_expression
      (call_expression arguments: (arguments [(arrow_function) (function_expression)] @definition)))
    (call_expression
      function: (member_expression
        object: (call_expression arguments: (arguments [(arrow_function) (function_expression)] @definition))))
    (call_expression
      function: (parenthesized_expression [(arrow_function) (function_expression)] @definition))
  ]) @scope.callback

; … and of a declaration: `const useStore = create((set) => …)`
(variable_declarator
  name: (_) @name
  value: [
    (call_expression arguments: (arguments [(arrow_function) (function_expression)] @definition))
    (await_expression
      (call_expression arguments: (arguments [(arrow_function) (function_expression)] @definition)))
    (new_expression arguments: (arguments [(arrow_function) (function_expression)] @definition))
  ]) @scope.callback

(export_statement
  (call_expression arguments: (arguments [(arrow_function) (function_expression)] @definition))) @scope.callback

; Classes
(class_declaration name: (_) @name) @scope.class

(variable_declarator name: (_) @name value: (class) @definition) @scope.class

(expression_statement (assignment_expression left: (_) @name right: (class) @definition)) @scope.class

(export_statement (class) @definition) @scope.class

; Objects and tables bound to a name, also through a call: `defineConfig({…})`
(variable_declarator
  name: (_) @name
  value: [
    (object)
    (array)
    (call_expression arguments: (arguments (object)))
    (new_expression arguments: (arguments (object)))
  ]) @scope.object

(pair key: (_) @name value: (object)) @scope.object

(expression_statement
  [
    (assignment_expression left: (_) @name right: [(object) (array)])
    (call_expression arguments: (arguments (object)))
  ]) @scope.object

(export_statement
  [
    (object)
    (array)
    (call_expression arguments: (arguments (object)))
  ]) @scope.object
