;; init.el
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((typescript-ts-mode tsx-ts-mode python-mode) . ("quickhand" "--stdio")))
  ;; eglot sends changes half a second after the last key. Here they are sent before an edit is applied, else it could land in the wrong place, and
  ;; after it, so that the next edit need not wait for a pause.
  (defun quickhand-send-changes (server)
    (dolist (buffer (eglot--managed-buffers server))
      (when (buffer-live-p buffer)
        (with-current-buffer buffer
          (when (eglot-managed-p) (eglot--signal-textDocument/didChange))))))
  (cl-defmethod eglot-handle-request :before (server (_method (eql workspace/applyEdit)) &rest _)
    (quickhand-send-changes server))
  (cl-defmethod eglot-handle-request :after (server (_method (eql workspace/applyEdit)) &rest _)
    (quickhand-send-changes server)))

(defun quickhand-edit (instruction)
  (interactive "sEdit: ")
  (eglot-execute (eglot-current-server)
                 `(:command "quickhand.edit"
                   :arguments [(:textDocument ,(eglot--TextDocumentIdentifier)
                                :position ,(eglot--pos-to-lsp-position)
                                :instruction ,instruction)])))
