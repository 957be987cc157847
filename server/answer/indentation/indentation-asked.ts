// Whether an instruction speaks of indentation: what it asks for is never put right.

/** Words for it, in some of the languages in which people ask. */
const words = new RegExp(
  [
    '\\b(?:in|de|out|un|re)-?dent(?:s|ed|ing|ation)?\\b|\\bindentation\\b',
    '\\btabs\\b|\\btab (?:width|size|character|indent)|\\bwhite ?space',
    '\\b(?:two|three|four|eight|\\d|to|with|use|using|by|of|into|leading) spaces?\\b|\\bspaces? (?:instead|for|to|per)\\b',
    '\\b(?:re-?|auto-?)?format(?:ted|ting|ter)?(?: *$| *[.!]| (?:this|it|code|the (?:code|file|function|method|class|block|lines?|scope|selection|body)|according|properly|correctly|like|as in)\\b)',
    '\\bre-?format|\\b(?:with|by|using|run|through|like) (?:prettier|black)\\b|\\bgofmt\\b|\\brustfmt\\b|\\bclang-format\\b|\\bpep ?8\\b',
    '\\b(?:re)?align(?:s|ed|ing|ment)?\\b|\\bflush left\\b|\\bshift (?:it |this |them |the \\w+ )?(?:left|right)',
    '\\bnest (?:it|them|this|these|the)\\b|\\b(?:un|de)-?nest|\\blevels? (?:deeper|up|down|in|out|higher|lower)\\b|\\b(?:deeper|further) (?:in|out)\\b|\\bone level\\b',
    'einr(?:ü|ue)ck|ausr(?:ü|ue)ck|eingerückt|formatier|leerzeichen|ausricht|\\btabulator',
    'indent(?:er|é|ar|ado|e)|retrait|espaces\\b|tabulation|reformater|sangr[ií]a|tabulaci|espacios|alinea|aligner|recuo|espaços|rientr|spazi\\b|wcięci|inspring',
    'отступ|пробел|табуляц|выровн|отформат|форматир',
    '缩进|嵌套|层级|縮排|缩排|对齐|對齊|格式化|空格|制表符|インデント|字下げ|整形|フォーマット|空白|들여쓰기|내어쓰기|정렬|서식|공백',
  ].join('|'),
  'iu',
);

export function speaksOfIndentation(instruction: string): boolean {
  return words.test(instruction);
}
