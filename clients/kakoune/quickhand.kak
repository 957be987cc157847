# Commands and keys to ask Quickhand's server through kakoune-lsp: source this in your kakrc.

define-command quickhand -params .. -docstring 'quickhand [instruction]: edit the function at the cursor, or what encloses the selection' %{
    evaluate-commands %sh{
        if [ $# -eq 0 ]; then
            echo "prompt 'edit: ' %{ quickhand %val{text} }"
        else
            echo 'quickhand-place quickhand.edit "" %arg{@}'
        fi
    }
}

define-command quickhand-lines -params .. -docstring 'quickhand-lines [instruction]: edit the selected lines alone' %{
    evaluate-commands %sh{
        if [ $# -eq 0 ]; then
            echo "prompt 'edit lines: ' %{ quickhand-lines %val{text} }"
        else
            echo 'quickhand-place quickhand.edit %{,"scope":"selection"} %arg{@}'
        fi
    }
}

define-command quickhand-explain -params .. -docstring 'quickhand-explain [question]: have the code explained' %{
    quickhand-place quickhand.explain '' %arg{@}
}

define-command quickhand-steer -params .. -docstring 'quickhand-steer [correction]: redirect the edit, while it runs or afterwards' %{
    evaluate-commands %sh{
        if [ $# -eq 0 ]; then
            echo "prompt 'instead: ' %{ quickhand-steer %val{text} }"
            exit
        fi
        words=$(printf %s "$*" | tr '\t\n' '  ' | sed 's/\\/\\\\/g; s/"/\\"/g')
        printf "lsp-execute-command quickhand.steer '%s'" "$(printf '[{"instruction":"%s"}]' "$words" | sed "s/'/''/g")"
    }
}

define-command quickhand-stop -docstring 'stop the edit that runs; what has landed stays' %{ lsp-execute-command quickhand.cancel '[]' }
define-command quickhand-keep -docstring 'accept the last edit' %{ lsp-execute-command quickhand.keep '[]' }
define-command quickhand-revert -docstring 'revert what you have not touched since' %{ lsp-execute-command quickhand.revert '[]' }
define-command quickhand-retry -docstring 'ask for the last edit again' %{ lsp-execute-command quickhand.retry '[]' }
define-command quickhand-answer -docstring 'open what the model said for the last edit' %{ lsp-execute-command quickhand.answer '[]' }
define-command quickhand-verify -docstring 'run your own check on the file of the last edit' %{ lsp-execute-command quickhand.verify '[{"wait":false}]' }

# quickhand-place <command> <more members> [words]: sends the lines of the selection, and the words as one string of JSON.
define-command -hidden quickhand-place -params 2.. %{
    evaluate-commands %sh{
        command=$1 more=$2
        shift 2
        first=${kak_selection_desc%%.*} last=${kak_selection_desc#*,}
        last=${last%%.*}
        if [ "$first" -gt "$last" ]; then swap=$first first=$last last=$swap; fi
        json() { printf %s "$1" | tr '\t\n' '  ' | sed 's/\\/\\\\/g; s/"/\\"/g'; }
        place=$(printf '{"path":"%s","line":%s,"sel":[%s,%s]%s}' "$(json "$kak_buffile")" "$first" "$first" "$last" "$more")
        arguments="[$place,\"$(json "$*")\"]"
        printf "lsp-execute-command $command '%s'" "$(printf %s "$arguments" | sed "s/'/''/g")"
    }
}

declare-user-mode quickhand
map global quickhand q ':quickhand<ret>' -docstring 'edit'
map global quickhand l ':quickhand-lines<ret>' -docstring 'edit these lines'
map global quickhand m ':lsp-code-actions<ret>' -docstring 'menu'
map global quickhand s ':quickhand-stop<ret>' -docstring 'stop'
map global quickhand k ':quickhand-keep<ret>' -docstring 'keep'
map global quickhand z ':quickhand-revert<ret>' -docstring 'revert'
map global quickhand r ':quickhand-retry<ret>' -docstring 'retry'
map global quickhand i ':quickhand-steer<ret>' -docstring 'steer'
map global quickhand v ':quickhand-verify<ret>' -docstring 'verify'
map global quickhand x ':quickhand-explain<ret>' -docstring 'explain'
