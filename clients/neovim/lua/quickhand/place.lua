-- Positions of a buffer as the protocol counts them (UTF-16): where a command acts, and where marks are set.
local M = {}

--- The end of any line: the server takes a column past the end for the end.
local line_end = vim.v.maxcol

--- The cursor, or the lines of a command's range.
---@param call { range: integer, line1: integer, line2: integer }
---@return { textDocument: lsp.TextDocumentIdentifier, range: lsp.Range }
function M.of(call)
  local here = vim.lsp.util.make_range_params(0, 'utf-16')
  if call.range > 0 then
    here.range = {
      start = { line = call.line1 - 1, character = 0 },
      ['end'] = { line = call.line2 - 1, character = line_end },
    }
  end
  return here
end

--- The diagnostics of a buffer, the nearest first: the server reads as many as it needs.
---@param buf integer
---@param line integer from 0
---@return lsp.Diagnostic[]
function M.diagnostics(buf, line)
  local all = vim.diagnostic.get(buf)
  table.sort(all, function(a, b)
    return math.abs(a.lnum - line) < math.abs(b.lnum - line)
  end)
  return vim.tbl_map(function(one)
    local start = { line = one.lnum, character = one.col }
    local last = { line = one.end_lnum or one.lnum, character = one.end_col or one.col }
    return { range = { start = start, ['end'] = last }, message = one.message, source = one.source }
  end, all)
end

--- Marks a range of a buffer so that text inserted at its edges belongs to it.
---@param buf integer
---@param ns integer
---@param range lsp.Range
---@param look vim.api.keyset.set_extmark
---@return integer id
function M.mark(buf, ns, range, look)
  local first, last = range.start, range['end']
  look = vim.tbl_extend('force', look, {
    end_row = last.line,
    end_col = M.byte_column(buf, last),
    right_gravity = false,
    end_right_gravity = true,
    strict = false,
  })
  return vim.api.nvim_buf_set_extmark(buf, ns, first.line, M.byte_column(buf, first), look)
end

---@param buf integer
---@param position lsp.Position
---@return integer bytes
function M.byte_column(buf, position)
  local line = vim.api.nvim_buf_get_lines(buf, position.line, position.line + 1, false)[1] or ''
  if vim.fn.has('nvim-0.11') == 1 then
    return vim.str_byteindex(line, 'utf-16', position.character, false)
  end
  local _, units = vim.str_utfindex(line)
  return vim.str_byteindex(line, math.min(position.character, units), true)
end

return M
