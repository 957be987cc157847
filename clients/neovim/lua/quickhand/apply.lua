-- workspace/applyEdit: applies an edit only for the buffer's version, and makes one undo step of what streams in.
-- Neovim's own handler never checks the first version, and answers applied = true for an edit that it has refused.
local M = {}

--- The buffer's changedtick after our last edit in it: while it is the same, there was no other change.
---@type table<integer, integer>
local ticks = {}

--- A new edit is a new undo step.
---@param buf integer
function M.fresh(buf)
  ticks[buf] = nil
end

--- Ends the current undo step, in insert mode too, where typing is one step until it ends.
local function close_step(buf)
  vim.bo[buf].undolevels = vim.bo[buf].undolevels
end

local function open_step(buf)
  close_step(buf)
  if ticks[buf] == vim.api.nvim_buf_get_changedtick(buf) then
    vim.api.nvim_buf_call(buf, function()
      pcall(vim.cmd.undojoin) -- fails after an undo, which began a step of its own
    end)
  end
end

---@param params lsp.ApplyWorkspaceEditParams always one file, with its version
---@return lsp.ApplyWorkspaceEditResult
function M.handler(_, params)
  local change = params.edit.documentChanges[1]
  local buf = vim.uri_to_bufnr(change.textDocument.uri)
  if not vim.api.nvim_buf_is_loaded(buf) then
    return { applied = false, failureReason = 'the buffer is not loaded' }
  end
  if change.textDocument.version ~= vim.lsp.util.buf_versions[buf] then
    return { applied = false, failureReason = 'the buffer has changed' }
  end
  open_step(buf)
  require('quickhand.edits').show_hunks(buf, change.edits)
  local applied, reason = pcall(vim.lsp.util.apply_text_edits, change.edits, buf, 'utf-16')
  close_step(buf)
  ticks[buf] = vim.api.nvim_buf_get_changedtick(buf)
  if not applied and require('quickhand.interrupt').is(reason) then
    require('quickhand.edits').interrupted()
  end
  return { applied = applied, failureReason = not applied and tostring(reason) or nil }
end

return M
