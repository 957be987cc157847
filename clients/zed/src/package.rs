//! The npm package in the extension's own folder: installed when it is missing, at the version that this extension was made with.

use zed_extension_api::Result;

use crate::launch::{Host, Progress};

/// Of the package, and of its program.
pub const NAME: &str = "quickhand";

/// Exactly the server that is tested with this extension; one that is there needs no network.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

const SCRIPT: &str = "node_modules/quickhand/dist/quickhand.js";

/// The server's script as an absolute path, after installing the package where that is needed. An older one that is there is better
/// than none.
pub fn script(host: &impl Host) -> Result<String> {
    if !is_current(host) {
        host.show(Progress::Downloading);
        let installed = host.install(NAME, VERSION);
        if !host.is_file(SCRIPT) {
            return Err(failed(host, installed));
        }
    }
    host.show(Progress::Done);
    Ok(native(&host.folder()?, SCRIPT))
}

fn is_current(host: &impl Host) -> bool {
    host.is_file(SCRIPT) && host.installed(NAME).is_ok_and(|version| version.as_deref() == Some(VERSION))
}

/// Shown in Zed's status bar, and written to its log.
fn failed(host: &impl Host, installed: Result<()>) -> String {
    let why = match installed {
        Ok(()) => format!("it has no {SCRIPT}"),
        Err(why) => why,
    };
    let message = format!(
        "there is no quickhand on the PATH, and the npm package {NAME}@{VERSION} could not be installed: {why}. \
         Install it yourself, or set lsp.quickhand.binary to where it is"
    );
    host.show(Progress::Failed(message.clone()));
    message
}

/// In WebAssembly every absolute path starts with a slash, also the one of a Windows drive (wasmtime issue 10415).
fn native(folder: &str, path: &str) -> String {
    let is_drive = folder.as_bytes().get(2) == Some(&b':') && folder.starts_with('/');
    let folder = if is_drive { &folder[1..] } else { folder };
    format!("{}/{path}", folder.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    const INSTALLED: &str = "/zed/work/quickhand/node_modules/quickhand/dist/quickhand.js";

    #[test]
    fn is_installed_once() {
        let host = Fake::default();
        for _ in 0..2 {
            assert_eq!(script(&host), Ok(INSTALLED.into()));
        }
        assert_eq!(host.installs(), 1);
        assert_eq!(host.shown(), [Progress::Downloading, Progress::Done, Progress::Done]);
    }

    #[test]
    fn another_version_is_replaced() {
        let host = Fake::with_package("0.0.9");
        assert_eq!(script(&host), Ok(INSTALLED.into()));
        assert_eq!(host.installed(NAME), Ok(Some(VERSION.into())));
    }

    #[test]
    fn without_network_another_version_does() {
        let host = Fake { npm: Err("offline"), ..Fake::with_package("0.0.9") };
        assert_eq!(script(&host), Ok(INSTALLED.into()));
        assert_eq!(host.shown(), [Progress::Downloading, Progress::Done]);
    }

    #[test]
    fn what_failed_is_said_with_what_to_do() {
        let host = Fake { npm: Err("npm: 404 Not Found"), ..Fake::default() };
        let message = script(&host).err().unwrap_or_default();
        for part in ["npm: 404 Not Found", "quickhand@0.1.0", "PATH", "lsp.quickhand.binary"] {
            assert!(message.contains(part), "{part} is not in: {message}");
        }
        assert_eq!(host.shown(), [Progress::Downloading, Progress::Failed(message)]);
    }

    #[test]
    fn a_package_without_the_server_is_a_failure() {
        let host = Fake { is_hollow: true, ..Fake::default() };
        assert!(script(&host).err().unwrap_or_default().contains("it has no node_modules/quickhand/dist/quickhand.js"));
    }

    #[test]
    fn paths_are_those_of_the_system() {
        assert_eq!(native("/home/me/work", "a/b.js"), "/home/me/work/a/b.js");
        assert_eq!(native("/C:/Users/me/work", "a/b.js"), "C:/Users/me/work/a/b.js");
        assert_eq!(native("C:\\Users\\me\\work", "a/b.js"), "C:\\Users\\me\\work/a/b.js");
        assert_eq!(native("/", "a/b.js"), "/a/b.js");
    }
}
