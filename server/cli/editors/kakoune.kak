# kakrc, after kakoune-lsp has been set up; beside the servers that a language has already
hook -group quickhand global BufSetOption filetype=(?:javascript|typescript|python|go|rust) %{
    set-option -add buffer lsp_servers %{
        [quickhand]
        root_globs = [".git"]
        args = ["--stdio"]
    }
}
