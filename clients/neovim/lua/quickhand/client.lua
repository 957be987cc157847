-- Starts the server, attaches it to buffers, and sends requests.
local M = {}

local modern = vim.fn.has('nvim-0.11') == 1

---@type vim.lsp.ClientConfig|{ filetypes: string[], root_markers: string[] }|nil
local config

local defaults = {
  name = 'quickhand',
  cmd = { 'quickhand', '--stdio' },
  filetypes = {
    'typescript',
    'typescriptreact',
    'javascript',
    'javascriptreact',
    'python',
    'go',
    'rust',
  },
  root_markers = { '.git' },
  -- Hunks land when the server has seen the last one, and it sees it at once.
  flags = { debounce_text_changes = 0 },
}

--- Makes the server attach to files as they are opened, and to those that are open.
---@param opts quickhand.Options
function M.enable(opts)
  config = vim.tbl_extend('force', defaults, {
    cmd = opts.cmd,
    filetypes = opts.filetypes,
    root_markers = opts.root_markers,
    init_options = vim.tbl_extend('force', opts.settings or {}, { events = true, joinsUndo = true }),
    on_exit = vim.schedule_wrap(require('quickhand.edits').abandon),
    handlers = {
      ['workspace/applyEdit'] = require('quickhand.apply').handler,
      ['$/quickhand/edit'] = require('quickhand.edits').handler,
      ['window/showDocument'] = require('quickhand.preview').handler,
    },
  })
  if modern then
    vim.lsp.config('quickhand', config)
    vim.lsp.enable('quickhand')
    return
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('quickhand', {}),
    pattern = config.filetypes,
    callback = function(event)
      M.start(event.buf)
    end,
  })
  for _, buf in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buf) and vim.tbl_contains(config.filetypes, vim.bo[buf].filetype) then
      M.start(buf)
    end
  end
end

--- How the server is started.
---@return string[]
function M.cmd()
  local chosen = modern and vim.lsp.config.quickhand or config or defaults
  return chosen.cmd or defaults.cmd
end

--- Attaches the server to one buffer, whatever its filetype.
---@param buf integer
function M.start(buf)
  local chosen = modern and vim.lsp.config.quickhand or config
  local root = vim.fs.root(buf, chosen.root_markers)
  vim.lsp.start(vim.tbl_extend('force', chosen, { root_dir = root }), { bufnr = buf })
end

---@param buf integer
---@return vim.lsp.Client?
function M.of(buf)
  return vim.lsp.get_clients({ name = 'quickhand', bufnr = buf })[1]
end

--- Calls `run` when the server is attached to the buffer: now, or when it has started.
---@param buf integer
---@param run fun(client: vim.lsp.Client)
function M.with(buf, run)
  if not config then
    require('quickhand').setup()
  end
  local client = M.of(buf)
  if client then
    return run(client)
  end
  vim.api.nvim_create_autocmd('LspAttach', {
    buffer = buf,
    -- 0.10 sends it before the client knows its buffer.
    callback = vim.schedule_wrap(function()
      client = client or M.of(buf)
      if client and run then
        run(client)
        run = nil
      end
    end),
  })
  M.start(buf)
end

--- Runs a command of the server. An error is shown, unless `refused` handles it.
---@param buf integer
---@param command string
---@param argument table
---@param answered? fun(result: any)
---@param refused? fun(message: string): boolean whether it has handled the error
function M.execute(buf, command, argument, answered, refused)
  M.with(buf, function(client)
    local params = { command = command, arguments = { next(argument) and argument or vim.empty_dict() } }
    local function handler(err, result)
      if err and refused and refused(err.message) then
        return
      elseif err then
        vim.notify('quickhand: ' .. err.message, vim.log.levels.WARN)
      elseif answered then
        answered(result)
      end
    end
    if modern then
      client:request('workspace/executeCommand', params, handler, buf)
    else
      client.request('workspace/executeCommand', params, handler, buf)
    end
  end)
end

--- Sends a request and waits for the response, for completion. The server answers within a millisecond, but for its first answer it loads a grammar.
---@param buf integer
---@param method string
---@param params table
---@return any result nil if there is none within a second
function M.ask(buf, method, params)
  local client = M.of(buf)
  if not client then
    return nil
  end
  local answer = modern and client:request_sync(method, params, 1000, buf)
    or client.request_sync(method, params, 1000, buf)
  return answer and answer.result
end

return M
