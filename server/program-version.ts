// Which version of Quickhand this is.

/** Put in by the build from package.json. */
declare const __VERSION__: string;

/** What runs from the sources, as in tests, has none. */
export const programVersion = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0-source';
