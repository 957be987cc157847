// Where cases come from: the files of our own corpus, or one JSON file with many.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AnswerCase, readPlace } from './answer-case.ts';
import { readCase } from './case-file.ts';

const folder = fileURLToPath(new URL('cases', import.meta.url));

/** Every case in `cases/`, by its id. Throws with the file's name where one can't be read. */
export function ownCases(): AnswerCase[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.txt'));
  return files.sort().map((path) => {
    const id = path.replaceAll('\\', '/').replace(/\.txt$/, '');
    try {
      return readCase(id, readFileSync(join(folder, path), 'utf8'));
    } catch (error) {
      throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
    }
  });
}

/** A case as the JSON file has it: `source` with the marks of a base; the untouched source among `wanted` says that a refusal is fine. */
interface ListedCase {
  readonly id: string;
  readonly file: string;
  readonly languageId: string;
  readonly source: string;
  readonly scope?: string;
  readonly instruction?: string;
  readonly answer?: string;
  /** What stands around the code of the answer, line breaks included: a block goes around the code only. */
  readonly before?: string;
  readonly after?: string;
  /** Objects are sent as the data of an event, texts as they are. */
  readonly events?: readonly (object | string)[];
  readonly wanted: readonly string[];
}

/** Cases of a JSON file `{cases: […]}`. */
export function listedCases(path: string): AnswerCase[] {
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { cases: readonly ListedCase[] };
  return cases.map(fromList);
}

function fromList({
  id,
  file,
  languageId,
  source,
  scope,
  instruction,
  answer,
  before = '',
  after = '',
  events,
  wanted,
}: ListedCase): AnswerCase {
  const placed = readPlace(source);
  const others = wanted.filter((text) => text !== placed.base);
  return {
    id,
    file,
    languageId,
    ...placed,
    ...(scope !== undefined && { scope }),
    instruction: instruction ?? 'change it',
    answer: events
      ? {
          events: events.map((event) => (typeof event === 'string' ? `raw ${event.trimEnd()}` : JSON.stringify(event))),
        }
      : { before, code: answer ?? '', after },
    wanted: others.length === 0 ? [] : others,
    ...(others.length < wanted.length && { refused: [] }),
    rewriteOnly: events !== undefined,
  };
}
