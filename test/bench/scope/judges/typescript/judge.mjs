// What TypeScript's own parser says of a file: `node judge.mjs FOLDER`, where FOLDER has the package `typescript`. JSON lines in and out (judged.ts).

import { createInterface } from 'node:readline';
import { ts } from './compiler.mjs';
import { itemsOf } from './walk.mjs';

const kinds = { ts: 'TS', mts: 'TS', cts: 'TS', tsx: 'TSX' };

function judge({ path, text }) {
  const kind = ts.ScriptKind[kinds[path.split('.').at(-1)] ?? 'JSX'];
  const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  const file = ts.createSourceFile(path, text, options, true, kind);
  const [fault] = file.parseDiagnostics;
  if (fault) return { fault: ts.flattenDiagnosticMessageText(fault.messageText, ' ') };
  return { items: itemsOf(file), ...tokensOf(file) };
}

/** The comments, and the tokens in which no scope may begin or end. */
function tokensOf(file) {
  const { text } = file;
  const { FirstLiteralToken, LastTemplateToken, JsxText } = ts.SyntaxKind;
  const ranges = new Map();
  const opaque = [];
  const visit = (node) => {
    const children = node.getChildren(file);
    if (children.length > 0) return children.forEach(visit);
    if (node.kind === JsxText) return;
    const both = [ts.getLeadingCommentRanges(text, node.pos), ts.getTrailingCommentRanges(text, node.pos)];
    for (const range of both.flatMap((each) => each ?? [])) ranges.set(range.pos, range);
    if (node.kind >= FirstLiteralToken && node.kind <= LastTemplateToken)
      opaque.push({ from: node.getStart(file), to: node.getEnd() });
  };
  visit(file);
  const comments = [...ranges.values()]
    .sort((a, b) => a.pos - b.pos)
    .map(({ pos, end }) => ({ from: pos, to: end, doc: text.startsWith('/**', pos) }));
  return { comments, opaque };
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = judge(JSON.parse(line));
  } catch (error) {
    answer = { fault: `the judge itself: ${error.stack}`, isBug: true };
  }
  console.log(JSON.stringify(answer));
}
