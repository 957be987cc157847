-- Ask for an edit, stop it, revert it.
vim.keymap.set('n', '<leader>q', function()
  local where = vim.lsp.util.make_position_params(0, 'utf-16')
  vim.ui.input({ prompt = 'Edit: ' }, function(instruction)
    if instruction and instruction ~= '' then
      quickhand('quickhand.edit', vim.tbl_extend('force', where, { instruction = instruction }))
    end
  end)
end)
vim.keymap.set('n', '<leader>x', function() quickhand('quickhand.cancel', vim.empty_dict()) end)
vim.keymap.set('n', '<leader>z', function() quickhand('quickhand.revert', vim.empty_dict()) end)
