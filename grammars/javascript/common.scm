; What JavaScript and TypeScript share. The captures are explained in grammars/README.md.
; `(_ …)` where any node with such fields will do: a named parent costs tree-sitter much more to prepare.

; Declared functions, methods and accessors, and function expressions with a name of their own
[
  (function_declaration name: (_) @name)
  (generator_function_declaration name: (_) @name)
  (function_expression name: (_) @name)
  (generator_function name: (_) @name)
  (method_definition name: (_) @name)
] @scope.function

; Functions bound to a name: by a declaration, a property, an assignment, by being the default export (a class field: see scopes.scm of each)
(variable_declarator
  name: (_) @name
  value: [(arrow_function) (function_expression) (generator_function)] @definition) @scope.function

(pair
  key: (_) @name
  value: [(arrow_function) (function_expression) (generator_function)] @definition) @scope.function

(assignment_expression
  left: (_) @name
  right: [(arrow_function) (function_expression) (generator_function)] @definition) @scope.function

(export_statement [(arrow_function) (function_expression) (generator_function)] @definition) @scope.function

; Functions bound to a name through calls that are known to give the function back: components, hooks, rate limits (behind `as` and in properties: see
; `transparent` in grammar.json)
((variable_declarator
  name: (identifier) @name
  value: (_
    function: (_) @_wrapper
    arguments: (_
      [
        (arrow_function) @definition
        (function_expression) @definition
        (_ arguments: (_ [(arrow_function) (function_expression)] @definition))
        (_ arguments: (_ (_ arguments: (_ [(arrow_function) (function_expression)] @definition))))
      ]))) @scope.function
  (#match? @_wrapper
    "^([A-Za-z]+\\.)?(memo|forwardRef|lazy|observer|with[A-Z]\\w*|useCallback|useEvent|useEffectEvent|useEventCallback|debounce|throttle|once|memoize|memoizeOne|asyncHandler|cache)$"))

((export_statement
  (_
    function: (_) @_wrapper
    arguments: (_
      [
        (arrow_function) @definition
        (function_expression) @definition
        (_ arguments: (_ [(arrow_function) (function_expression)] @definition))
      ]))) @scope.function
  (#match? @_wrapper "^([A-Za-z]+\\.)?(memo|forwardRef|lazy|observer|with[A-Z]\\w*)$"))

; What else binds a name: to a value, or to a function that goes through calls
[
  (variable_declarator name: (_) @name)
  (assignment_expression left: (_) @name)
] @scope.value

(pair key: (_) @name) @scope.property

; Classes
(class_declaration name: (_) @name) @scope.class

(variable_declarator name: (_) @name value: (class) @definition) @scope.class

(assignment_expression left: (_) @name right: (class) @definition) @scope.class

(export_statement (class) @definition) @scope.class

; Objects and tables bound to a name, also through a call: `defineConfig({…})`
(variable_declarator name: (_) @name value: [(object) (array)]) @scope.object

(variable_declarator name: (_) @name value: (_ arguments: (_ (object)))) @scope.object

(assignment_expression left: (_) @name right: [(object) (array)]) @scope.object

(export_statement [(object) (array)]) @scope.object

[
  (expression_statement (_ arguments: (_ (object))))
  (export_statement (_ arguments: (_ (object))))
] @scope.object
