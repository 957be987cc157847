; A decorator that nothing follows
(class_body (decorator) @fault (#nothing-follows? @fault))

; A comma that nothing stands before
(object_type . "{" . ",") @fault

(interface_body . "{" . ",") @fault
