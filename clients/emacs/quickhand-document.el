;;; quickhand-document.el --- Keeps a buffer in sync with the server  -*- lexical-binding: t -*-

;; SPDX-License-Identifier: MIT

;;; Commentary:

;; The whole text is sent: at once while an edit runs in the buffer, else when
;; Emacs is idle or before a request.  Edits of the server are applied only
;; for the present version of the buffer.

;;; Code:

(require 'quickhand-server)

(defvar-local quickhand--open-in nil
  "The connection whose server knows this buffer.")
(defvar-local quickhand--uri nil
  "The name of this buffer for the server.")
(defvar-local quickhand--version 0
  "The newest version that was sent to the server.")
(defvar-local quickhand--sent-tick nil
  "The `buffer-chars-modified-tick' of that version.")
(defvar-local quickhand--timer nil
  "The timer that sends changes.")
(defvar-local quickhand--running nil
  "The edits that run in this buffer, the newest first.")

;;;; Positions

(defun quickhand--position (point)
  "POINT as the protocol counts it."
  (save-excursion
    (goto-char point)
    (list :line (1- (line-number-at-pos nil t))
          :character (eglot-utf-16-linepos (pos-bol)))))

(defun quickhand--range (begin end)
  "The text between BEGIN and END as the protocol counts it."
  (list :start (quickhand--position begin) :end (quickhand--position end)))

(defun quickhand--region (range &optional markers)
  "The points (BEGIN . END) of RANGE; if MARKERS, as markers."
  (let ((eglot-move-to-linepos-function #'eglot-move-to-utf-16-linepos))
    (eglot-range-region range markers)))

(defconst quickhand--languages
  '((tsx "typescriptreact") (js "javascript") (js2 "javascript")
    (js-jsx "javascriptreact") (rjsx "javascriptreact") (rustic "rust")
    (c++ "cpp") (sh "shellscript") (bash "shellscript"))
  "Languages whose modes have other names.")

(defun quickhand--language ()
  "The language of this buffer, by its name in the protocol."
  (let ((name (replace-regexp-in-string
               "\\(-ts\\)?-mode\\'" "" (symbol-name major-mode))))
    (or (cadr (assq (intern name) quickhand--languages)) name)))

;;;; Sending the text

(defun quickhand--text ()
  "The whole text."
  (save-restriction
    (widen)
    (buffer-substring-no-properties (point-min) (point-max))))

(defun quickhand--open ()
  "Make sure that the server knows this buffer, and return the connection."
  (unless (and quickhand--open-in (jsonrpc-running-p quickhand--open-in))
    (let ((connection (quickhand--connection)))
      (setq quickhand--open-in connection
            quickhand--uri (eglot-path-to-uri buffer-file-name))
      (quickhand--when-ready connection #'quickhand--did-open)))
  quickhand--open-in)

(defun quickhand--did-open ()
  "Open this buffer at the server."
  (when quickhand--open-in
    (quickhand--notify 'didOpen
                     :languageId (quickhand--language)
                     :text (quickhand--text))))

(defun quickhand--notify (what &rest fields)
  "Send the notification WHAT about this buffer, a document with FIELDS."
  (setq quickhand--sent-tick (buffer-chars-modified-tick))
  (cl-incf quickhand--version)
  (jsonrpc-notify
   quickhand--open-in (intern (format "textDocument/%s" what))
   `( :textDocument ( :uri ,quickhand--uri :version ,quickhand--version
                      ,@(and (eq what 'didOpen) fields))
      ,@(and (eq what 'didChange) fields))))

(defun quickhand--known-p ()
  "Whether a server knows this buffer."
  (and quickhand--sent-tick (jsonrpc-running-p quickhand--open-in)))

(defun quickhand--sync ()
  "Send the text if it has changed since it was sent last."
  (when (and (quickhand--known-p)
             (/= quickhand--sent-tick (buffer-chars-modified-tick)))
    (quickhand--notify 'didChange
                     :contentChanges (vector (list :text (quickhand--text))))))

(defun quickhand--changed (&rest _)
  "Send the text soon, in one message for everything that a command does."
  (when quickhand--timer
    (cancel-timer quickhand--timer))
  (let ((sync (lambda (buffer)
                (when (buffer-live-p buffer)
                  (with-current-buffer buffer (quickhand--sync))))))
    (setq quickhand--timer
          (if quickhand--running
              (run-with-timer 0 nil sync (current-buffer))
            (run-with-idle-timer 0.5 nil sync (current-buffer))))))

(defun quickhand--close ()
  "Make the server forget this buffer."
  (when (quickhand--known-p)
    (jsonrpc-notify quickhand--open-in 'textDocument/didClose
                    `(:textDocument (:uri ,quickhand--uri))))
  (setq quickhand--open-in nil
        quickhand--sent-tick nil))

(defun quickhand--reopen ()
  "Close and open this buffer at the server: it visits another file now."
  (quickhand--close)
  (quickhand--open))

;;;; Applying edits

(defun quickhand--buffers (connection)
  "The buffers that the server of CONNECTION knows."
  (cl-remove-if-not (lambda (buffer)
                      (eq connection
                          (buffer-local-value 'quickhand--open-in buffer)))
                    (buffer-list)))

(defun quickhand--buffer (connection uri)
  "The buffer that the server of CONNECTION knows as URI, or nil."
  (cl-find uri (quickhand--buffers connection) :test #'equal
           :key (lambda (buffer) (buffer-local-value 'quickhand--uri buffer))))

(defvar-local quickhand--undo nil
  "The undo step of the last edit, as (TICK . CHANGE-GROUP).
As long as the text is as it was at TICK the next one belongs to it.")

(defun quickhand--fresh-undo ()
  "Let the next edit be an undo step of its own."
  (setq quickhand--undo nil))

(defun quickhand--in-step (edit)
  "Call EDIT within the last undo step if that has made the last change.
Changes by the user are never part of a step."
  (unless (eql (car quickhand--undo) (buffer-chars-modified-tick))
    (undo-boundary)
    (setq quickhand--undo (cons nil (prepare-change-group))))
  (atomic-change-group (funcall edit))
  (when (listp buffer-undo-list)
    (undo-amalgamate-change-group (cdr quickhand--undo)))
  (undo-boundary)
  (setcar quickhand--undo (buffer-chars-modified-tick)))

(defvar quickhand-edited-functions nil
  "Called with begin and end of each text that an edit inserts.")

(defun quickhand--replace (edits)
  "Apply EDITS, each (BEGIN END TEXT) with markers."
  (save-excursion
    (pcase-dolist (`(,begin ,end ,text) edits)
      (goto-char begin)
      (delete-region begin end)
      (insert text)
      (run-hook-with-args 'quickhand-edited-functions (- (point) (length text))
                          (point)))))

(defun quickhand--apply (edits version)
  "Apply EDITS of the server, made for VERSION; return the response."
  (quickhand--sync)
  (if (/= version quickhand--version)
      '(:applied :json-false :failureReason "the buffer has changed")
    (condition-case problem
        (save-restriction
          (widen)
          (let ((prepared
                 (mapcar (lambda (edit)
                           (pcase-let ((`(,begin . ,end)
                                        (quickhand--region
                                         (plist-get edit :range) 'markers)))
                             (list begin end (plist-get edit :newText))))
                         edits)))
            (quickhand--in-step (lambda () (quickhand--replace prepared))))
          (quickhand--sync)
          '(:applied t))
      (error `( :applied :json-false
                :failureReason ,(error-message-string problem))))))

(cl-defmethod quickhand-handle
  (connection (_method (eql workspace/applyEdit)) &key edit &allow-other-keys)
  "Apply EDIT, which is always of one file, in the buffer CONNECTION knows."
  (let* ((change (aref (plist-get edit :documentChanges) 0))
         (document (plist-get change :textDocument))
         (buffer (quickhand--buffer connection (plist-get document :uri))))
    (if (not buffer)
        '(:applied :json-false :failureReason "there is no such buffer")
      (with-current-buffer buffer
        (quickhand--apply (plist-get change :edits)
                          (plist-get document :version))))))

(provide 'quickhand-document)
;;; quickhand-document.el ends here
