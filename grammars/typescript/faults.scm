; A decorator that nothing follows
(class_body (decorator) @fault (#nothing-follows? @fault) (#set! says "nothing follows {}"))

; A comma that nothing stands before
(object_type . "{" . "," @fault (#set! says "nothing stands before {}"))

(interface_body . "{" . "," @fault (#set! says "nothing stands before {}"))
