;; init.el
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((typescript-ts-mode tsx-ts-mode python-mode) . ("quickhand" "--stdio"))))

(defun quickhand-edit (instruction)
  (interactive "sEdit: ")
  (eglot-execute (eglot-current-server)
                 `(:command "quickhand.edit"
                   :arguments [(:textDocument ,(eglot--TextDocumentIdentifier)
                                :position ,(eglot--pos-to-lsp-position)
                                :instruction ,instruction)])))
