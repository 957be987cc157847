// What single lines say of the layout around them: which open a block, close one, go on, or define something.

/** Begins with what closes a block, or with what goes on with it, as `else` does. */
export function isCloser(line: string): boolean {
  return closer.test(line);
}

const words =
  'if|for|while|function|func|module|case|class|foreach|section|macro|def|switch|task|package|interface|program|do|proc|sub|let';
const middles = 'else|elif|elsif|elseif|rescue|ensure|catch|finally|except|then';
const closer = new RegExp(
  `^(?:[)\\]}]|</|\\*/|-\\}|%\\}|\\$\\w*\\$|\\\\end\\{|(?:end(?:${words})?|end (?:${words})|fi|done|esac|${middles})\\b(?!\\s*[:=](?!$)))`,
  'i',
);

/** Goes on with a block that something else closes. */
export function isMiddle(line: string): boolean {
  return middle.test(line);
}

const middle = new RegExp(`^(?:${middles})\\b`, 'i');

/** Stands alone and opens the block of the line above it. */
export function isLoneOpener(line: string): boolean {
  return /^(?:[{([]|begin|declare|is|as|do|then)$/i.test(line);
}

/** Leaves a bracket open at its end. */
export function opensBlock(line: string): boolean {
  return /[{([]\s*(?:\|[^|]*\|)?\s*(?:\/\/.*|\/\*.*\*\/|#.*)?$/.test(line);
}

/** The next line belongs to it. */
export function goesOn(line: string): boolean {
  return /(?:[,\\=([&|+]|->|=>|<-|\b(?:and|or))$/.test(line) && !/^(?:#|--|\/\/)/.test(line);
}

/** Decorators, annotations and the like: they belong to what stands directly below. */
export function isAnnotation(line: string): boolean {
  return /^(?:@(?!interface|implementation|protocol|end)\w[^{;]*$|#\[|\[\[?[A-Z]\w*[^=]*\]$|template\s*<)/.test(line);
}

/** `[section]`, alone on its line. */
export function isSection(line: string): boolean {
  return /^\[{1,2}[^[\]]+\]{1,2}\s*(?:[#;].*)?$/.test(line);
}

/** `key = value` */
export function isSetting(line: string): boolean {
  return /^["'\w.-]+\s*=/.test(line);
}

/** What begins a statement of SQL, which reaches to its `;`. */
export function isSql(line: string): boolean {
  return /^(?:select|insert\s+into|update\s+\S|delete\s+from|with\s+\w|merge\s+into|create|alter|grant|drop)\b/i.test(
    line,
  );
}

/** Whether two neighbours are of one definition in a language of equations: its type, and its cases. */
export function isSameEquation(above: string, below: string): boolean {
  const [, name] = /^([a-z_][\w']*)\s/.exec(above) ?? [];
  if (name === undefined || !new RegExp(`^${name}(?![\\w'])`).test(below)) return false;
  return (
    /^\S+\s*::/.test(above) ||
    (/^[^=]*\s=(?:\s|$)/.test(above) && /^[^=]*\s=(?:\s|$)/.test(below) && !declares.test(above))
  );
}

const declares = /^(?:let|var|val|const|local|my|our|auto|int|char|type|data|set|export)\s/;

/** How much a header looks like that of a function: `certain` by a word of the language or a type before its name, `likely` by a name and parameters. */
export function definitionIn(header: string): 'certain' | 'likely' | undefined {
  if (control.test(header)) return undefined;
  if (!anonymous.test(header) && (keyword.test(header) || arrow.test(header) || labelled.test(header)))
    return 'certain';
  const [, before, behind] = /^([\w\s<>,.:*&[\]?~@$-]*?[\w>~$\]!?]|operator\W+)\s*\((.*)$/s.exec(header) ?? [];
  if (before === undefined || behind === undefined || !isClosed(behind) || !/\{\s*(?:\/\/.*)?$/.test(header))
    return undefined;
  return /[\w>*&\]]\s+[*&]*[\w~:<>.]+$|::/.test(before) ? 'certain' : 'likely';
}

/** Whether a header is that of a class or of the like. */
export function isClassHeader(header: string): boolean {
  return /^(?:[\w@]+\s+)*(?:class|struct|interface|trait|enum|module|object|protocol|extension|impl|defmodule|record|union|actor|contract|mixin|package)\b/.test(
    header,
  );
}

const control =
  /^(?:[)\]}]+\s*)*(?:if|else|elif|elsif|elseif|unless|for|foreach|while|until|loop|switch|case|when|match|try|catch|except|finally|rescue|ensure|with|using|lock|synchronized|do|begin|then|select|repeat|return|guard|defer|receive|cond|let|where|in|new|await|yield|throw|assert|default|go|class|struct|interface|enum|namespace|module)\b/;

const keyword =
  /^\(?(?:[\w.$*&<[][\w.:$<>[\]*&]*(?:\s*(?:=>?|<-)\s*|\s+|,\s*))*?(?:def|defp|defmacrop?|defn-?|defun|defmethod|defmulti|func|function|fun|fn|sub|proc|procedure|method|macro|rule|constructor|init|deinit|operator|subroutine|create\s+(?:or\s+replace\s+)?(?:function|procedure|trigger))\b(?!\s*[.=:,)])/i;

const anonymous = /^\(?(?:func|function|fn|sub|fun)\(/;

const arrow = /^[\w\s.$:<>-]+=\s*(?:async\s*)?(?:\w+|\(.*\)[^=]*)\s*=>\s*\{?$/;

const labelled = /^[\w.]+[ (]+(["'])[^"']*\1.*(?:\bdo(?:\s*\|[^|]*\|)?|\{|\bfunction\s*\([^)]*\)|->)$/;

/** Whether all brackets are closed before the `{` at the end of a header, `(` having been opened before `behind`. */
function isClosed(behind: string): boolean {
  let depth = 1;
  for (const char of behind.replace(/\{[^{]*$/, '')) {
    if ('(['.includes(char)) depth++;
    else if (')]'.includes(char)) depth--;
  }
  return depth === 0;
}
