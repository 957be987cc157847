// `else`, `catch`, `except` and `finally` come and go.

import type { Language } from '../languages.ts';
import { type Make, replacing } from './change.ts';

interface Clause {
  readonly name: string;
  /** The statements that it may be added to, unless they have one of `absent`. */
  readonly to: readonly string[];
  readonly absent: readonly string[];
  readonly text: string;
}

const braces: readonly Clause[] = [
  { name: 'else', to: ['if_statement', 'if_expression'], absent: ['else_clause'], text: ' else {\n\tfail();\n}' },
  {
    name: 'else if',
    to: ['if_statement', 'if_expression'],
    absent: ['else_clause'],
    text: ' else if (isOther) {\n\tfail();\n} else {\n\tpass();\n}',
  },
];

const clauses: Readonly<Record<Language['family'], readonly Clause[]>> = {
  rust: braces,
  go: braces.map((clause) => ({ ...clause, text: clause.text.replaceAll(';', '').replace('(isOther)', 'isOther') })),
  script: [
    ...braces,
    { name: 'finally', to: ['try_statement'], absent: ['finally_clause'], text: ' finally {\n\tcleanUp();\n}' },
    {
      name: 'catch',
      to: ['try_statement'],
      absent: ['catch_clause', 'finally_clause'],
      text: ' catch (error) {\n\tthrow wrapped(error);\n}',
    },
  ],
  python: [
    {
      name: 'else',
      to: ['if_statement', 'for_statement', 'while_statement', 'try_statement'],
      absent: ['else_clause', 'finally_clause'],
      text: '\nelse:\n\tfail()\n\treturn None',
    },
    { name: 'elif', to: ['if_statement'], absent: ['else_clause'], text: '\nelif other:\n\tfail()' },
    {
      name: 'except',
      to: ['try_statement'],
      absent: ['else_clause', 'finally_clause'],
      text: '\nexcept KeyError as error:\n\tlog(error)\n\traise',
    },
    { name: 'finally', to: ['try_statement'], absent: ['finally_clause'], text: '\nfinally:\n\tclean_up()' },
  ],
};

const removable = ['else_clause', 'elif_clause', 'except_clause', 'catch_clause', 'finally_clause'];

export function clauseKinds({ family }: Language): Record<string, Make> {
  const adding = clauses[family].map(({ name, to, absent, text }) => {
    const make = replacing((place) => {
      const node = place.random.pick(
        place
          .all(to)
          .filter(
            (each) =>
              !each.namedChildren.some((child) => absent.includes(child!.type)) &&
              !each.childForFieldName('alternative'),
          ),
      );
      if (!node) return undefined;
      const [first = '', ...rest] = text.split('\n');
      const indent = place.indentAt(node.startIndex);
      const insert = [first, ...rest.map((line) => place.lines(line, indent))].join('\n');
      return { from: node.endIndex, to: node.endIndex, insert };
    });
    return [`add ${name}`, make] as const;
  });
  return { ...Object.fromEntries(adding), 'remove a clause': removeClause };
}

const removeClause: Make = replacing((place) => {
  const alternatives = place
    .all(['if_statement'])
    .filter((node) => node.childForFieldName('alternative')?.type === 'block');
  const ends = alternatives.map((node) => ({
    from: node.childForFieldName('consequence')!.endIndex,
    to: node.endIndex,
    insert: '',
  }));
  const removed = place.all(removable).map((node) => ({
    from: node.previousNamedSibling!.endIndex,
    to: node.endIndex,
    insert: '',
  }));
  return place.random.pick([...ends, ...removed]);
});
