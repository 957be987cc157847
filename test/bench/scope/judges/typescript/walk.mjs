// The items of a file: its functions, classes, members and statements, as the rules name them.
// `around` says what is around: `depth` named functions; `top`, `group`: directly in the file or a namespace, in the block of a group.

import { ts } from './compiler.mjs';
import {
  bare,
  boundFunction,
  callback,
  conditionalFunction,
  defaultWrapper,
  hasBlock,
  isAssignment,
  isCall,
  isFunction,
  isMethod,
  isTable,
  labelled,
  wrapper,
} from './expressions.mjs';

export function itemsOf(file) {
  const walk = new Walk(file);
  walk.statements(file.statements, { depth: 0, top: true });
  return walk.items;
}

const requires = /^(?:const|let|var)\s[^;=]*=\s*require\(\s*(['"])[^'"]+\1\s*\)[\w.]*;?$/;
const inner = ({ depth }) => ({ depth });
const deeper = ({ depth }) => ({ depth: depth + 1 });
const isClass = (node) => ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node);
const nameOf = ({ name }) => name?.getText();

class Walk {
  items = [];
  #file;
  /** Functions that are walked through apart from what they stand in. */
  #apart = new Set();

  constructor(file) {
    this.#file = file;
  }

  #add(role, node, { definition, body, ...more } = {}) {
    this.items.push({
      role,
      from: node.getStart(this.#file),
      to: node.getEnd(),
      ...(definition && { definition: definition.pos }),
      ...(body && { body: { from: body.getStart(this.#file), to: body.getEnd() } }),
      ...more,
    });
  }

  statements(list, around) {
    for (const statement of list) this.#statement(statement, around);
  }

  #statement(node, around) {
    this.#add('part', node);
    if (around.top) this.#top(node);
    if (isClass(node)) return this.#class(node, node, nameOf(node) ?? 'default', around);
    if (ts.isModuleDeclaration(node)) return this.#namespace(node, around);
    if (ts.isExpressionStatement(node)) return this.#expression(node, around);
    if (ts.isVariableStatement(node)) return this.#variables(node, around);
    if (ts.isExportAssignment(node))
      return this.#binding(node, node, node.expression, around, { wrappers: defaultWrapper, name: 'default' });
    if (ts.isFunctionDeclaration(node)) {
      this.#add('function', node, { name: nameOf(node) ?? 'default', definition: node });
      return this.#below(node, deeper(around));
    }
    this.#below(node, inner(around));
  }

  /** What a statement is at the top of the file, unless it holds members or statements of its own. */
  #top(node) {
    if (ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node)) return this.#add('import', node);
    if (isClass(node) || ts.isModuleDeclaration(node)) return;
    if (ts.isVariableStatement(node) && requires.test(node.getText())) this.#add('import', node, { loose: true });
    const list = ts.isVariableStatement(node) ? node.declarationList.declarations : [];
    const value = list.length === 1 ? list[0].initializer : node.expression;
    const table =
      ts.isEnumDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      (list.length < 2 && isTable(isAssignment(value) ? value.right : value));
    this.#add('statement', node, { name: nameOf(node) ?? (list[0] && nameOf(list[0])), table });
    if (list.length > 1)
      for (const each of list) this.#add('statement', each, { name: nameOf(each), table: isTable(each.initializer) });
  }

  #namespace(node, around) {
    let { body } = node;
    while (body && ts.isModuleDeclaration(body)) body = body.body;
    this.#add('namespace', node, { name: nameOf(node), body });
    if (body) this.statements(body.statements, around);
  }

  #expression(node, around) {
    const found = labelled(node.expression);
    if (found) return this.#labelled(node, found, around);
    const value = bare(node.expression);
    if (isAssignment(value)) return this.#assignment(node, value, around);
    this.#unlabelled(node, node.expression, around);
    this.#below(node, inner(around));
  }

  #labelled(node, { definition, name }, around) {
    const block = hasBlock(definition) ? definition.body : undefined;
    const isGroup = block?.statements.some((each) => ts.isExpressionStatement(each) && labelled(each.expression));
    this.#add('function', node, { name, definition, body: block, test: true, group: isGroup });
    this.#apart.add(definition);
    this.#below(node, deeper(around));
    if (!block) return this.#below(definition, deeper(around));
    for (const parameter of definition.parameters) this.#node(parameter, deeper(around));
    this.statements(block.statements, { ...deeper(around), group: isGroup });
  }

  /** A statement or a declaration with a function that has no name. In a group it is a scope like one with a name. */
  #unlabelled(node, expression, around, name) {
    const definition = callback(expression);
    if (!definition) return;
    const isHook = around.group && hasBlock(definition) && /[\n\r]/.test(definition.body.getText());
    this.#add(isHook ? 'function' : 'callback', node, { definition, name });
  }

  #variables(node, around) {
    const list = node.declarationList.declarations;
    for (const each of list) {
      if (list.length > 1) this.#add('part', each);
      const extent = list.length === 1 ? node : each;
      this.#binding(extent, each, each.initializer, around, { wrappers: wrapper, name: nameOf(each) });
    }
  }

  #assignment(extent, assignment, around) {
    this.#node(assignment.left, inner(around));
    const right = bare(assignment.right);
    if (isAssignment(right)) return this.#assignment(extent, right, around);
    this.#binding(extent, assignment, assignment.right, around, { name: assignment.left.getText() });
  }

  /** A name and its value, which is in `node`; `extent` is what the scope would be. With `through` a function in calls has the name too. */
  #binding(extent, node, value, around, { wrappers, name, through = false }) {
    const plain = value && bare(value);
    if (plain && ts.isClassExpression(plain)) return this.#class(extent, plain, name, around);
    const definition = value && (boundFunction(value, wrappers) ?? (through ? callback(value) : undefined));
    const choice = value && conditionalFunction(value);
    if (definition) this.#add('function', extent, { name, definition, concise: this.#isConcise(definition) });
    else if (choice) this.#add('function', extent, { name, definition: choice, loose: true });
    else if (value) this.#unlabelled(extent, value, around, name);
    this.#below(node, definition ? deeper(around) : inner(around));
  }

  #isConcise(node) {
    const lineOf = (at) => this.#file.getLineAndCharacterOfPosition(at).line;
    return ts.isArrowFunction(node) && !ts.isBlock(node.body) && lineOf(node.getStart()) === lineOf(node.getEnd());
  }

  #class(extent, node, name, around) {
    const open = node.getChildren(this.#file).find(({ kind }) => kind === ts.SyntaxKind.OpenBraceToken);
    this.#add('class', extent, { name });
    Object.assign(this.items.at(-1), { body: { from: open.getStart(this.#file), to: node.getEnd() } });
    this.#members(node, inner(around));
  }

  #members(node, around) {
    for (const each of [...(node.modifiers ?? []), ...(node.heritageClauses ?? [])]) this.#node(each, around);
    for (const each of node.members) {
      if (ts.isSemicolonClassElement(each)) continue;
      this.#add('part', each);
      this.#add('member', each, { name: nameOf(each) });
      if (ts.isPropertyDeclaration(each))
        this.#binding(each, each, each.initializer, around, { name: nameOf(each), through: true, wrappers: wrapper });
      else if (isMethod(each) && ts.isClassLike(node)) this.#method(each, around);
      else this.#below(each, around);
    }
  }

  #method(node, around) {
    this.#add('function', node, { name: nameOf(node) ?? 'constructor', definition: node });
    this.#below(node, deeper(around));
  }

  #properties(node, around) {
    const more = { through: around.depth === 0, wrappers: wrapper };
    for (const each of node.properties) {
      this.#add('part', each);
      if (isMethod(each)) this.#method(each, around);
      else if (ts.isPropertyAssignment(each))
        this.#binding(each, each, each.initializer, around, { name: nameOf(each), ...more });
      else this.#below(each, around);
    }
  }

  #below(node, around) {
    node.forEachChild((child) => {
      if (!this.#apart.has(child)) this.#node(child, around);
    });
  }

  #node(node, around) {
    if (ts.isCaseOrDefaultClause(node)) this.#add('part', node);
    for (const each of partsOf(node)) this.#add('part', each);
    if (ts.isStatement(node) && !ts.isBlock(node)) return this.#statement(node, inner(around));
    if (ts.isClassLike(node)) return this.#members(node, around);
    if (ts.isObjectLiteralExpression(node)) return this.#properties(node, around);
    if (isAssignment(node)) return this.#assignment(node, node, inner(around));
    if (ts.isVariableDeclaration(node))
      return this.#binding(node, node, node.initializer, around, { wrappers: wrapper, name: nameOf(node) });
    if (isFunction(node) && node.name) {
      this.#add('function', node, { name: nameOf(node), definition: node });
      return this.#below(node, deeper(around));
    }
    this.#below(node, around);
  }
}

/** The rows of a table, arguments, members of a type. */
function partsOf(node) {
  if (isCall(node)) return node.arguments ?? [];
  if (ts.isArrayLiteralExpression(node)) return node.elements;
  return ts.isTypeLiteralNode(node) || ts.isEnumDeclaration(node) ? node.members : [];
}
