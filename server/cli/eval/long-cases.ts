// Edits of functions that are too long to be written anew: a model has to say what to search and what to put there.

import type { EvalCase } from './case.ts';

const sync = `export async function sync(store: Store, remote: Remote, options: Options): Promise<Report> {
  const report: Report = { added: 0, changed: 0, removed: 0, failed: [] };
  const known = new Map(store.items.map((item) => [item.id, item]));
  let retries = 0;
  let page = await remote.first(options.pageSize);
  while (page) {
    for (const item of page.items) {
      const own = known.get(item.id);
      known.delete(item.id);
      if (!own) {
        store.add(item);
        report.added++;
      } else if (own.version < item.version) {
        store.replace(own, item);
        report.changed++;
      }
    }
    try {
      page = await remote.next(page);
      retries = 0;
    } catch (error) {
      if (++retries > options.maxRetries) {
        report.failed.push(String(error));
        break;
      }
      await options.wait(retries * 1000);
    }
  }
  for (const item of known.values()) {
    store.remove(item);
    report.removed++;
  }
  return report;
}
`;

const parse = `def parse(lines):
    settings = {}
    section = None
    errors = []
    for number, raw in enumerate(lines):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            if not line.endswith("]"):
                errors.append((number, "unclosed section"))
                continue
            section = line[1:-1].strip()
            settings.setdefault(section, {})
            continue
        key, separator, value = line.partition("=")
        if not separator:
            errors.append((number, "no value"))
            continue
        if section is None:
            errors.append((number, "no section"))
            continue
        settings[section][key.strip()] = value.strip()
    if errors:
        number, message = errors[0]
        raise ValueError(f"line {number}: {message}")
    return settings
`;

export const longCases: readonly EvalCase[] = [
  {
    name: 'rename, long',
    file: 'sync.ts',
    before: sync,
    at: 'let retries',
    instruction: 'rename retries to attempts',
    after: sync.replace(/\bretries\b/g, 'attempts'),
  },
  {
    name: 'one line, long',
    file: 'sync-wait.ts',
    before: sync,
    at: 'await options.wait',
    instruction: 'wait twice as long before each retry: 2000 ms for each',
    after: sync.replace('retries * 1000', 'retries * 2000'),
  },
  {
    name: 'two places, long',
    file: 'parse.py',
    before: parse,
    at: 'for number',
    instruction: 'lines beginning with ; are comments too, and lines are numbered from 1',
    after: parse
      .replace('startswith("#")', 'startswith(("#", ";"))')
      .replace('enumerate(lines)', 'enumerate(lines, 1)'),
    accepts: (text) =>
      /enumerate\(lines, (start=)?1\)/.test(text) &&
      /startswith\(\(["']#["'], ["'];["']\)\)|startswith\(["'];["']\)|line\[0\] in ["'][#;]{2}["']/.test(text),
  },
];
