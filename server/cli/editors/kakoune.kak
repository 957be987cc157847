# kakrc, after kakoune-lsp has been loaded and before lsp-enable; a language's servers have to be named all at once
hook global BufSetOption filetype=(?:javascript|typescript) %{
    set-option buffer lsp_servers %{
        [typescript-language-server]
        root_globs = ["package.json", "tsconfig.json", "jsconfig.json", ".git"]
        args = ["--stdio"]
        [quickhand]
        root_globs = [".git"]
        args = ["--stdio"]
    }
}
