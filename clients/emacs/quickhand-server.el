;;; quickhand-server.el --- Starts the server and talks to it  -*- lexical-binding: t -*-

;; SPDX-License-Identifier: MIT

;;; Commentary:

;; One server for each project, over a connection of its own: Eglot runs one
;; server in a buffer, and holds Emacs while a command of it runs.  Nothing
;; here knows of edits; what the server says reaches `quickhand-handle'.

;;; Code:

(require 'cl-lib)
(require 'eglot) ; for its file names as URIs
(require 'jsonrpc)
(require 'project)

(defcustom quickhand-server-command '("quickhand" "--stdio")
  "How to start the server: a program and its arguments."
  :type '(repeat string)
  :risky t
  :group 'quickhand)

(defcustom quickhand-settings nil
  "Settings of the server, a property list in the shape of its config.json.
For instance (:lanes (:fast \"cerebras/gpt-oss-120b\")).  What is false
is written `:json-false'.  `quickhand-restart' makes a change effective."
  :type 'plist
  :risky t
  :group 'quickhand)

(defclass quickhand-connection (jsonrpc-process-connection)
  ((root :initarg :root :reader quickhand-connection-root
         :documentation "The project's folder.")
   (ready :initform nil :accessor quickhand-connection-ready
          :documentation "Whether the server has answered `initialize'.")
   (waiting :initform nil :accessor quickhand-connection-waiting
            :documentation "Functions to call then, the last one first.")
   (work :initform nil :accessor quickhand-connection-work
         :documentation "Its progress: an alist of token to (TITLE . WORDS)."))
  :documentation "The connection to the server of one project.")

(defvar quickhand--connections nil
  "The connections that are open.")

(cl-defgeneric quickhand-handle (connection method &key &allow-other-keys)
  "Handle METHOD, a request or a notification of the server of CONNECTION.
The value answers a request."
  (ignore connection method))

(defun quickhand--dispatch (connection method params)
  "Hand PARAMS of METHOD, which came over CONNECTION, on."
  (apply #'quickhand-handle connection method (append params nil)))

(defun quickhand--root ()
  "The folder of the project that the current buffer belongs to."
  (let ((project (project-current)))
    (expand-file-name (if project (project-root project) default-directory))))

(defun quickhand--connection ()
  "The connection for the current buffer's project, which is opened if need be."
  (let ((root (quickhand--root)))
    (or (cl-find-if (lambda (connection)
                      (and (equal root (quickhand-connection-root connection))
                           (jsonrpc-running-p connection)))
                    quickhand--connections)
        (quickhand--connect root))))

(defun quickhand--connect (root)
  "Start a server for the project in ROOT and return the connection to it."
  (unless (executable-find (car quickhand-server-command))
    (user-error "Quickhand: no program %s; npm install --global quickhand"
                (car quickhand-server-command)))
  (let* ((default-directory root)
         (name (format "quickhand %s" (abbreviate-file-name root)))
         (command quickhand-server-command)
         (connection
          (make-instance
           'quickhand-connection
           :name name
           :root root
           :events-buffer-config '(:size 0) ; it would fill up with code
           :process (lambda ()
                      (make-process
                       :name name :command command :connection-type 'pipe
                       :coding 'utf-8-emacs-unix :noquery t
                       :stderr (get-buffer-create (format "*%s stderr*" name))))
           :request-dispatcher #'quickhand--dispatch
           :notification-dispatcher #'quickhand--dispatch
           :on-shutdown #'quickhand--gone)))
    (push connection quickhand--connections)
    (quickhand--initialize connection)
    connection))

(defun quickhand--initialize (connection)
  "Initialize the server of CONNECTION, then call what waits for it."
  (let* ((root (quickhand-connection-root connection))
         (uri (eglot-path-to-uri root)))
    (jsonrpc-async-request
     connection 'initialize
     (list :processId (emacs-pid)
           :clientInfo (list :name "quickhand.el" :version emacs-version)
           :rootUri uri
           :workspaceFolders (vector (list :uri uri :name root))
           :capabilities '( :workspace ( :applyEdit t
                                         :workspaceEdit (:documentChanges t))
                            :window ( :workDoneProgress t
                                      :showDocument (:support t)))
           :initializationOptions `( ,@quickhand-settings
                                     :events t :joinsUndo t))
     :timeout 30
     :success-fn
     (lambda (_capabilities)
       (jsonrpc-notify connection 'initialized (make-hash-table))
       (setf (quickhand-connection-ready connection) t)
       (let ((waiting (nreverse (quickhand-connection-waiting connection))))
         (setf (quickhand-connection-waiting connection) nil)
         (mapc #'funcall waiting)))
     :error-fn #'quickhand--refused)))

(defun quickhand--when-ready (connection act)
  "Call ACT in this buffer when the server of CONNECTION is ready: now, or then."
  (if (quickhand-connection-ready connection)
      (funcall act)
    (let ((buffer (current-buffer)))
      (push (lambda ()
              (when (buffer-live-p buffer)
                (with-current-buffer buffer (funcall act))))
            (quickhand-connection-waiting connection)))))


(defun quickhand--refused (problem)
  "Show the message of PROBLEM, an error of the server."
  (message "Quickhand: %s" (plist-get problem :message)))

(defun quickhand--shut-down (connection)
  "End the server of CONNECTION, and wait for it."
  (jsonrpc-request connection 'shutdown nil :timeout 3)
  (jsonrpc-notify connection 'exit nil)
  (jsonrpc-shutdown connection))

(defvar quickhand-gone-functions nil
  "Called with a connection whose server has ended.")

(defun quickhand--gone (connection)
  "Forget CONNECTION, whose server has ended."
  (setq quickhand--connections (delq connection quickhand--connections))
  (run-hook-with-args 'quickhand-gone-functions connection))

(provide 'quickhand-server)
;;; quickhand-server.el ends here
