;;; quickhand.el --- Real-time AI edits in your buffer  -*- lexical-binding: t -*-

;; Author: The Quickhand authors
;; Version: 0.1.0
;; Package-Requires: ((emacs "30.1"))
;; Keywords: tools, convenience, languages
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; Point at code, say what you want, and watch it land in your buffer:
;;
;;   (require 'quickhand)
;;   (global-quickhand-mode)
;;   (keymap-global-set "C-c q" quickhand-command-map)
;;
;; and M-x quickhand-edit in a function.  The server has to be there:
;; npm install --global quickhand.  Eglot or lsp-mode may manage the same
;; buffers, or nothing; Quickhand has a connection of its own.

;;; Code:

(require 'quickhand-document)
(require 'quickhand-show)
(require 'flymake)

(defgroup quickhand nil
  "Real-time AI edits."
  :group 'tools
  :prefix "quickhand-")

(defvar quickhand-history nil
  "Earlier instructions.")

;;;; The modes

(defconst quickhand--hooks
  '((after-change-functions . quickhand--changed)
    (after-set-visited-file-name-hook . quickhand--reopen)
    (kill-buffer-hook . quickhand--close)
    (change-major-mode-hook . quickhand--leave)
    (flymake-diagnostic-functions . quickhand--flymake))
  "What `quickhand-mode' hooks into, in its buffer.")

;;;###autoload
(define-minor-mode quickhand-mode
  "Connect this buffer to a Quickhand server, so that it can edit it.
It may be managed by Eglot or lsp-mode at the same time.

\\{quickhand-command-map}"
  :lighter (:eval (quickhand--lighter))
  (dolist (hook quickhand--hooks)
    (if quickhand-mode
        (add-hook (car hook) (cdr hook) nil t)
      (remove-hook (car hook) (cdr hook) t)))
  (if quickhand-mode
      (quickhand--enter)
    (quickhand--forget-edits)
    (quickhand--close)))

(defun quickhand--ensure ()
  "Enter the mode unless it is on; return the connection."
  (unless quickhand-mode
    (quickhand-mode))
  (quickhand--open))

(defun quickhand--enter ()
  "Open this buffer at the server, or leave the mode."
  (condition-case problem
      (cond ((not buffer-file-name)
             (user-error "Quickhand edits buffers that visit files"))
            ((file-remote-p buffer-file-name)
             (user-error "Quickhand edits files of this machine"))
            (t (quickhand--open)))
    (error (quickhand--leave)
           (signal (car problem) (cdr problem)))))

(defun quickhand--leave ()
  "Leave the mode."
  (quickhand-mode -1))

(defun quickhand--turn-on ()
  "Enter the mode where possible; where not, say why and open the file."
  (when (and buffer-file-name (not (file-remote-p buffer-file-name)))
    (with-demoted-errors "%S" (quickhand-mode))))

;;;###autoload
(define-globalized-minor-mode global-quickhand-mode
  quickhand-mode quickhand--turn-on
  :group 'quickhand
  :predicate '( typescript-ts-base-mode typescript-mode js-base-mode js2-mode
                python-base-mode go-mode go-ts-mode rust-mode rust-ts-mode))

;;;; Asking the server

(defun quickhand--execute (command argument &optional answered)
  "Run COMMAND of the server with ARGUMENT, a property list.
ANSWERED is called with the answer; an error is shown."
  (let ((connection (quickhand--ensure)))
    (quickhand--when-ready
     connection
     (lambda ()
       (quickhand--sync)
       (jsonrpc-async-request
        connection 'workspace/executeCommand
        (list :command command :arguments (vector argument))
        :success-fn (or answered #'ignore)
        :error-fn #'quickhand--refused)))))

(defun quickhand--document ()
  "The identifier of this buffer, which is open at the server from now on.
Positions that are computed after this are positions of the present text."
  (quickhand--await (quickhand--ensure))
  (list :uri quickhand--uri))

(defun quickhand--await (connection)
  "Wait for the server of CONNECTION to be ready; \\`C-g' ends the waiting."
  (while (not (quickhand-connection-ready connection))
    (unless (jsonrpc-running-p connection)
      (user-error "Quickhand: the server has ended"))
    (accept-process-output nil 0.1)))

(defun quickhand--place ()
  "The region if it is active, or point."
  (let ((begin (if (use-region-p) (region-beginning) (point)))
        (end (if (use-region-p) (region-end) (point))))
    (list :textDocument (quickhand--document)
          :range (quickhand--range begin end))))

(defun quickhand--diagnostics ()
  "The diagnostics of Flymake, the nearest to point first."
  (let ((here (point)))
    (vconcat
     (mapcar (lambda (one)
               (list :range (quickhand--range (flymake-diagnostic-beg one)
                                              (flymake-diagnostic-end one))
                     :message (flymake-diagnostic-text one)))
             (cl-sort (flymake-diagnostics) #'<
                      :key (lambda (one)
                             (abs (- here (flymake-diagnostic-beg one)))))))))

(defun quickhand--read (prompt)
  "Ask the user with PROMPT for what they want."
  (let ((words (string-trim (read-string prompt nil 'quickhand-history))))
    (when (string-empty-p words)
      (user-error "Nothing was asked for"))
    words))

(defun quickhand--act (command &rest fields)
  "Run COMMAND of the server for the edit of this buffer, with FIELDS."
  (let ((id (quickhand--edit-id)))
    (quickhand--execute command `(,@(and id (list :editId id)) ,@fields))))

;;;; Commands

;;;###autoload
(defun quickhand-edit (instruction &optional atomic)
  "Edit the function at point, or the region, by an INSTRUCTION in words.
The edit lands as it streams; with a prefix argument (ATOMIC) it lands in
one piece at its end.  \\[quickhand-stop], \\`C-g' or typing into the
marked text end it early."
  (interactive (list (quickhand--read "Edit: ") current-prefix-arg))
  (quickhand--execute
   "quickhand.edit"
   `( ,@(quickhand--place) :instruction ,instruction
      ,@(and (use-region-p) '(:scope "selection"))
      ,@(and atomic '(:delivery "atomic"))
      :diagnostics ,(quickhand--diagnostics)))
  (deactivate-mark))

;;;###autoload
(defun quickhand-menu ()
  "Choose from a menu what to do here.
There are edits that suit the code, fixes for its diagnostics, the request
of a comment such as `// ai: return early', and Stop, Keep, Revert, Retry or
Apply for the newest edit."
  (interactive)
  (let* ((place (quickhand--place))
         (context (list :diagnostics (quickhand--diagnostics)))
         (actions (progn
                    (quickhand--sync)
                    (jsonrpc-request quickhand--open-in 'textDocument/codeAction
                                     `(,@place :context ,context))))
         (command (plist-get (quickhand--choose actions) :command)))
    (quickhand--execute (plist-get command :command)
                        (aref (plist-get command :arguments) 0))))

(defun quickhand--choose (actions)
  "Let the user choose one of ACTIONS, which stay in their order."
  (let* ((completion-ignore-case t)
         (titles (mapcar (lambda (action) (plist-get action :title)) actions))
         (table (lambda (text predicate what)
                  (if (eq what 'metadata)
                      '(metadata (display-sort-function . identity)
                                 (cycle-sort-function . identity))
                    (complete-with-action what titles text predicate))))
         (title (completing-read "Quickhand: " table nil t)))
    (or (cl-find title actions :test #'equal
                 :key (lambda (action) (plist-get action :title)))
        (user-error "Nothing was chosen"))))

(defun quickhand-stop ()
  "Stop the edit of this buffer; what has landed stays, and is sound."
  (interactive)
  (quickhand--act "quickhand.cancel"))

(defun quickhand-keep ()
  "Accept the last edit of this buffer."
  (interactive)
  (quickhand--act "quickhand.keep"))

(defun quickhand-revert ()
  "Revert what you have not touched since of the last edit of this buffer."
  (interactive)
  (quickhand--act "quickhand.revert"))

(defun quickhand-retry (&optional instruction)
  "Revert the last edit of this buffer and ask again.
With a prefix argument ask for another INSTRUCTION."
  (interactive (list (and current-prefix-arg (quickhand--read "Again: "))))
  (apply #'quickhand--act "quickhand.retry"
         (and instruction (list :instruction instruction))))

(defun quickhand-steer (instruction)
  "Redirect the edit of this buffer by an INSTRUCTION, at any time."
  (interactive (list (quickhand--read "Instead: ")))
  (quickhand--act "quickhand.steer" :instruction instruction))

;;;###autoload
(defun quickhand-explain (&optional question)
  "Have the function at point, or the region, explained in another window.
With a prefix argument ask a QUESTION about it."
  (interactive (list (and current-prefix-arg (quickhand--read "Question: "))))
  (quickhand--execute
   "quickhand.explain"
   `(,@(quickhand--place) ,@(and question (list :question question)))))

(defun quickhand-answer ()
  "Open what the model said for the edit of this buffer, word for word."
  (interactive)
  (quickhand--act "quickhand.answer"))

(defun quickhand-verify ()
  "Verify this file with your own tools, and have Flymake show what they find."
  (interactive)
  (quickhand--execute
   "quickhand.verify"
   `(:textDocument ,(quickhand--document) :wait :json-false)))

(defun quickhand-status ()
  "Show the models of the lanes and the number of running edits."
  (interactive)
  (quickhand--execute
   "quickhand.status" nil
   (lambda (status)
     (message "Quickhand: %s, %d running"
              (cl-loop for (name lane) on (plist-get status :lanes) by #'cddr
                       concat (format "%s: %s, " (substring (symbol-name name) 1)
                                      (or (plist-get lane :label)
                                          (plist-get lane :problem)))
                       into lanes
                       finally return (string-remove-suffix ", " lanes))
              (length (plist-get status :running))))))

(defun quickhand-restart ()
  "Restart the servers of all projects, with the present settings."
  (interactive)
  (mapc #'quickhand--shut-down quickhand--connections)
  (dolist (buffer (buffer-list))
    (with-current-buffer buffer
      (when quickhand-mode
        (quickhand--open)))))

(defvar-keymap quickhand-command-map
  :doc "What can be done with Quickhand, to be bound to a prefix key."
  "e" #'quickhand-edit
  "m" #'quickhand-menu
  "s" #'quickhand-stop
  "k" #'quickhand-keep
  "z" #'quickhand-revert
  "r" #'quickhand-retry
  "i" #'quickhand-steer
  "x" #'quickhand-explain
  "v" #'quickhand-verify
  "a" #'quickhand-answer
  "?" #'quickhand-status)
;;;###autoload (autoload 'quickhand-command-map "quickhand" nil nil 'keymap)
(fset 'quickhand-command-map quickhand-command-map)

(provide 'quickhand)
;;; quickhand.el ends here
