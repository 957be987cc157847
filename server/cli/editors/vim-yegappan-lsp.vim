" vimrc, with the plugin yegappan/lsp, which wants the full path of the server
call LspAddServer([#{
    \ name: 'quickhand',
    \ filetype: ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'python', 'go', 'rust'],
    \ path: exepath('quickhand'),
    \ args: ['--stdio'],
    \ }])
