;;; quickhand-show.el --- Shows edits while they run  -*- lexical-binding: t -*-

;; SPDX-License-Identifier: MIT

;;; Commentary:

;; Shows the running edits: their regions, their hunks, the mode line, and the
;; key that stops them.  And the messages of the server.

;;; Code:

(require 'quickhand-document)
(require 'flymake)

(defface quickhand-region
  '((((class color) (min-colors 88) (background light))
     :background "#f0f2f6" :extend t)
    (((class color) (min-colors 88)) :background "#262626" :extend t)
    (t :inherit secondary-selection))
  "The text that a running edit may change."
  :group 'quickhand)

(defface quickhand-hunk
  '((((class color) (min-colors 88) (background light)) :background "#d6f5d6")
    (((class color) (min-colors 88)) :background "#1f4a2c")
    (t :inherit highlight))
  "What a running edit has inserted."
  :group 'quickhand)

(defface quickhand-words '((t :inherit shadow :slant italic))
  "What a running edit is doing."
  :group 'quickhand)

(defvar-local quickhand--last nil
  "The newest edit of this buffer.")

(defvar-local quickhand--landed 0
  "How many text edits of the running edits are in this buffer.")

(defun quickhand--edit-id ()
  "The running edit of this buffer, or else the last one made here."
  (or (car quickhand--running) quickhand--last))

;;;; Edits

(defun quickhand--overlay (begin end &rest properties)
  "Mark what is between BEGIN and END, and grows there, with PROPERTIES."
  (let ((overlay (make-overlay begin end nil nil t)))
    (overlay-put overlay 'quickhand t)
    (cl-loop for (property value) on properties by #'cddr
             do (overlay-put overlay property value))))

(defun quickhand--show-hunk (begin end)
  "Mark what an edit has inserted between BEGIN and END."
  (when (and quickhand--running (< begin end))
    (quickhand--overlay begin end 'face 'quickhand-hunk 'priority 20
                        'evaporate t)))

(add-hook 'quickhand-edited-functions #'quickhand--show-hunk)

(defun quickhand--show-region (range instruction)
  "Mark RANGE, which an edit may change by its INSTRUCTION."
  (pcase-let* ((`(,begin . ,end) (quickhand--region range))
               (words (truncate-string-to-width
                       (string-replace "\n" " " instruction) 40 nil nil t))
               (line-end (save-excursion (goto-char begin) (pos-eol))))
    (quickhand--overlay begin end 'face 'quickhand-region 'priority 10)
    (quickhand--overlay line-end line-end 'after-string
                        (propertize (format "  quickhand: %s" words)
                                    'face 'quickhand-words))))

(defun quickhand--begin (event)
  "Show the edit of EVENT, which has begun in this buffer."
  (let ((id (plist-get event :editId)))
    (quickhand--fresh-undo)
    (unless quickhand--running
      (setq quickhand--landed 0)
      (add-function :around (local 'command-error-function)
                    #'quickhand--error))
    (push id quickhand--running)
    (setq quickhand--last id)
    (quickhand--show-region (plist-get event :range)
                            (plist-get event :instruction))))

(defun quickhand--end (event)
  "Forget the edit of EVENT, which has ended in this buffer."
  (setq quickhand--running (delete (plist-get event :editId) quickhand--running))
  (unless quickhand--running
    (quickhand--forget-edits)))

(defun quickhand--forget-edits ()
  "Show no edit in this buffer any more."
  (setq quickhand--running nil)
  (remove-function (local 'command-error-function) #'quickhand--error)
  (quickhand--fresh-undo)
  (save-restriction
    (widen)
    (remove-overlays nil nil 'quickhand t)))

(cl-defmethod quickhand-handle
  (connection (_method (eql $/quickhand/edit)) &rest event
              &key kind uri editId &allow-other-keys)
  "Show EVENT: the KIND of thing that has become of EDITID.
URI is known at its beginning; CONNECTION knows the buffer."
  (let ((buffer (if uri (quickhand--buffer connection uri)
                  (cl-find editId (quickhand--buffers connection)
                           :test (lambda (id buffer)
                                   (member id (buffer-local-value
                                               'quickhand--running buffer)))))))
    (when buffer
      (with-current-buffer buffer
        (force-mode-line-update)
        (pcase kind
          ("begin" (quickhand--begin event))
          ("hunk" (cl-incf quickhand--landed
                           (length (plist-get event :edits))))
          ("end" (quickhand--end event)))))))

(defun quickhand--abandon (connection)
  "The server of CONNECTION has ended: its edits will get no end events."
  (dolist (buffer (quickhand--buffers connection))
    (with-current-buffer buffer
      (quickhand--forget-edits)
      (setq quickhand--open-in nil
            quickhand--sent-tick nil
            quickhand--last nil))))

(add-hook 'quickhand-gone-functions #'quickhand--abandon)

;;;; Stopping

(defun quickhand-quit ()
  "Stop all edits of this buffer."
  (interactive)
  (deactivate-mark)
  (dolist (id quickhand--running)
    (jsonrpc-async-request
     quickhand--open-in 'workspace/executeCommand
     `(:command "quickhand.cancel" :arguments [(:editId ,id)])
     :error-fn #'quickhand--refused)))

(defun quickhand--error (say data context caller)
  "Stop the edits of this buffer if DATA is a \\`C-g' that no command met.
All else is left to SAY, with CONTEXT and CALLER: a `command-error-function'.
Emacs takes \\`C-g' for a key only while it waits for one.  While it draws
what the last key did, or runs hooks for it, it quits that, and no key is
looked up: the user, who cannot know, would see the edits run on."
  (if (and (eq (car data) 'quit)
           (not this-command)
           (eq (key-binding (vector (nth 3 (current-input-mode))))
               #'quickhand-quit))
      (quickhand-quit)
    (funcall say data context caller)))

(defvar-keymap quickhand-running-map
  :doc "Keys while an edit runs in the buffer."
  "<remap> <keyboard-quit>" #'quickhand-quit)

(add-to-list 'minor-mode-map-alist
             (cons 'quickhand--running quickhand-running-map))

;;;; Messages

(cl-defmethod quickhand-handle
  (connection (_method (eql $/progress)) &key token value)
  "Show VALUE, progress of the work TOKEN of CONNECTION, in the mode line."
  (let ((title (car (alist-get token (quickhand-connection-work connection)
                               nil nil #'equal)))
        (words (plist-get value :message)))
    (pcase (plist-get value :kind)
      ("end"
       (setf (alist-get token (quickhand-connection-work connection)
                        nil 'remove #'equal)
             nil)
       (message "%s: %s" title words))
      (_
       (setf (alist-get token (quickhand-connection-work connection)
                        nil nil #'equal)
             (cons (or title (plist-get value :title)) words)))))
  (force-mode-line-update t))

(defun quickhand--lighter ()
  "The mode's name, with the edits of this buffer or other work of its server."
  (let* ((work (and quickhand--open-in
                    (quickhand-connection-work quickhand--open-in)))
         (words (cond ((not work) nil)
                      ((or (not quickhand--running) (= quickhand--landed 0))
                       (truncate-string-to-width (or (cddar work) "")
                                                 40 nil nil t))
                      ((= quickhand--landed 1) "1 edit")
                      (t (format "%d edits" quickhand--landed)))))
    (concat " Quickhand" (and words (format "[%s]" words)))))

(cl-defmethod quickhand-handle
  (_connection (_method (eql window/showMessage)) &key message
               &allow-other-keys)
  "Show MESSAGE."
  (message "%s" message))

(cl-defmethod quickhand-handle
  (_connection (_method (eql window/showDocument)) &key uri
               &allow-other-keys)
  "Show the file URI in another window; point stays where it is."
  (display-buffer (find-file-noselect (eglot-uri-to-path uri)))
  '(:success t))

;;;; Diagnostics

(defvar-local quickhand--reported nil
  "What the user's checks have reported of this buffer.")

(cl-defmethod quickhand-handle
  (connection (_method (eql textDocument/publishDiagnostics))
              &key uri diagnostics &allow-other-keys)
  "Have Flymake show DIAGNOSTICS of the file URI, which CONNECTION knows."
  (when-let* ((buffer (quickhand--buffer connection uri)))
    (with-current-buffer buffer
      (setq quickhand--reported diagnostics)
      (flymake-mode)
      (flymake-start))))

(defun quickhand--flymake (report &rest _)
  "Give REPORT what verifying has found here: a Flymake backend."
  (funcall
   report
   (mapcar (lambda (one)
             (pcase-let ((`(,begin . ,end)
                          (quickhand--region (plist-get one :range))))
               (flymake-make-diagnostic
                (current-buffer) begin (max end (min (1+ begin) (point-max)))
                (pcase (plist-get one :severity)
                  (1 'eglot-error) (2 'eglot-warning) (_ 'eglot-note))
                (plist-get one :message))))
           quickhand--reported)))

(provide 'quickhand-show)
;;; quickhand-show.el ends here
