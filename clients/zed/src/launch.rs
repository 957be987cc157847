//! Which program starts the server, with which arguments. Decides only: what Zed knows and does comes through [`Host`].

use zed_extension_api::{Command, Result, settings::CommandSettings};

use crate::package;

/// What an editor asks the program for.
const STDIO: &str = "--stdio";

/// How far an installation is, as Zed shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    Downloading,
    Done,
    Failed(String),
}

/// What Zed knows and does. Paths within the extension's own folder are relative to it, with `/`.
pub trait Host {
    /// Where the project's `PATH` has the program.
    fn which(&self, program: &str) -> Option<String>;
    /// Zed's own Node, or the one that it found.
    fn node(&self) -> Result<String>;
    /// The version of an npm package in the extension's folder.
    fn installed(&self, package: &str) -> Result<Option<String>>;
    fn install(&self, package: &str, version: &str) -> Result<()>;
    fn is_file(&self, path: &str) -> bool;
    /// The extension's folder, as a program outside of it can use it.
    fn folder(&self) -> Result<String>;
    fn show(&self, progress: Progress);
}

/// The user's own program, else `quickhand` on the `PATH`, else the npm package of this extension's version.
///
/// Zed starts `binary.path` by itself, and replaces the arguments below by `binary.arguments`; both are respected here all the same, and a
/// configuration that could only fail is refused with a message.
pub fn command(host: &impl Host, binary: Option<CommandSettings>) -> Result<Command> {
    let (path, arguments, env) = match binary {
        Some(CommandSettings { path, arguments, env }) => (path, arguments, env.unwrap_or_default()),
        None => Default::default(),
    };
    let env = env.into_iter().collect();
    if let Some(command) = path.or_else(|| host.which(package::NAME)) {
        let args = arguments.unwrap_or_else(|| vec![STDIO.to_string()]);
        return Ok(Command { command, args, env });
    }
    if arguments.is_some() {
        return Err(
            "\"arguments\" in lsp.quickhand.binary needs \"path\" beside it: there is no quickhand on the PATH"
                .to_string(),
        );
    }
    let args = vec![package::script(host)?, STDIO.to_string()];
    Ok(Command { command: host.node()?, args, env })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    fn settings(json: &str) -> Option<CommandSettings> {
        zed_extension_api::serde_json::from_str(json).ok()
    }

    fn words(command: Command) -> Vec<String> {
        [vec![command.command], command.args].concat()
    }

    #[test]
    fn the_users_own_program_comes_first() {
        let host = Fake { on_path: Some("/bin/quickhand"), ..Fake::default() };
        let own = settings(r#"{"path": "/opt/quickhand"}"#);
        assert_eq!(command(&host, own).map(words), Ok(vec!["/opt/quickhand".into(), "--stdio".into()]));
        let with_arguments = settings(r#"{"path": "node", "arguments": ["server.js", "--stdio"]}"#);
        assert_eq!(
            command(&host, with_arguments).map(words),
            Ok(vec!["node".into(), "server.js".into(), "--stdio".into()])
        );
        assert_eq!(host.shown(), []);
    }

    #[test]
    fn then_the_program_on_the_path() {
        let host = Fake { on_path: Some("/bin/quickhand"), ..Fake::default() };
        assert_eq!(command(&host, None).map(words), Ok(vec!["/bin/quickhand".into(), "--stdio".into()]));
        assert_eq!(host.installs(), 0);
    }

    #[test]
    fn then_the_npm_package_in_node() {
        let host = Fake::default();
        assert_eq!(
            command(&host, None).map(words),
            Ok(vec![
                "/zed/node".into(),
                "/zed/work/quickhand/node_modules/quickhand/dist/quickhand.js".into(),
                "--stdio".into()
            ])
        );
    }

    #[test]
    fn the_environment_of_the_settings_goes_along_each_way() {
        for on_path in [Some("/bin/quickhand"), None] {
            let host = Fake { on_path, ..Fake::default() };
            let env = command(&host, settings(r#"{"env": {"CEREBRAS_API_KEY": "k"}}"#)).map(|command| command.env);
            assert_eq!(env, Ok(vec![("CEREBRAS_API_KEY".into(), "k".into())]));
        }
    }

    #[test]
    fn arguments_without_a_program_are_refused_before_anything_is_installed() {
        let host = Fake::default();
        let refused = command(&host, settings(r#"{"arguments": ["--stdio"]}"#)).map(words);
        assert_eq!(
            refused,
            Err("\"arguments\" in lsp.quickhand.binary needs \"path\" beside it: there is no quickhand on the PATH"
                .into())
        );
        assert_eq!(host.installs(), 0);
    }

    #[test]
    fn a_missing_node_is_said() {
        let host = Fake { node: Err("no Node"), ..Fake::default() };
        assert_eq!(command(&host, None).map(words), Err("no Node".into()));
    }
}
