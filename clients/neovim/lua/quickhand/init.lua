-- What users call: setup() and status().
local M = {}

---@class quickhand.Options
---@field cmd? string[] how to start the server; default { 'quickhand', '--stdio' }
---@field filetypes? string[] where the server attaches by itself; :Quickhand works in any file
---@field root_markers? string[] what marks a project's root; default { '.git' }
---@field settings? table the server's configuration (lanes, providers, actions, ...)
---@field cancel_keys? string[] normal-mode keys that stop an edit while it runs; default { '<Esc>', '<C-c>' }

---@param opts? quickhand.Options
function M.setup(opts)
  opts = opts or {}
  for name, kind in pairs({
    cmd = 'table',
    filetypes = 'table',
    root_markers = 'table',
    settings = 'table',
    cancel_keys = 'table',
  }) do
    vim.validate({ [name] = { opts[name], kind, true } })
  end
  require('quickhand.edits').cancel_keys = opts.cancel_keys or { '<Esc>', '<C-c>' }
  require('quickhand.client').enable(opts)
end

--- What the edit that runs in a buffer is doing, for a statusline; '' when there is none.
---@param buf? integer default: the current buffer
---@return string
function M.status(buf)
  return require('quickhand.edits').status(buf or vim.api.nvim_get_current_buf())
end

return M
