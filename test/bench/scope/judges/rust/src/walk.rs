//! The items of a file: its functions, types, members and statements, as the rules name them.

use proc_macro2::{LineColumn, Span};
use serde_json::{json, Value};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Item};

pub fn items(file: &syn::File, text: &str) -> Vec<Value> {
    let mut walk = Walk {
        lines: lines(text),
        text,
        in_macro: false,
        items: Vec::new(),
    };
    walk.inner(&file.attrs);
    for item in &file.items {
        walk.top(item);
    }
    walk.visit_file(file);
    walk.items
}

/// Where each line begins, as `proc_macro2` counts them.
fn lines(text: &str) -> Vec<usize> {
    let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
    std::iter::once(0)
        .chain(breaks.map(|(at, _)| at + 1))
        .collect()
}

struct Walk<'a> {
    lines: Vec<usize>,
    text: &'a str,
    /// Whether what is walked through are the tokens of a macro call: a parser may see the items in them, or not.
    in_macro: bool,
    items: Vec<Value>,
}

impl Walk<'_> {
    fn at(&self, place: LineColumn) -> usize {
        let start = self.lines[place.line - 1];
        let line = &self.text[start..];
        start
            + line
                .char_indices()
                .nth(place.column)
                .map_or(line.len(), |(at, _)| at)
    }

    fn range(&self, span: Span) -> (usize, usize) {
        (self.at(span.start()), self.at(span.end()))
    }

    fn add(&mut self, role: &str, span: Span, mut more: Value) {
        let (from, to) = self.range(span);
        let fields = more.as_object_mut().unwrap();
        fields.extend([
            ("role".into(), json!(role)),
            ("from".into(), json!(from)),
            ("to".into(), json!(to)),
        ]);
        self.items.push(more);
    }

    fn part(&mut self, node: &impl Spanned) {
        self.add("part", node.span(), json!({}));
    }

    fn function(&mut self, node: &impl Spanned, name: String, attributes: &[Attribute]) {
        let is_test = attributes.iter().any(|each| {
            each.path()
                .segments
                .last()
                .is_some_and(|last| last.ident == "test")
        });
        self.add(
            "function",
            node.span(),
            json!({ "name": name, "test": is_test, "loose": self.in_macro }),
        );
    }

    fn class(&mut self, node: &impl Spanned, name: String, body: Value) {
        if !self.in_macro {
            self.add("class", node.span(), json!({ "name": name, "body": body }));
        }
    }

    fn body(&self, open: Span, close: Span) -> Value {
        json!({ "from": self.range(open).0, "to": self.range(close).1 })
    }

    /// `#![…]` stands like a statement; `//!` is a comment.
    fn inner(&mut self, attributes: &[Attribute]) {
        for each in attributes {
            let (from, _) = self.range(each.span());
            if self.text[from..].starts_with("#!") {
                self.add("statement", each.span(), json!({}));
            }
        }
    }

    /// What an item is directly in the file or in a module.
    fn top(&mut self, item: &Item) {
        match item {
            Item::Use(_) | Item::ExternCrate(_) => self.add("import", item.span(), json!({})),
            Item::Mod(module) => {
                let name = module.ident.to_string();
                let Some((brace, items)) = &module.content else {
                    return self.add("statement", item.span(), json!({ "name": name }));
                };
                let body = self.body(brace.span.open(), brace.span.close());
                self.add(
                    "namespace",
                    item.span(),
                    json!({ "name": name, "body": body }),
                );
                let is_inner = |each: &&Attribute| matches!(each.style, syn::AttrStyle::Inner(_));
                self.inner(
                    &module
                        .attrs
                        .iter()
                        .filter(is_inner)
                        .cloned()
                        .collect::<Vec<_>>(),
                );
                for each in items {
                    self.top(each);
                }
            }
            Item::Fn(_)
            | Item::Impl(_)
            | Item::Trait(_)
            | Item::Struct(_)
            | Item::Enum(_)
            | Item::Union(_) => (),
            Item::Const(each) => self.add(
                "statement",
                item.span(),
                json!({ "name": each.ident.to_string(), "table": true }),
            ),
            Item::Static(each) => self.add(
                "statement",
                item.span(),
                json!({ "name": each.ident.to_string(), "table": true }),
            ),
            _ => self.add("statement", item.span(), json!({})),
        }
    }

    fn member(&mut self, node: &impl Spanned) {
        self.part(node);
        self.add("member", node.span(), json!({}));
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_item(&mut self, node: &'ast Item) {
        self.part(node);
        visit::visit_item(self, node);
    }

    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        self.function(node, node.sig.ident.to_string(), &node.attrs);
        visit::visit_item_fn(self, node);
    }

    fn visit_impl_item_fn(&mut self, node: &'ast syn::ImplItemFn) {
        self.function(node, node.sig.ident.to_string(), &node.attrs);
        visit::visit_impl_item_fn(self, node);
    }

    fn visit_trait_item_fn(&mut self, node: &'ast syn::TraitItemFn) {
        self.function(node, node.sig.ident.to_string(), &node.attrs);
        visit::visit_trait_item_fn(self, node);
    }

    fn visit_foreign_item_fn(&mut self, node: &'ast syn::ForeignItemFn) {
        self.function(node, node.sig.ident.to_string(), &node.attrs);
        visit::visit_foreign_item_fn(self, node);
    }

    fn visit_item_macro(&mut self, node: &'ast syn::ItemMacro) {
        if let Some(name) = &node.ident {
            self.function(node, name.to_string(), &[]);
        } else if let Ok(file) = syn::parse2::<syn::File>(node.mac.tokens.clone()) {
            let outer = std::mem::replace(&mut self.in_macro, true);
            self.visit_file(&file);
            self.in_macro = outer;
        }
        visit::visit_item_macro(self, node);
    }

    fn visit_item_impl(&mut self, node: &'ast syn::ItemImpl) {
        let body = self.body(node.brace_token.span.open(), node.brace_token.span.close());
        let (from, to) = self.range(node.self_ty.span());
        let name = self.text[from..to].to_owned();
        self.class(node, name, body);
        visit::visit_item_impl(self, node);
    }

    fn visit_item_trait(&mut self, node: &'ast syn::ItemTrait) {
        let body = self.body(node.brace_token.span.open(), node.brace_token.span.close());
        self.class(node, node.ident.to_string(), body);
        visit::visit_item_trait(self, node);
    }

    fn visit_item_struct(&mut self, node: &'ast syn::ItemStruct) {
        self.class(node, node.ident.to_string(), Value::Null);
        visit::visit_item_struct(self, node);
    }

    fn visit_item_enum(&mut self, node: &'ast syn::ItemEnum) {
        self.class(node, node.ident.to_string(), Value::Null);
        visit::visit_item_enum(self, node);
    }

    fn visit_item_union(&mut self, node: &'ast syn::ItemUnion) {
        self.class(node, node.ident.to_string(), Value::Null);
        visit::visit_item_union(self, node);
    }

    fn visit_impl_item(&mut self, node: &'ast syn::ImplItem) {
        self.member(node);
        visit::visit_impl_item(self, node);
    }

    fn visit_trait_item(&mut self, node: &'ast syn::TraitItem) {
        self.member(node);
        visit::visit_trait_item(self, node);
    }

    fn visit_local(&mut self, node: &'ast syn::Local) {
        if let Some(init) = &node.init {
            if matches!(*init.expr, syn::Expr::Closure(_)) {
                let (from, to) = self.range(node.pat.span());
                let name = self.text[from..to].to_owned();
                self.function(node, name, &[]);
            }
        }
        visit::visit_local(self, node);
    }

    fn visit_stmt(&mut self, node: &'ast syn::Stmt) {
        self.part(node);
        visit::visit_stmt(self, node);
    }

    fn visit_arm(&mut self, node: &'ast syn::Arm) {
        self.part(node);
        visit::visit_arm(self, node);
    }

    fn visit_field(&mut self, node: &'ast syn::Field) {
        self.part(node);
        visit::visit_field(self, node);
    }

    fn visit_variant(&mut self, node: &'ast syn::Variant) {
        self.part(node);
        visit::visit_variant(self, node);
    }

    fn visit_expr_array(&mut self, node: &'ast syn::ExprArray) {
        node.elems.iter().for_each(|each| self.part(each));
        visit::visit_expr_array(self, node);
    }

    fn visit_expr_call(&mut self, node: &'ast syn::ExprCall) {
        node.args.iter().for_each(|each| self.part(each));
        visit::visit_expr_call(self, node);
    }

    fn visit_expr_method_call(&mut self, node: &'ast syn::ExprMethodCall) {
        node.args.iter().for_each(|each| self.part(each));
        visit::visit_expr_method_call(self, node);
    }
}
