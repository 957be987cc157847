; Tags of markup that do not belong together.
(jsx_element
  open_tag: (_ name: (_) @_opened)
  close_tag: (_ name: (_) @fault)
  (#not-eq? @_opened @fault))

(jsx_element open_tag: (_ !name) close_tag: (_ name: (_)) @fault)

(jsx_element open_tag: (_ name: (_)) close_tag: (_ !name) @fault)
