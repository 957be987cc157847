// Recognises lines that stand for code the model left out ("rest unchanged"): they must never reach a buffer.

const COMMENT =
  /^(?:\/\/+|#+|--+|;+|%+)\s*(.*?)$|^\{?\s*\/\*+\s*(.*?)\s*\*+\/\s*\}?$|^<!--+\s*(.*?)\s*--+>$|^\(\*\s*(.*?)\s*\*\)$/;

const ELLIPSIS = '(?:\\.{3,}|…)';
const WHAT =
  '(?:code|implementation|logic|lines?|methods?|functions?|content|contents|body|file|class|component|imports?|props|fields?|cases?|tests?)';
const LEFT_OUT =
  '(?:(?:is |are |remains? |stays? |left |kept )?(?:unchanged|unmodified|untouched|omitted|the same|same|as (?:is|before|above)|not shown|here|goes here|above|below|continues|for brevity))';
const REST = '(?:the )?(?:rest|remainder|remaining|existing|other|previous|same|original|unchanged|your)';

const KEYWORDS =
  /\b(?:rest|remainder|remaining|existing|unchanged|unmodified|omitted|same|previous|original|brevity|other|as before|no changes?|keep)\b/i;
const ONLY_DOTS = new RegExp(`^${ELLIPSIS}$`);
const DOTS_AT_START = new RegExp(`^${ELLIPSIS}\\s`);
const DOTS_AT_END = new RegExp(`${ELLIPSIS}[)\\]]?$`);
const WORDS = new RegExp(
  [
    `^(?:keep )?${REST}(?: of)?(?: (?:the|this|your|existing))*(?: [\\w.'\`()-]+){0,2}? ?${WHAT}?(?: ${LEFT_OUT})+$`,
    `^(?:keep )?${REST}(?: of)? (?:the |this |your |existing )*${WHAT}$`,
    "^(?:the )?(?:rest|remainder)(?: of (?:the |this |your )?[\\w.'`()-]+)?$",
    `^${WHAT} ${LEFT_OUT}(?: for brevity)?$`,
    '^unchanged$',
    '^no changes?(?: (?:needed|here|below|above|required))*$',
    '^same as (?:before|above)$',
  ].join('|'),
  'i',
);

/** Whether `line` says that code is left out there. The caller knows whether the base has the same line, which makes it code. */
export function isPlaceholder(line: string): boolean {
  const trimmed = line.trim();
  const comment = COMMENT.exec(trimmed);
  if (comment) return saysLeftOut((comment[1] ?? comment[2] ?? comment[3] ?? comment[4] ?? '').trim());
  const bracketed = /^[[(<](.*)[\])>]$/.exec(trimmed)?.[1]?.trim();
  return isBare(bracketed ?? trimmed);
}

function saysLeftOut(text: string): boolean {
  if (ONLY_DOTS.test(text)) return true;
  const start = DOTS_AT_START.test(text);
  const end = DOTS_AT_END.test(text);
  if (start && end) return true;
  if ((start || end) && KEYWORDS.test(text)) return true;
  return WORDS.test(text.replace(/^[[(]|[\])]$|[.!:]+$/g, ''));
}

/** Without a comment mark it takes more to believe it: `...` alone is code in Python, `...rest` in JavaScript. */
function isBare(text: string): boolean {
  return DOTS_AT_START.test(text) && KEYWORDS.test(text) && !/[{}=;,]/.test(text);
}
