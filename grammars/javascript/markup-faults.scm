; Tags of markup that do not belong together.
(jsx_element
  open_tag: (_ name: (_) @_opened)
  close_tag: (_ name: (_) @fault)
  (#not-eq? @_opened @fault)
  (#set! says "the tags do not go together at {}"))

(jsx_element open_tag: (_ !name) close_tag: (_ name: (_)) @fault (#set! says "the tags do not go together at {}"))

(jsx_element open_tag: (_ name: (_)) close_tag: (_ !name) @fault (#set! says "the tags do not go together at {}"))
