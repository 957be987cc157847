-- The :Quickhand command. Loads nothing else until it is used.
if vim.g.loaded_quickhand or vim.fn.has('nvim-0.10') == 0 then
  return
end
vim.g.loaded_quickhand = true

vim.api.nvim_create_user_command('Quickhand', function(call)
  require('quickhand.command').run(call)
end, {
  bang = true,
  range = true,
  nargs = '?',
  desc = 'Edit the code at the cursor, or in the range, by an instruction',
  complete = function(lead, line)
    return require('quickhand.command').complete(lead, line)
  end,
})
