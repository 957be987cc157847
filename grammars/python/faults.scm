; What the grammar takes and Python does not. The captures and predicates are explained in grammars/README.md.

; A block without a statement: `if x:` above code at its own indentation
((block) @fault (#match? @fault "^\\s*$") (#set! says "the block has no statement"))

; Statements of one block in different columns
(module (_) @_above . (comment)* . (_) @fault
  (#indent-differs? @_above @fault)
  (#set! says "the indentation does not fit"))

(block (_) @_above . (comment)* . (_) @fault
  (#indent-differs? @_above @fault)
  (#set! says "the indentation does not fit"))

; Clauses in another column than their statement
((if_statement [(elif_clause) (else_clause)] @fault) @_statement (#indent-differs? @_statement @fault)
  (#set! says "the indentation does not fit"))

((for_statement (else_clause) @fault) @_statement (#indent-differs? @_statement @fault)
  (#set! says "the indentation does not fit"))

((while_statement (else_clause) @fault) @_statement (#indent-differs? @_statement @fault)
  (#set! says "the indentation does not fit"))

((try_statement [(except_clause) (else_clause) (finally_clause)] @fault) @_statement
  (#indent-differs? @_statement @fault)
  (#set! says "the indentation does not fit"))

; `try` that nothing follows
((try_statement body: (block) .) @fault (#set! says "nothing follows `try`"))

((try_statement body: (block) . (comment)* . (else_clause)) @fault (#set! says "`try` has no `except`"))

; `except:` above another handler
(try_statement (except_clause . (block)) . (comment)* . (except_clause) @fault
  (#set! says "`except:` stands above another handler"))

; An argument without a name behind one with
(argument_list (keyword_argument) . (comment)* . (expression) @fault
  (#set! says "{} stands behind a named argument"))

; A parameter without a default behind one with
(parameters
  .
  [(identifier) (typed_parameter) (default_parameter) (typed_default_parameter) (positional_separator) (comment)]*
  .
  [(default_parameter) (typed_default_parameter)]
  .
  [(identifier) (typed_parameter . (identifier))] @fault
  (#set! says "{} has no default, as the one before has"))

; A decorator in another column than what it decorates
(decorated_definition (_) @_above . (comment)* . (_) @fault (#indent-differs? @_above @fault)
  (#set! says "the indentation does not fit"))

; Two `*` in one list of parameters, or something behind `**`
(parameters
  [(list_splat_pattern) (keyword_separator) (typed_parameter (list_splat_pattern))]
  [(list_splat_pattern) (keyword_separator) (typed_parameter (list_splat_pattern))] @fault
  (#set! says "{} is the second of its kind"))

(parameters
  [(dictionary_splat_pattern) (typed_parameter (dictionary_splat_pattern))]
  .
  (comment)*
  .
  (_) @fault
  (#not-type? @fault "comment")
  (#set! says "{} stands behind the last parameter"))
