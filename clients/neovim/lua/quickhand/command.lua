-- :[range]Quickhand[!] [instruction]: parses, completes and runs it.
local client = require('quickhand.client')
local edits = require('quickhand.edits')
local place = require('quickhand.place')

local M = {}

---@class quickhand.Call
---@field args string
---@field bang boolean
---@field range integer
---@field line1 integer
---@field line2 integer

--- Ids of the actions that the server offers there, built in and configured.
---@return string[]
local function actions(buf, where)
  local params = vim.tbl_extend('force', where, { context = { diagnostics = {} } })
  local found = client.ask(buf, 'textDocument/codeAction', params) or {}
  return vim.tbl_map(function(action)
    local _, argument = next(action.command.arguments or {})
    return argument and argument.action
  end, vim.tbl_filter(function(action)
    return action.command.command == 'quickhand.edit'
  end, found))
end

---@param request { instruction?: string, action?: string }
---@param fallback? { instruction: string } sent where there is no such action
local function edit(buf, where, call, request, fallback)
  local argument = vim.tbl_extend('force', where, request, {
    scope = call.range > 0 and 'selection' or nil,
    delivery = call.bang and 'atomic' or nil,
    diagnostics = place.diagnostics(buf, where.range.start.line),
  })
  client.execute(buf, 'quickhand.edit', argument, nil, function(message)
    local unknown = fallback ~= nil and vim.startswith(message, 'action:')
    if unknown then
      edit(buf, where, call, fallback)
    end
    return unknown
  end)
end

--- Asks for text; does nothing when there is none.
local function ask(prompt, answered)
  vim.ui.input({ prompt = prompt }, function(text)
    if text and vim.trim(text) ~= '' then
      answered(text)
    end
  end)
end

--- Subcommands without arguments that act on the edit of this buffer.
local edit_commands = {
  stop = 'quickhand.cancel',
  keep = 'quickhand.keep',
  revert = 'quickhand.revert',
  retry = 'quickhand.retry',
  answer = 'quickhand.answer',
}

local subcommands = {}

for word, command in pairs(edit_commands) do
  subcommands[word] = function(buf)
    client.execute(buf, command, { editId = edits.id(buf) })
  end
end

function subcommands.verify(buf, where)
  client.execute(buf, 'quickhand.verify', { textDocument = where.textDocument, wait = false })
end

function subcommands.status(buf)
  client.execute(buf, 'quickhand.status', {}, function(status)
    local words = {}
    for name, lane in vim.spairs(status.lanes) do
      table.insert(words, ('%s: %s'):format(name, lane.label or lane.problem))
    end
    table.insert(words, ('%d running'):format(#status.running))
    vim.notify('quickhand: ' .. table.concat(words, ', '))
  end)
end

--- Subcommands that take the rest of the line.
local text_subcommands = {}

function text_subcommands.steer(buf, _, rest)
  local function steer(instruction)
    client.execute(buf, 'quickhand.steer', { editId = edits.id(buf), instruction = instruction })
  end
  if rest == '' then
    ask('Instead: ', steer)
  else
    steer(rest)
  end
end

function text_subcommands.explain(buf, where, question)
  local argument = vim.tbl_extend('force', where, { question = question ~= '' and question or nil })
  client.execute(buf, 'quickhand.explain', argument)
end

---@param call quickhand.Call
function M.run(call)
  local buf = vim.api.nvim_get_current_buf()
  local where = place.of(call)
  local text = vim.trim(call.args)
  local first, rest = text:match('^(%S*)%s*(.*)$')
  if text == '' then
    ask('Edit: ', function(instruction)
      edit(buf, where, call, { instruction = instruction })
    end)
  elseif subcommands[text] then
    subcommands[text](buf, where)
  elseif text_subcommands[first] then
    text_subcommands[first](buf, where, rest)
  elseif rest == '' then
    -- One word: the id of an action, or an instruction. Only the server knows all actions.
    edit(buf, where, call, { action = text }, { instruction = text })
  else
    edit(buf, where, call, { instruction = text })
  end
end

--- Completes the first word only: the rest is an instruction.
---@param lead string
---@param line string
---@return string[]
function M.complete(lead, line)
  if vim.trim(line):find('Quickhand!?%s+%S+%s') or lead:find('%s') then
    return {}
  end
  local words = vim.list_extend(vim.tbl_keys(subcommands), vim.tbl_keys(text_subcommands))
  table.sort(words)
  vim.list_extend(words, actions(vim.api.nvim_get_current_buf(), place.of({ range = 0, line1 = 0, line2 = 0 })))
  return vim.tbl_filter(function(word)
    return vim.startswith(word, lead)
  end, words)
end

return M
