// Recognises lines that stand for code that the model left out ("rest unchanged"): they must never reach a buffer. (guardrails/omissions.ts checks the same
// at the end, with rules of its own, so that one mistake is not made twice.)

const commentStart =
  /^(?:\/\/+|#+|--+|;+|%+)\s*(.*?)$|^\{?\s*\/\*+\s*(.*?)\s*\*+\/\s*\}?$|^<!--+\s*(.*?)\s*--+>$|^\(\*\s*(.*?)\s*\*\)$/;

const ellipsis = '(?:\\.{3,}|…)';
const what =
  '(?:code|implementation|logic|lines?|methods?|functions?|content|contents|body|file|class|component|imports?|props|fields?|cases?|tests?)';
const leftOut =
  '(?:(?:is |are |remains? |stays? |left |kept )?(?:unchanged|unmodified|untouched|omitted|the same|same|as (?:is|before|above)|not shown|here|goes here|above|below|continues|for brevity))';
const rest = '(?:the )?(?:rest|remainder|remaining|existing|other|previous|same|original|unchanged|your)';

/** What else a style sheet, a page or a configuration is made of: a remark may well name it, but for `existing` and `rest of the`. */
const whatElse =
  '(?:styles?|rules?|properties|declarations|selectors|markup|html|css|elements|children|attributes|steps|settings|config(?:uration)?|options|items|query|columns|menu items?|menu|nav(?:igation)?|links|rows)';

const keywords =
  /\b(?:rest|remainder|remaining|existing|unchanged|unmodified|omitted|same|previous|original|brevity|other|as before|no changes?|keep)\b/i;
const onlyDots = new RegExp(`^${ellipsis}$`);
const dotsAtStart = new RegExp(`^${ellipsis}\\s`);
const dotsAtEnd = new RegExp(`${ellipsis}[)\\]]?$`);
const phrases = new RegExp(
  [
    `^(?:keep )?${rest}(?: of)?(?: (?:the|this|your|existing))*(?: [\\w.'\`()-]+){0,2}? ?${what}?(?: ${leftOut})+$`,
    `^(?:keep )?${rest}(?: of)? (?:the |this |your |existing )*${what}$`,
    `^(?:existing|your existing|(?:the )?(?:rest|remainder) of (?:the |your )?) ?${whatElse}$`,
    "^(?:the )?(?:rest|remainder)(?: of (?:the |this |your )?[\\w.'`()-]+)?$",
    `^${what} ${leftOut}(?: for brevity)?$`,
    `^[\\w.$]{1,80}\\(\\)(?: ${leftOut})+$`,
    '^unchanged$',
    '^no changes?(?: (?:needed|here|below|above|required))*$',
    '^same as (?:before|above)$',
  ].join('|'),
  'i',
);

/** UTF-16 units. A longer line says more than that; and the time of the patterns grows faster than the line. */
const maxPlaceholder = 300;

/** Whether `line` says that code is left out there. A line that the base has too is code all the same: the caller checks that. */
export function isPlaceholder(line: string): boolean {
  const trimmed = line.trim();
  if (trimmed.length > maxPlaceholder) return false;
  const comment = commentStart.exec(trimmed);
  if (comment) return isPlaceholderComment((comment[1] ?? comment[2] ?? comment[3] ?? comment[4] ?? '').trim());
  const bracketed = /^[[(<](.*)[\])>]$/.exec(trimmed)?.[1]?.trim();
  return isBarePlaceholder(bracketed ?? trimmed);
}

function isPlaceholderComment(text: string): boolean {
  if (onlyDots.test(text)) return true;
  const start = dotsAtStart.test(text);
  const end = dotsAtEnd.test(text);
  if (start && end) return true;
  if ((start || end) && keywords.test(text)) return true;
  return phrases.test(text.replace(/^[[(]|[\])]$|[.!:]+$/g, ''));
}

/** Outside of a comment more is needed: `...` alone is code in Python, `...rest` in JavaScript. */
function isBarePlaceholder(text: string): boolean {
  return dotsAtStart.test(text) && keywords.test(text) && !/[{}=;,]/.test(text);
}
