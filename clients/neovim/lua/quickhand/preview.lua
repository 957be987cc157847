-- window/showDocument: an explanation opens in the preview window, and the cursor stays where it is.
local M = {}

---@param params lsp.ShowDocumentParams
---@return lsp.ShowDocumentResult
function M.handler(_, params)
  local shown = pcall(vim.cmd.pedit, vim.fn.fnameescape(vim.uri_to_fname(params.uri)))
  return { success = shown }
end

return M
