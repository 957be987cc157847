-- Shows the running edits: their regions, their hunks, a status line, and the keys that stop them.
local interrupt = require('quickhand.interrupt')
local place = require('quickhand.place')

local M = {
  ---@type string[] normal-mode keys that stop the edit of their buffer
  cancel_keys = { '<Esc>', '<C-c>' },
}

local ns = vim.api.nvim_create_namespace('quickhand')

for name, link in pairs({ Region = 'CursorLine', Hunk = 'DiffAdd', Status = 'Comment' }) do
  vim.api.nvim_set_hl(0, 'Quickhand' .. name, { link = link, default = true })
end

---@class quickhand.Running
---@field id string
---@field buf integer
---@field range lsp.Range
---@field title string
---@field model string
---@field landed integer text edits in the buffer so far
---@field mark integer

---@type table<string, quickhand.Running>
local running = {}
--- The newest edit of each buffer, for the commands that act on it.
---@type table<integer, string>
local newest = {}
--- By buffer: functions that restore the earlier mappings of the cancel keys.
---@type table<integer, fun()[]>
local restore = {}

---@param buf integer
---@return quickhand.Running?
local function running_in(buf)
  local edit = running[newest[buf]]
  if edit then
    return edit
  end
  for _, other in pairs(running) do
    if other.buf == buf then
      return other
    end
  end
end

--- The edit that runs in a buffer, or else the last one made there.
---@param buf integer
---@return string? editId
function M.id(buf)
  local edit = running_in(buf)
  return edit and edit.id or newest[buf]
end

local function count(edits)
  return edits == 1 and '1 edit' or edits .. ' edits'
end

---@param buf integer
---@return string
function M.status(buf)
  local edit = running_in(buf)
  if not edit then
    return ''
  end
  local words = edit.landed == 0 and 'asking ' .. edit.model or count(edit.landed)
  return ('quickhand: %s: %s'):format(edit.title, words)
end

local function stop(buf)
  local edit = running_in(buf)
  if edit then
    require('quickhand.client').execute(buf, 'quickhand.cancel', { editId = edit.id })
  end
end

--- A Ctrl-C came that no mapping heard of: it stops the edit of the buffer on the screen, unless the user has chosen other keys.
function M.interrupted()
  for _, key in ipairs(M.cancel_keys) do
    if key:lower() == '<c-c>' then
      stop(vim.api.nvim_get_current_buf())
    end
  end
end

--- Maps a key in one buffer; the result restores what was mapped there before.
---@return fun()
local function map_cancel_key(buf, key)
  local before
  vim.api.nvim_buf_call(buf, function()
    before = vim.fn.maparg(key, 'n', false, true)
  end)
  vim.keymap.set('n', key, function()
    stop(buf)
  end, { buffer = buf, nowait = true, desc = 'Stop the edit' })
  return function()
    pcall(vim.keymap.del, 'n', key, { buffer = buf })
    if before.buffer == 1 then
      vim.api.nvim_buf_call(buf, function()
        vim.fn.mapset('n', false, before)
      end)
    end
  end
end

local function show(edit)
  local where = vim.api.nvim_buf_get_extmark_by_id(edit.buf, ns, edit.mark or 0, { details = true })
  local look = { id = edit.mark, hl_group = 'QuickhandRegion', hl_eol = true, priority = 50 }
  look.virt_text = { { ' ' .. M.status(edit.buf), 'QuickhandStatus' } }
  if where[1] then
    look.end_row, look.end_col = where[3].end_row, where[3].end_col
    look.right_gravity, look.end_right_gravity = false, true
    vim.api.nvim_buf_set_extmark(edit.buf, ns, where[1], where[2], look)
  else
    edit.mark = place.mark(edit.buf, ns, edit.range, look)
  end
end

--- Marks text edits that are about to be applied to a buffer; the marks grow with the text.
---@param buf integer
---@param edits lsp.TextEdit[]
function M.show_hunks(buf, edits)
  if not running_in(buf) then
    return
  end
  for _, edit in ipairs(edits) do
    if edit.newText ~= '' then
      place.mark(buf, ns, edit.range, { hl_group = 'QuickhandHunk', priority = 60 })
    end
  end
end

local events = {}

function events.begin(event)
  local buf = vim.uri_to_bufnr(event.uri)
  require('quickhand.apply').fresh(buf)
  local title = vim.trim(event.instruction):gsub('%s+', ' ')
  local edit = { id = event.editId, buf = buf, range = event.range, title = title, model = event.model, landed = 0 }
  running[edit.id] = edit
  newest[buf] = edit.id
  show(edit)
  if not restore[buf] then
    restore[buf] = vim.tbl_map(function(key)
      return map_cancel_key(buf, key)
    end, M.cancel_keys)
  end
  interrupt.watch(M.interrupted)
end

function events.hunk(event)
  local edit = running[event.editId]
  if edit then
    edit.landed = edit.landed + #event.edits
    show(edit)
  end
end

--- Removes an edit; with the last one of its buffer all marks and mappings are removed.
local function finish(edit)
  running[edit.id] = nil
  if not next(running) then
    interrupt.unwatch()
  end
  if running_in(edit.buf) then
    return show(running_in(edit.buf))
  end
  require('quickhand.apply').fresh(edit.buf)
  local put_back = restore[edit.buf] or {}
  restore[edit.buf] = nil
  if vim.api.nvim_buf_is_valid(edit.buf) then
    vim.api.nvim_buf_clear_namespace(edit.buf, ns, 0, -1)
    for _, key in ipairs(put_back) do
      interrupt.heeding(M.interrupted, key)
    end
  end
end

events['end'] = function(event)
  local edit = running[event.editId]
  if edit then
    finish(edit)
    M.say(event)
  end
end

--- The server has stopped: its edits will get no end events.
function M.abandon()
  for _, edit in pairs(running) do
    finish(edit)
  end
  newest = {}
end

--- Echoes one line about how an edit ended. For failed, rejected and offered ones the server shows a message itself.
function M.say(event)
  local words
  if event.state == 'offered' then
    return
  elseif event.outcome == 'completed' then
    words = ('%s in %d ms'):format(count(event.timing.hunks), event.timing.totalMs)
  elseif event.outcome == 'cancelled' then
    words = 'stopped: ' .. (event.reason or '')
  end
  if words then
    -- A longer line would stop the user at a hit-enter prompt.
    local line = ('quickhand: ' .. words):sub(1, vim.v.echospace)
    vim.api.nvim_echo({ { line } }, false, {})
  end
end

--- `$/quickhand/edit`
function M.handler(_, event)
  if events[event.kind] then
    interrupt.heeding(M.interrupted, events[event.kind], event)
  end
  interrupt.heeding(M.interrupted, vim.cmd.redrawstatus)
  local told = { pattern = 'QuickhandEdit', modeline = false, data = event }
  interrupt.heeding(M.interrupted, vim.api.nvim_exec_autocmds, 'User', told)
end

return M
