//! A Zed for tests: a folder that npm installs into, and what was shown.

use std::cell::{Cell, RefCell};

use zed_extension_api::Result;

use crate::launch::{Host, Progress};

pub struct Fake {
    pub on_path: Option<&'static str>,
    pub node: Result<&'static str, &'static str>,
    /// Whether npm works.
    pub npm: Result<(), &'static str>,
    /// Whether what npm installs lacks the server.
    pub is_hollow: bool,
    pub version: RefCell<Option<String>>,
    pub installs: Cell<usize>,
    pub shown: RefCell<Vec<Progress>>,
}

impl Default for Fake {
    fn default() -> Self {
        Self {
            on_path: None,
            node: Ok("/zed/node"),
            npm: Ok(()),
            is_hollow: false,
            version: RefCell::default(),
            installs: Cell::default(),
            shown: RefCell::default(),
        }
    }
}

impl Fake {
    /// One in whose folder the package is.
    pub fn with_package(version: &str) -> Self {
        Self { version: RefCell::new(Some(version.to_string())), ..Self::default() }
    }

    pub fn installs(&self) -> usize {
        self.installs.get()
    }

    pub fn shown(&self) -> Vec<Progress> {
        self.shown.borrow().clone()
    }
}

impl Host for Fake {
    fn which(&self, program: &str) -> Option<String> {
        self.on_path.filter(|path| path.ends_with(program)).map(Into::into)
    }

    fn node(&self) -> Result<String> {
        self.node.map(Into::into).map_err(Into::into)
    }

    fn installed(&self, _package: &str) -> Result<Option<String>> {
        Ok(self.version.borrow().clone())
    }

    fn install(&self, _package: &str, version: &str) -> Result<()> {
        self.installs.set(self.installs.get() + 1);
        self.npm?;
        *self.version.borrow_mut() = Some(version.to_string());
        Ok(())
    }

    fn is_file(&self, path: &str) -> bool {
        path == "node_modules/quickhand/dist/quickhand.js" && self.version.borrow().is_some() && !self.is_hollow
    }

    fn folder(&self) -> Result<String> {
        Ok("/zed/work/quickhand".to_string())
    }

    fn show(&self, progress: Progress) {
        self.shown.borrow_mut().push(progress);
    }
}
