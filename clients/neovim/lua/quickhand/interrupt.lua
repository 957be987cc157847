-- Ctrl-C where a mapping does not hear of it. A mapping does while Neovim waits for a key in Normal mode; while Neovim is busy the key makes what runs
-- fail instead, and at a hit-enter prompt it comes as itself.
local M = {}

local ns = vim.api.nvim_create_namespace('quickhand.interrupt')

--- Calls `work`, and `stop` if a Ctrl-C made it fail. Other errors are the caller's.
---@param stop fun()
---@param work fun(...)
function M.heeding(stop, work, ...)
  local ok, reason = pcall(work, ...)
  if ok then
    return
  end
  if not M.is(reason) then
    error(reason, 0)
  end
  stop()
end

---@param reason any what pcall gave
---@return boolean
function M.is(reason)
  return tostring(reason):find('Keyboard interrupt', 1, true) ~= nil
end

--- Calls `stop` for each Ctrl-C that reaches no mapping, outside of Insert and Visual mode, until `M.unwatch`.
---@param stop fun()
function M.watch(stop)
  vim.on_key(function(key)
    if key == '\3' and vim.api.nvim_get_mode().mode:find('^[nr]') then
      vim.schedule(stop)
    end
  end, ns)
end

function M.unwatch()
  vim.on_key(nil, ns)
end

return M
