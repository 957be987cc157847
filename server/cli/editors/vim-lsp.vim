" vimrc, with the plugin vim-lsp
autocmd User lsp_setup call lsp#register_server({
    \ 'name': 'quickhand',
    \ 'cmd': {server_info->['quickhand', '--stdio']},
    \ 'allowlist': ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'python', 'go', 'rust'],
    \ })
" vim-lsp does not send what is typed in insert mode: without this an edit that arrives meanwhile lands in the wrong place.
autocmd TextChanged,TextChangedI,TextChangedP *.ts,*.tsx,*.js,*.jsx,*.py,*.go,*.rs
    \ call lsp#ensure_flush_all(bufnr('%'), ['quickhand'])
