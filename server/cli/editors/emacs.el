;; init.el
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((typescript-ts-mode tsx-ts-mode python-mode) . ("quickhand" "--stdio")))
  ;; eglot tells of changes half a second after the last key. What was typed since is told before an edit is made, else the edit could land beside
  ;; its place; and the edit right after it, so that the next one need not wait for a pause.
  (defun quickhand-tell-changes (server)
    (dolist (buffer (eglot--managed-buffers server))
      (when (buffer-live-p buffer)
        (with-current-buffer buffer
          (when (eglot-managed-p) (eglot--signal-textDocument/didChange))))))
  (cl-defmethod eglot-handle-request :before (server (_method (eql workspace/applyEdit)) &rest _)
    (quickhand-tell-changes server))
  (cl-defmethod eglot-handle-request :after (server (_method (eql workspace/applyEdit)) &rest _)
    (quickhand-tell-changes server)))

(defun quickhand-edit (instruction)
  (interactive "sEdit: ")
  (eglot-execute (eglot-current-server)
                 `(:command "quickhand.edit"
                   :arguments [(:textDocument ,(eglot--TextDocumentIdentifier)
                                :position ,(eglot--pos-to-lsp-position)
                                :instruction ,instruction)])))
