-- :[range]Quickhand[!] [instruction]: reads it, completes it, and sends it on.
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

--- Ids of the actions that suit the code there: the server's and the user's own.
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

---@param wish { instruction?: string, action?: string }
---@param otherwise? { instruction: string } what is meant where there is no such action
local function edit(buf, where, call, wish, otherwise)
  local argument = vim.tbl_extend('force', where, wish, {
    scope = call.range > 0 and 'selection' or nil,
    delivery = call.bang and 'atomic' or nil,
    diagnostics = place.diagnostics(buf, where.range.start.line),
  })
  client.execute(buf, 'quickhand.edit', argument, nil, function(message)
    local unknown = otherwise ~= nil and vim.startswith(message, 'action:')
    if unknown then
      edit(buf, where, call, otherwise)
    end
    return unknown
  end)
end

--- Asks for words; does nothing when the user gives none.
local function ask(prompt, answered)
  vim.ui.input({ prompt = prompt }, function(text)
    if text and vim.trim(text) ~= '' then
      answered(text)
    end
  end)
end

--- Words that stand alone and act on the edit of this buffer.
local acts = {
  stop = 'quickhand.cancel',
  keep = 'quickhand.keep',
  revert = 'quickhand.revert',
  retry = 'quickhand.retry',
}

local verbs = {}

for word, command in pairs(acts) do
  verbs[word] = function(buf)
    client.execute(buf, command, { editId = edits.id(buf) })
  end
end

function verbs.verify(buf, where)
  client.execute(buf, 'quickhand.verify', { textDocument = where.textDocument, wait = false })
end

function verbs.status(buf)
  client.execute(buf, 'quickhand.status', {}, function(status)
    local words = {}
    for name, lane in vim.spairs(status.lanes) do
      table.insert(words, ('%s: %s'):format(name, lane.label or lane.problem))
    end
    table.insert(words, ('%d running'):format(#status.running))
    vim.notify('quickhand: ' .. table.concat(words, ', '))
  end)
end

--- Words that take the rest of the line along.
local openers = {}

function openers.steer(buf, _, rest)
  local function steer(instruction)
    client.execute(buf, 'quickhand.steer', { editId = edits.id(buf), instruction = instruction })
  end
  if rest == '' then
    ask('Instead: ', steer)
  else
    steer(rest)
  end
end

function openers.explain(buf, where, question)
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
  elseif verbs[text] then
    verbs[text](buf, where)
  elseif openers[first] then
    openers[first](buf, where, rest)
  elseif rest == '' then
    -- One word: the id of an action, or an instruction. The server knows its actions, and the user's own.
    edit(buf, where, call, { action = text }, { instruction = text })
  else
    edit(buf, where, call, { instruction = text })
  end
end

--- The first word can be completed: what follows it are the user's own words.
---@param lead string
---@param line string
---@return string[]
function M.complete(lead, line)
  if vim.trim(line):find('Quickhand!?%s+%S+%s') or lead:find('%s') then
    return {}
  end
  local words = vim.list_extend(vim.tbl_keys(verbs), vim.tbl_keys(openers))
  table.sort(words)
  vim.list_extend(words, actions(vim.api.nvim_get_current_buf(), place.of({ range = 0, line1 = 0, line2 = 0 })))
  return vim.tbl_filter(function(word)
    return vim.startswith(word, lead)
  end, words)
end

return M
