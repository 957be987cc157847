-- :checkhealth quickhand
local M = {}

local function check_server()
  local cmd = require('quickhand.client').cmd()
  if vim.fn.executable(cmd[1]) == 0 then
    vim.health.error(cmd[1] .. ' is not executable', {
      'npm install --global quickhand',
      "or say where it is: require('quickhand').setup({ cmd = { '/path/to/quickhand', '--stdio' } })",
    })
    return
  end
  local version = vim.tbl_map(function(word)
    return word == '--stdio' and '--version' or word
  end, cmd)
  local done = vim.system(version, { text = true }):wait(5000)
  if done.code == 0 then
    vim.health.ok(('%s: %s'):format(vim.fn.exepath(cmd[1]), vim.trim(done.stdout)))
  else
    vim.health.error(('%s ends with status %d: %s'):format(table.concat(version, ' '), done.code, done.stderr))
  end
end

local function check_client()
  local client = vim.lsp.get_clients({ name = 'quickhand' })[1]
  if not client then
    vim.health.info('not running: it starts with a file of a listed filetype, or with :Quickhand')
    return
  end
  local buffers = vim.lsp.get_buffers_by_client_id(client.id)
  vim.health.ok(('running, attached to %d buffer(s)'):format(#buffers))
  local params = { command = 'quickhand.status', arguments = { vim.empty_dict() } }
  local status = require('quickhand.client').ask(buffers[1], 'workspace/executeCommand', params)
  for name, lane in vim.spairs(status and status.lanes or {}) do
    if lane.problem then
      vim.health.warn(('lane %s: %s'):format(name, lane.problem))
    elseif lane.rehearsal then
      vim.health.info(('lane %s: %s; for a real one see :help quickhand-model'):format(name, lane.label))
    else
      vim.health.ok(('lane %s: %s'):format(name, lane.label))
    end
  end
end

function M.check()
  vim.health.start('quickhand')
  if vim.fn.has('nvim-0.10') == 0 then
    vim.health.error('Neovim 0.10 or newer is needed')
    return
  end
  vim.health.ok('Neovim ' .. tostring(vim.version()))
  check_server()
  check_client()
end

return M
