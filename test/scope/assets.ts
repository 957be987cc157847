// Grammars and WebAssembly of the source tree, for every test and bench that looks for scopes.

import { fileURLToPath } from 'node:url';
import { programFiles } from '../../server/files/program-files.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const assets = programFiles(root);
