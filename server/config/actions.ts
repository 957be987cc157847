// The actions that come with Quickhand, and the templates of all of them.

/** An edit that the user can choose by name. */
export interface Action {
  readonly id: string;
  readonly title: string;
  /** May hold `${selection}`, `${scope}`, `${file}` and `${language}`; see {@link expandInstruction}. */
  readonly instruction: string;
  /** Language ids it is offered for; absent: all. */
  readonly languages?: readonly string[];
  readonly scope?: 'auto' | 'function' | 'class' | 'module' | 'selection';
  readonly lane?: string;
  /** From a workspace file: somebody else's words, so the menu says where they come from. */
  readonly fromWorkspace?: boolean;
}

export const builtInActions: readonly Action[] = [
  {
    id: 'simplify',
    title: 'Simplify',
    instruction:
      'Simplify this code without changing what it does: fewer branches, less nesting, no needless variables.',
  },
  {
    id: 'handle-errors',
    title: 'Handle errors',
    instruction:
      'Handle the errors that can occur here, in the way the surrounding code handles errors. Swallow none, and change nothing else.',
  },
  {
    id: 'add-types',
    title: 'Add types',
    instruction: 'Add precise types where they are missing. Change no behaviour.',
    languages: ['typescript', 'typescriptreact', 'python', 'php', 'ruby', 'lua', 'elixir'],
  },
  {
    id: 'document',
    title: 'Document',
    instruction:
      "Add a documentation comment in the language's usual form: what it does, its parameters, its result and its errors. Change no code.",
  },
  {
    id: 'implement',
    title: 'Implement the TODO',
    instruction: 'Implement what the TODO or the empty body asks for, and remove the TODO.',
  },
];

/** What the templates of an instruction stand for. */
export interface InstructionValues {
  /** The selected text; empty with a bare cursor. */
  readonly selection: string;
  /** The scope's name, or its kind where it has none. */
  readonly scope: string;
  /** The path relative to its workspace folder. */
  readonly file: string;
  readonly language: string;
}

/** `instruction` with its templates replaced, once: what is put in is not looked at again. Other `${…}` stay. */
export function expandInstruction(instruction: string, values: InstructionValues): string {
  return instruction.replace(
    /\$\{(selection|scope|file|language)\}/g,
    (_, name: keyof InstructionValues) => values[name],
  );
}
