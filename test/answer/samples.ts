// Functions and classes in real code: this project's own, and some in languages with other habits of indentation.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { indentOf } from '../../server/text/lines.ts';

export interface Sample {
  readonly languageId: string;
  readonly unit: string;
  /** A declaration as it stands in its file, from the start of its first line to the end of its last one. */
  readonly text: string;
}

const python = `class Cart:
    """Holds items.

    Not safe for threads.
    """

    limit = 10

    @property
    def total(self):
        """The sum."""
        return sum(
            item.price * item.count
            for item in self.items
        )

    async def add(self, item, *, count=1,
                  rate=None):
        if item in self.items:
            # It may be there already.
            self.items[item] += count
        elif count > self.limit:
            raise ValueError(
                "too many: "
                f"{count}")
        else:
            try:
                self.items[item] = count
            except (KeyError,
                    TypeError) as error:
                log(error)
        with self.lock:
            text = """
  kept as it is
"""
            self.send(text)
        return {
            "count": count,
            "rate": rate or {
                "net": 1,
            },
        }

    def clear(self):
        for item in list(self.items):
            while item.count:
                item.count -= 1
        self.items = []
`;

const go = `// Total sums up.
func (c *Cart) Total(rate float64) (sum float64, err error) {
	for _, item := range c.items {
		switch item.Kind {
		case Book, Paper:
			sum += item.Price
		default:
			if item.Price < 0 {
				return 0, fmt.Errorf("bad price: %v", item.Price)
			}
			sum += item.Price * rate
		}
	}
	go func() {
		defer c.mu.Unlock()
		c.log(\`sums:
  raw
\`)
	}()
	return sum, nil
}
`;

const rust = `impl<T: Display> Cart<T> {
    /// Sums up.
    #[must_use]
    pub fn total(&self, rate: f64) -> Result<f64, Error> {
        let sum = self
            .items
            .iter()
            .map(|item| match item.kind {
                Kind::Book => item.price,
                Kind::Other { ref price, .. } => {
                    let net = price * rate;
                    net.max(0.0)
                }
            })
            .sum::<f64>();
        let Some(limit) = self.limit else {
            return Err(Error::Limit);
        };
        if sum > limit && rate < 1.0 {
            log!(
                "{}",
                sum
            );
        }
        Ok(sum)
    }

    fn clear(&mut self) {
        while let Some(item) = self.items.pop() {
            drop(item);
        }
    }
}
`;

/** Blocks of at least three lines that begin at a line `begins` matches, at any depth. */
function blocksOf(code: string, languageId: string, unit: string, begins: RegExp): Sample[] {
  const lines = code.split('\n');
  return lines.flatMap((line, from) => {
    if (!begins.test(line)) return [];
    const indent = indentOf(line);
    let to = from + 1;
    while (to < lines.length && (lines[to]!.trim() === '' || indentOf(lines[to]!).length > indent.length)) to++;
    if (/^\s*[)\]}]/.test(lines[to] ?? '')) to++;
    const text = lines.slice(from, to).join('\n').trimEnd();
    return text.split('\n').length < 3 ? [] : [{ languageId, unit, text }];
  });
}

function ownSources(): Sample[] {
  const files = ['edit', 'session', 'scope'].flatMap((room) => {
    const folder = fileURLToPath(new URL(`../../server/${room}`, import.meta.url));
    return readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name));
  });
  const begins = /^(?:export )?(?:async )?(?:function|class|interface) |^ {2}(?:[a-z]+ )*#?[a-z]\w*\(.*\{$/;
  return files.flatMap((file) => blocksOf(readFileSync(file, 'utf8'), 'typescript', '  ', begins));
}

export const samples: readonly Sample[] = [
  ...ownSources(),
  ...blocksOf(python, 'python', '    ', /^\s*(?:class|(?:async )?def) /),
  ...blocksOf(go, 'go', '\t', /^func /),
  ...blocksOf(rust, 'rust', '    ', /^(?:impl|\s+(?:pub )?fn) /),
];
