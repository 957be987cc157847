//! The extension: asks Zed and answers it. What there is to decide is decided in the modules.

mod configuration;
#[cfg(test)]
mod fake;
mod launch;
mod package;

use std::{env, fs};

use launch::{Host, Progress};
use zed_extension_api::{
    self as zed, Command, Extension, LanguageServerId, LanguageServerInstallationStatus as Status, Result, Worktree,
    serde_json::Value, settings::LspSettings,
};

struct Quickhand;

impl Extension for Quickhand {
    fn new() -> Self {
        Self
    }

    fn language_server_command(&mut self, id: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let settings = settings(id, worktree)?;
        launch::command(&Zed { id, worktree }, settings.binary)
    }

    fn language_server_initialization_options(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        Ok(settings(id, worktree)?.initialization_options)
    }

    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        Ok(configuration::under_section(settings(id, worktree)?.settings))
    }
}

zed::register_extension!(Quickhand);

/// `lsp.quickhand` of the user's settings, and of the project's, once the user trusts it.
fn settings(id: &LanguageServerId, worktree: &Worktree) -> Result<LspSettings> {
    LspSettings::for_worktree(id.as_ref(), worktree)
        .map_err(|why| format!("lsp.{id} in the settings can't be read: {why}"))
}

/// Zed, for one server in one project.
struct Zed<'a> {
    id: &'a LanguageServerId,
    worktree: &'a Worktree,
}

impl Host for Zed<'_> {
    fn which(&self, program: &str) -> Option<String> {
        self.worktree.which(program)
    }

    fn node(&self) -> Result<String> {
        zed::node_binary_path()
    }

    fn installed(&self, package: &str) -> Result<Option<String>> {
        zed::npm_package_installed_version(package)
    }

    fn install(&self, package: &str, version: &str) -> Result<()> {
        zed::npm_install_package(package, version)
    }

    fn is_file(&self, path: &str) -> bool {
        fs::metadata(path).is_ok_and(|file| file.is_file())
    }

    fn folder(&self) -> Result<String> {
        let folder = env::current_dir().map_err(|why| why.to_string())?;
        Ok(folder.to_string_lossy().into_owned())
    }

    fn show(&self, progress: Progress) {
        let status = match progress {
            Progress::Downloading => Status::Downloading,
            Progress::Done => Status::None,
            Progress::Failed(why) => Status::Failed(why),
        };
        zed::set_language_server_installation_status(self.id, &status);
    }
}
