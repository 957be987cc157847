"""What Python's own parser says of a file. JSON lines in and out (judged.ts); offsets are bytes of UTF-8."""

import ast
import io
import json
import re
import sys
import tokenize


class Lines:
    def __init__(self, text):
        self.lines = re.split(r"\r\n|\r|\n", text)
        ends = [len(end) for end in re.findall(r"\r\n|\r|\n", text)] + [0]
        self.starts = [0]
        for line, end in zip(self.lines, ends):
            self.starts.append(self.starts[-1] + len(line.encode()) + end)

    def at(self, line, column):
        """The offset of a column in bytes."""
        return self.starts[line - 1] + column

    def token_at(self, line, column):
        """The offset of a column in characters."""
        if line > len(self.lines):
            return self.starts[-1]
        return self.at(line, len(self.lines[line - 1][:column].encode()))


class Walk:
    def __init__(self, text):
        self.lines = Lines(text)
        self.items = []
        self.comments = []
        self.opaque = []
        self.own_line = {}
        self.tokens(text)

    def tokens(self, text):
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            span = {"from": self.lines.token_at(*token.start), "to": self.lines.token_at(*token.end)}
            if token.type == tokenize.COMMENT:
                self.comments.append({**span, "doc": False})
                if token.line[: token.start[1]].strip() == "":
                    self.own_line[token.start[0]] = token.start[1]
            elif token.type == tokenize.STRING:
                self.opaque.append(span)

    def add(self, role, node, **more):
        first = min([node.lineno] + [each.lineno for each in getattr(node, "decorator_list", [])])
        start = self.lines.at(node.lineno, node.col_offset)
        if first < node.lineno:
            start = self.lines.at(first, node.col_offset)
        self.items.append({"role": role, "from": start, "to": self.end_of(node), **more})

    def end_of(self, node):
        """A block also holds the comments below it that are indented deeper than its first line."""
        end = self.lines.at(node.end_lineno, node.end_col_offset)
        if not isinstance(node, ast.stmt):
            return end
        for number in range(node.end_lineno + 1, len(self.lines.lines) + 1):
            line = self.lines.lines[number - 1]
            if line.strip() == "":
                continue
            if self.own_line.get(number, -1) <= node.col_offset:
                break
            end = self.lines.at(number, len(line.encode()))
        return end

    def module(self, tree):
        for node in tree.body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                self.add("import", node)
            elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self.add("statement", node, name=name_of(node), table=is_table(node))
        self.below(tree)

    def below(self, node):
        for child in ast.iter_child_nodes(node):
            self.node(child)

    def node(self, node):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            self.add("function", node, name=node.name, test=node.name.startswith("test"))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            self.add("function", node, name=name_of(node))
        elif isinstance(node, ast.ClassDef):
            self.class_definition(node)
        if isinstance(node, (ast.stmt, ast.match_case)):
            self.part(node)
        for part in parts_of(node):
            self.part(part)
        self.below(node)

    def part(self, node):
        if hasattr(node, "lineno"):
            self.add("part", node)

    def class_definition(self, node):
        heads = [node, *node.bases, *node.keywords]
        line = max(each.lineno if each is node else each.end_lineno for each in heads)
        open_at = self.lines.at(line, len(self.lines.lines[line - 1].encode()))
        self.add("class", node, name=node.name, body={"from": open_at, "to": self.end_of(node)})
        for index, member in enumerate(node.body):
            if isinstance(member, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                continue
            is_docstring = index == 0 and isinstance(member, ast.Expr) and isinstance(member.value, ast.Constant)
            self.add("member", member, name=name_of(member), loose=is_docstring)


def parts_of(node):
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return node.elts
    if isinstance(node, ast.Dict):
        return [Pair(key, value) for key, value in zip(node.keys, node.values) if key is not None]
    if isinstance(node, ast.Call):
        return [*node.args, *node.keywords]
    return []


class Pair:
    def __init__(self, key, value):
        self.lineno, self.col_offset = key.lineno, key.col_offset
        self.end_lineno, self.end_col_offset = value.end_lineno, value.end_col_offset


def name_of(node):
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0])
    return ast.unparse(node.target) if isinstance(node, ast.AnnAssign) else None


def is_table(node):
    return isinstance(node, ast.Assign) and isinstance(node.value, (ast.Dict, ast.List, ast.Set, ast.Tuple))


def judge(text):
    try:
        tree = ast.parse(text)
        walk = Walk(text)
    except (SyntaxError, ValueError, tokenize.TokenError) as error:
        return {"fault": str(error)}
    walk.module(tree)
    return {"items": walk.items, "comments": walk.comments, "opaque": walk.opaque, "indented": True}


sys.setrecursionlimit(10_000)
for line in sys.stdin:
    print(json.dumps(judge(json.loads(line)["text"])), flush=True)
