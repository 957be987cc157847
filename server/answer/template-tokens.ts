// What chat templates write around and between the turns of a conversation. Some models, and servers that do not know a model's template, let it through into the text.

/** What a token means for the text around it. */
export type TokenKind =
  /** Thinking begins, or ends. */
  | 'think'
  | 'unthink'
  /** The turn is over: what follows is another one. */
  | 'end'
  /** The head of a message that is said, or of one that is only thought. */
  | 'say'
  | 'mutter'
  /** Nothing that a person reads. */
  | 'other';

export interface TemplateToken {
  readonly kind: TokenKind;
  /** As it stands in the text, with the role and the line break that belong to it. */
  readonly text: string;
}

const thinking = ['think', 'thinking', 'seed:think'];
/** Tags of documents, too: they count only in front of an answer. */
const rarelyThinking = ['thought', 'thoughts', 'reasoning', 'reflection', 'analysis', 'scratchpad'];

const openers = [
  ...thinking.map((name) => `<${name}>`),
  '[THINK]',
  '◁think▷',
  '<|begin_of_thought|>',
  '<|START_THINKING|>',
];
const rareOpeners = rarelyThinking.map((name) => `<${name}>`);
const closers = [
  ...thinking.map((name) => `</${name}>`),
  '[/THINK]',
  '◁/think▷',
  '<|end_of_thought|>',
  '<|END_THINKING|>',
];
const rareClosers = rarelyThinking.map((name) => `</${name}>`);
const heads = [
  ...['<|im_start|>assistant\n', '<|im_start|>assistant', '<|im_start|>'],
  ...['<|start_header_id|>assistant<|end_header_id|>\n\n', '<|start_header_id|>assistant<|end_header_id|>'],
  ...['<start_of_turn>model\n', '<start_of_turn>', '<|assistant|>\n', '<|assistant|>', '<|begin_of_text|>'],
  ...[
    '<|startoftext|>',
    '<|begin_of_solution|>',
    '<｜Assistant｜>',
    '<｜begin▁of▁sentence｜>',
    '<s>',
    '<bos>',
    '[INST]',
  ],
];
const ends = [
  ...['im_end', 'end', 'endoftext', 'end_of_text', 'eot_id', 'eom_id', 'EOT', 'eos', 'return', 'call', 'user'],
  ...['end_of_turn', 'end_of_solution', 'file_separator', 'endofresponse', 'end▁of▁sentence'],
].map((name) => `<|${name}|>`);
const otherEnds = [
  '<｜end▁of▁sentence｜>',
  '<｜User｜>',
  '</s>',
  '<eos>',
  '<EOS>',
  '<EOT>',
  '<eot>',
  '<end_of_turn>',
  '[/INST]',
  '[EOS]',
  '[|endofturn|]',
  '<|END_RESPONSE|>',
];

/** A message of the harmony format begins with the name of its channel. Who reads it is told only `final`. */
const channel =
  '(?:<\\|start\\|>assistant)?<\\|channel\\|>(?<name>[a-z]{1,20})[^<\\n]{0,60}(?:<\\|constrain\\|>[^<\\n]{0,20})?<\\|message\\|>';

/** UTF-16 units of the longest token. */
const maxToken = 200;

const anyToken = new RegExp(
  [
    channel,
    `(?<think>${anyOf(openers)})`,
    `(?<unthink>${anyOf(closers)})`,
    `(?<rare>${anyOf(rareOpeners)})`,
    `(?<say>${anyOf(heads)})`,
    `(?<end>${anyOf([...ends, ...otherEnds])})`,
    '(?<other><[|｜][a-zA-Z_▁][\\w▁]{1,30}[|｜]>)',
  ].join('|'),
  'iy',
);
const anyCloser = new RegExp(anyOf([...closers, ...rareClosers]), 'iy');
const all = [...openers, ...closers, ...rareOpeners, ...rareClosers, ...heads, ...ends, ...otherEnds].map((token) =>
  token.toLowerCase(),
);

/** Blanks within the brackets of a tag are let pass. */
function anyOf(literals: readonly string[]): string {
  const patterns = literals.map((literal) => literal.replace(/[[\]|/]/g, '\\$&'));
  return patterns.map((pattern) => pattern.replace(/^<((?:\\\/)?)(\w[\w:]*)>$/, '<[ ]?$1[ ]?$2[ ]?>')).join('|');
}

/** What a token can begin with. */
export const tokenStarts = /[<[◁]/g;

/** The token at `at`. `isFirst`: nothing was said before it. */
export function tokenAt(text: string, at: number, isFirst: boolean): TemplateToken | undefined {
  anyToken.lastIndex = at;
  const found = anyToken.exec(text);
  if (!found) return undefined;
  const { name, rare, ...groups } = found.groups!;
  if (name !== undefined) return { kind: name === 'final' ? 'say' : 'mutter', text: found[0] };
  if (rare !== undefined) return isFirst ? { kind: 'think', text: rare } : undefined;
  const kind = Object.keys(groups).find((key) => groups[key] !== undefined) as TokenKind;
  return { kind, text: found[0] };
}

/** What ends thinking, at `at`. */
export function thinkingEndAt(text: string, at: number): TemplateToken | undefined {
  anyCloser.lastIndex = at;
  const found = anyCloser.exec(text);
  return found ? { kind: 'unthink', text: found[0] } : undefined;
}

/** Whether the text from `at` to its end may be the beginning of a token, or of a longer one. */
export function mayBeginToken(text: string, at: number): boolean {
  if (text.length - at > maxToken) return false;
  const rest = text
    .slice(at)
    .replace(/^< ?(\/?) ?/, '<$1')
    .replace(/(\w) $/, '$1')
    .toLowerCase();
  if (/^<\|(?:channel|start)\|>/.test(rest)) return !rest.includes('<|message|>');
  if (/^<[|｜](?:[a-zA-Z_▁][\w▁]{0,30})?[|｜]?$/.test(rest)) return true;
  return all.some((token) => token.length > rest.length && token.startsWith(rest));
}
