; What the grammar takes and Python does not. The captures and predicates are explained in grammars/README.md.

; A block without a statement: `if x:` above code at its own indentation
((block) @fault (#match? @fault "^\\s*$"))

; Statements of one block in different columns
(module (_) @_above . (comment)* . (_) @fault
  (#indent-differs? @_above @fault))

(block (_) @_above . (comment)* . (_) @fault
  (#indent-differs? @_above @fault))

; Clauses in another column than their statement
((if_statement [(elif_clause) (else_clause)] @fault) @_statement (#indent-differs? @_statement @fault))

((for_statement (else_clause) @fault) @_statement (#indent-differs? @_statement @fault))

((while_statement (else_clause) @fault) @_statement (#indent-differs? @_statement @fault))

((try_statement [(except_clause) (else_clause) (finally_clause)] @fault) @_statement
  (#indent-differs? @_statement @fault))

; `try` that nothing follows
(try_statement body: (block) .) @fault

(try_statement body: (block) . (comment)* . (else_clause)) @fault

; `except:` above another handler
(try_statement (except_clause . (block)) . (comment)* . (except_clause) @fault)

; An argument without a name behind one with
(argument_list (keyword_argument) . (comment)* . (expression) @fault)

; A parameter without a default behind one with
(parameters
  .
  [(identifier) (typed_parameter) (default_parameter) (typed_default_parameter) (positional_separator) (comment)]*
  .
  [(default_parameter) (typed_default_parameter)]
  .
  [(identifier) (typed_parameter . (identifier))] @fault)

; A decorator in another column than what it decorates
(decorated_definition (_) @_above . (comment)* . (_) @fault (#indent-differs? @_above @fault))

; Two `*` in one list of parameters, or something behind `**`
(parameters
  [(list_splat_pattern) (keyword_separator) (typed_parameter (list_splat_pattern))]
  [(list_splat_pattern) (keyword_separator) (typed_parameter (list_splat_pattern))] @fault)

(parameters
  [(dictionary_splat_pattern) (typed_parameter (dictionary_splat_pattern))]
  .
  (comment)*
  .
  (_) @fault
  (#not-type? @fault "comment"))
