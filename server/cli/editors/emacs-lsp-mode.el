;; init.el, for lsp-mode: beside the servers that you have
(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection '("quickhand" "--stdio"))
                    :activation-fn (lsp-activate-on "typescript" "typescriptreact" "javascript" "python" "go" "rust")
                    :add-on? t
                    :server-id 'quickhand)))
