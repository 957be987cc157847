// TypeScript's own parser, from the folder that the judge is started with.

import { createRequire } from 'node:module';

export const ts = createRequire(`${process.argv[2]}/`)('typescript');
