// What the handlers ask of the disk. Handed in by main.ts; where there is none (a page), nothing is checked or written, and no manifest is found.

import type { KeptText } from '../files/kept-files.ts';
import type { ProjectManifest } from '../project/nearest-manifest.ts';

/** Paths are absolute. */
export interface Disk {
  /** The text of a regular file of at most `maxBytes`. Rejects, or resolves with undefined, if there is no such file. */
  readText(path: string, bounds: { readonly maxBytes: number }): Promise<string | undefined>;
  /** Whether a regular file lies there, after following links. */
  isFile(path: string): boolean;
  /** The manifests with one of `names` in the nearest folder above `file` that has any. */
  nearestManifests<Name extends string>(
    file: string,
    names: readonly Name[],
  ): Promise<readonly ProjectManifest<Name>[]>;
  /** The folder of the package that `file` is in; undefined if it is in none. `top`: the last folder that is looked at. */
  packageFolder(file: string, top: string): Promise<string | undefined>;
  /** Returns the path of the file. Absent where nothing of ours may be written. */
  readonly keepExplanation?: (explanation: KeptText) => Promise<string>;
  /** The same of what a model said, when the user asks for it. */
  readonly keepAnswer?: (answer: KeptText) => Promise<string>;
}
