; A decorator that nothing follows
(class_body (decorator) @fault (#nothing-follows? @fault))
