// Whether a proposed import is in the file already.

import { expect, it } from 'vitest';
import { isImported } from '../../server/guardrails/already-imported.ts';

const file = `import fs from 'node:fs';
import {
  join,
  resolve as toAbsolute,
} from "node:path";
import type { Stats } from 'node:fs';
import * as os from 'node:os';
import './setup';
const { a, b } = require('c');
`;

const python = `import os, sys
import numpy as np
from typing import (
    Any,
    Iterable,
)
from a.b import c  # why
`;

it.each([
  ["import fs from 'node:fs'", true],
  ['import fs from "node:fs";', true],
  ["import { join } from 'node:path';", true],
  ["import { join, resolve as toAbsolute } from 'node:path';", true],
  ["import { join, dirname } from 'node:path';", false],
  ["import type { Stats } from 'node:fs';", true],
  ["import { Stats } from 'node:fs';", false],
  ["import type { join } from 'node:path';", true],
  ["import * as os from 'node:os';", true],
  ["import './setup';", true],
  ["import './other';", false],
  ["const { a } = require('c');", true],
  ["import { a } from 'c';", true],
  ["import { a } from 'd';", false],
])('%s: %s', (line, expected) => expect(isImported(line, file)).toBe(expected));

it.each([
  ['import os', true],
  ['import numpy as np', true],
  ['import numpy', false],
  ['from typing import Any', true],
  ['from typing import Any, Mapping', false],
  ['from a.b import c', true],
  ['from a import c', false],
])('%s: %s', (line, expected) => expect(isImported(line, python)).toBe(expected));

it('in other languages the same line counts', () => {
  expect(isImported('use a::B;', 'use a::B;\nuse c::D;')).toBe(true);
  expect(isImported('use a::C;', 'use a::B;\nuse c::D;')).toBe(false);
  expect(isImported('#include <a.h>', '#include  <a.h>')).toBe(true);
});
