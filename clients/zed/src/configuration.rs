//! The settings in the form in which the server asks for them.

use zed_extension_api::serde_json::{Value, json};

/// The section that the server asks for, which Zed looks up in what an extension gives it.
const SECTION: &str = "quickhand";

/// What `lsp.quickhand.settings` says, under the section's name; settings that stand under it already are left as they are.
pub fn under_section(settings: Option<Value>) -> Option<Value> {
    let settings = settings?;
    Some(if settings.get(SECTION).is_some() { settings } else { json!({ SECTION: settings }) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_put_under_the_section_once() {
        let lanes = json!({"lanes": {"fast": "groq/x"}});
        let wanted = Some(json!({"quickhand": {"lanes": {"fast": "groq/x"}}}));
        assert_eq!(under_section(Some(lanes)), wanted);
        assert_eq!(under_section(wanted.clone()), wanted);
        assert_eq!(under_section(None), None);
    }
}
