// What every driver can do, so that one set of tests can run in all editors.
import type { Sandbox } from './sandbox.ts';

/** An editor that has the sandbox's first file open, with the server attached. */
export interface Editor {
  readonly sandbox: Sandbox;
  /** The buffer's text now, with \n line ends. */
  text(): Promise<string>;
  /** Waits until the buffer (or the screen, where that is all one can see) matches. */
  untilShown(pattern: RegExp, what: string): Promise<void>;
  /** Waits until nothing matches any more. */
  untilGone(pattern: RegExp, what: string): Promise<void>;
  /** Puts the cursor on the first non-blank of `line` (1-based). */
  goto(line: number): Promise<void>;
  /** Asks for an edit at the cursor in the user's own words, by the keys that the README gives. */
  instruct(instruction: string): Promise<void>;
  /** Runs the code action whose title contains `title`, from the menu. */
  action(title: string): Promise<void>;
  /** Stops the running edit, as a person would in this editor. */
  stop(): Promise<void>;
  /** Takes back the last edit, as a person would in this editor. */
  revert(): Promise<void>;
  /** Opens a new line below `line` (1-based) and types `text` there key by key, as a person would; stays in insert mode. */
  typeBelow(line: number, text: string): Promise<void>;
  /** Types on where the cursor is, in insert mode. */
  type(text: string): Promise<void>;
  /** Ends insert mode, where there is such a thing. */
  endTyping(): Promise<void>;
  /** Presses undo once. */
  undo(): Promise<void>;
  /** What a person sees. */
  screen(): Promise<string>;
}
