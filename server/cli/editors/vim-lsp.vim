" vimrc, with the plugin vim-lsp
autocmd User lsp_setup call lsp#register_server({
    \ 'name': 'quickhand',
    \ 'cmd': {server_info->['quickhand', '--stdio']},
    \ 'allowlist': ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'python', 'go', 'rust'],
    \ })
" vim-lsp tells of nothing that is typed in insert mode: without this an edit that comes meanwhile lands beside its place.
autocmd TextChanged,TextChangedI,TextChangedP *.ts,*.tsx,*.js,*.jsx,*.py,*.go,*.rs
    \ call lsp#ensure_flush_all(bufnr('%'), ['quickhand'])
