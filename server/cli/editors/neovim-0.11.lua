-- init.lua
vim.lsp.config('quickhand', {
  cmd = { 'quickhand', '--stdio' },
  filetypes = { 'typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'python', 'go', 'rust' },
  root_markers = { '.git' },
  flags = { debounce_text_changes = 0 }, -- without it an edit may wait for a pause in your typing
})
vim.lsp.enable('quickhand')

local function quickhand(command, argument)
  local client = vim.lsp.get_clients({ name = 'quickhand', bufnr = 0 })[1]
  if client then client:exec_cmd({ title = command, command = command, arguments = { argument } }) end
end
