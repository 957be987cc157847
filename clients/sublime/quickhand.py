# Asks for an instruction and sends it to Quickhand, which LSP's own commands can't. Goes into Packages/User.
from pathlib import Path

import sublime_plugin


def position(view, point):
    """A point as the protocol counts it."""
    line, character = view.rowcol_utf16(point)
    return {"line": line, "character": character}


class WordsInputHandler(sublime_plugin.TextInputHandler):
    def name(self):
        return "words"

    def placeholder(self):
        return "what should be done"


class QuickhandCommand(sublime_plugin.TextCommand):
    """Sends `command` of the server with the range of the selection (or the cursor) and the text that the user typed."""

    def run(self, edit, words, command="quickhand.edit"):
        selection = self.view.sel()[0]
        argument = {
            "textDocument": {"uri": Path(self.view.file_name()).as_uri()},
            "range": {"start": position(self.view, selection.begin()), "end": position(self.view, selection.end())},
            "question" if command == "quickhand.explain" else "instruction": words,
        }
        if command == "quickhand.edit" and not selection.empty():
            argument["scope"] = "selection"
        execute = {"session_name": "quickhand", "command_name": command, "command_args": [argument]}
        self.view.run_command("lsp_execute", execute)

    def input(self, args):
        return None if "words" in args else WordsInputHandler()

    def is_enabled(self):
        return self.view.file_name() is not None
