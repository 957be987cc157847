// Whether an instruction asks for something to go, in a handful of human languages. A guess that errs towards yes: then the answer is taken at its word.

const removing = new RegExp(
  String.raw`(?<!\p{L})(?:${[
    'remov|delet|drop(?:s|p\\w+)?\\b|get rid|eliminat|discard|unused|dead\\b|obsolete|deprecat|clean(?:ed|s|ing)?\\b|keep only|only keep',
    'merg|inlin|mov(?:e|es|ed|ing)\\b|extract|replac|renam|convert|transform|split|combin|consolidat|collaps|fold(?:s|ed|ing)?\\b|unif(?:y|ie)|dedup|simplif|refactor|migrat|turn\\b.*\\binto\\b|revert',
    'entfern|lösch|streich|ersetz|verschieb|umbenenn|benenn|zusammen|auslager|lager|umwand|wand(?:le|eln)|vereinfach|teile?\\b',
    'supprim|enl[eè]v|retir(?:e|er)\\b|remplac|renomm|d[ée]plac|fusionn|extrai|simplifi',
    'elimin|borra|quita|reemplaz|renombr|mueve|mover|extrae|convierte|rimuov|sostitui|rinomin|sposta|unisci|remova|substitu|renome',
  ].join('|')})`,
  'iu',
);
const elsewhere =
  /удал|убер|замен|переимен|перемест|объедин|вынес|преобраз|видал|删|移除|去掉|替换|重命名|改名|合并|内联|移动|提取|抽取|转换|重构|拆分|简化|削除|消し|消す|置き換え|置換|リネーム|名前を変|統合|インライン|移動|抽出|変換|分割|삭제|제거|교체|이름|병합|이동|추출|변환/u;

/** Whether `instruction` speaks of taking something away, renaming or moving it, or names it. */
export function mayGo(name: string, instruction: string): boolean {
  return speaksOfRemoval(instruction) || names(instruction, name);
}

/** Whether less code than before is what was asked for. */
export function mayShrink(instruction: string): boolean {
  return speaksOfRemoval(instruction) || shrinking.test(instruction);
}

const shrinking =
  /(?<!\p{L})(?:rewrit|reduc|shorten|shorter|concise|compact|one[- ]?lin|without|strip|stub|empty (?:the|it|this|out)\b|just\b|only\b|kürz|knapp|leer|raccour|court|reduci|corto|vac[ií]|accorci|vuot|encurt)|сократ|короч|пуст|缩短|简短|精简|空|短く|空に|짧게|비우/iu;

function speaksOfRemoval(instruction: string): boolean {
  return removing.test(instruction) || elsewhere.test(instruction);
}

/** In any quoting, as a word of its own. */
function names(instruction: string, name: string): boolean {
  const last = name.split(/[\s./:]+/).at(-1) ?? name;
  return last !== '' && wordsIn(instruction).has(last);
}

function wordsIn(text: string): Set<string> {
  return new Set(text.match(/[\p{L}\p{N}_$]+/gu));
}
