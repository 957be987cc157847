// The built-in actions, when they are offered, and the placeholders in the instructions of all actions.

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
  /** From a workspace file: the menu says so, because its words are not the user's. */
  readonly fromWorkspace?: boolean;
  /** The menu lists it with the fixes. Only of built-in actions. */
  readonly isFix?: boolean;
  /** Whether the menu offers it here; absent: always. Only of built-in actions. By its id an action can always be run. */
  readonly suits?: (situation: Situation) => boolean;
}

/** What decides whether an action is offered for a scope. Each member is cheap, and only computed when an action reads it. */
export interface Situation {
  readonly kind: string;
  /** The body is empty, or nothing but a note that it is to be written. */
  readonly isStub: boolean;
  readonly hasTodo: boolean;
  /** `async` occurs in it. */
  readonly isAsync: boolean;
  /** Some lines occur twice, literals aside. */
  readonly hasDuplicates: boolean;
  /** How many problems the editor reports in it. */
  readonly problems: number;
}

const isCode = ({ kind, isStub }: Situation) =>
  !isStub && ['function', 'class', 'member', 'statement', 'module', 'selection', 'block'].includes(kind);

/** Whether something is declared in it that could have types or a documentation. */
const declares = ({ kind }: Situation) => !['insertion', 'imports', 'comment'].includes(kind);

/** In the order of the menu. */
export const builtInActions: readonly Action[] = [
  {
    id: 'fix-all',
    title: 'Fix all problems here',
    instruction: 'Fix all the problems that are reported in the scope. Change nothing that they do not concern.',
    isFix: true,
    suits: ({ problems }) => problems > 1,
  },
  {
    id: 'implement',
    title: 'Implement the empty body',
    instruction:
      'Implement the empty body: do what its name, its signature, its comments and the code around it ask for, and remove the note that it is to be written.',
    suits: ({ isStub }) => isStub,
  },
  {
    id: 'implement-todo',
    title: 'Implement the TODO',
    instruction: 'Implement what the TODO asks for, and remove the TODO.',
    suits: ({ isStub, hasTodo }) => hasTodo && !isStub,
  },
  {
    id: 'simplify',
    title: 'Simplify',
    instruction:
      'Simplify this code without changing what it does: fewer branches, less nesting, no needless variables.',
    suits: isCode,
  },
  {
    id: 'extract-duplicates',
    title: 'Extract duplicated code',
    instruction:
      'Extract the code that occurs more than once in the scope into one helper inside the scope, with a name that says what it does. Change no behaviour.',
    suits: (situation) => isCode(situation) && situation.hasDuplicates,
  },
  {
    id: 'handle-errors',
    title: 'Handle errors',
    instruction:
      'Handle the errors that can occur here, in the way the surrounding code handles errors. Swallow none, and change nothing else.',
    suits: isCode,
  },
  {
    id: 'make-async',
    title: 'Make async',
    instruction:
      'Make this function asynchronous: await what can be awaited, with the asynchronous counterparts of blocking calls. Keep its name and its parameters.',
    languages: ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'python', 'csharp', 'rust', 'swift'],
    suits: ({ kind, isStub, isAsync }) => kind === 'function' && !isStub && !isAsync,
  },
  {
    id: 'add-types',
    title: 'Add types',
    instruction: 'Add precise types where they are missing. Change no behaviour.',
    languages: ['typescript', 'typescriptreact', 'python', 'php', 'ruby', 'lua', 'elixir'],
    suits: declares,
  },
  {
    id: 'document',
    title: 'Document',
    instruction:
      "Add a documentation comment in the language's usual form: what it does, its parameters, its result and its errors. Change no code.",
    suits: (situation) => declares(situation) && situation.kind !== 'paragraph',
  },
];

/** The values of the placeholders in an instruction. */
export interface InstructionValues {
  /** The selected text; empty with a bare cursor. */
  readonly selection: string;
  /** The scope's name, or its kind where it has none. */
  readonly scope: string;
  /** The path relative to its workspace folder. */
  readonly file: string;
  readonly language: string;
}

/** `instruction` with its placeholders replaced, once: a value that holds a placeholder is not expanded. Other `${…}` stay. */
export function expandInstruction(instruction: string, values: InstructionValues): string {
  return instruction.replace(
    /\$\{(selection|scope|file|language)\}/g,
    (_, name: keyof InstructionValues) => values[name],
  );
}
