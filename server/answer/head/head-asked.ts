// Whether an instruction speaks of what stands in front of a declaration: what is gone then was to go.

const comments =
  /comment|\bdoc|jsdoc|javadoc|godoc|kommentar|dokument|documenta|comentario|comentário|commento|注释|註解|註釋|文档|文檔|コメント|ドキュメント|주석|문서|комментар|документ/iu;
const decorators =
  /decorat|dekorat|décorat|decorad|annotat|annotier|anotaci|anotação|attribut|attribuut|装饰|裝飾|注解|特性|デコレータ|アノテーション|属性|데코레이터|어노테이션|декоратор|аннотац|атрибут/iu;
const visibility =
  /export|\bprivate?\b|\bpublic\b|\bprotected\b|\binternal\b|visib|\bpub\b|\baccess\b|unexport|sichtbar|öffentlich|privé|públic|privad|导出|匯出|公开|公開|私有|可见|エクスポート|非公開|내보내|공개|экспорт|приват|публичн/iu;
/** What replaces a declaration by one of another kind, or takes something away. */
const changes =
  /\b(?:remove|delete|drop|strip|without|get rid|no longer|convert|turn|replace|instead|migrate|switch|static)\b|entfern|lösch|umwandel|ersetz|supprim|retir|remplac|convert|elimin|quita|borra|reemplaz|rimuov|sostitu|删除|移除|去掉|替换|改成|转换|削除|置き換|変換|제거|삭제|변환|удали|убери|замени|преобраз/iu;

export interface AskedOf {
  readonly comments: boolean;
  readonly decorators: boolean;
  readonly visibility: boolean;
}

export function askedOf(instruction: string): AskedOf {
  return {
    get comments() {
      return comments.test(instruction);
    },
    get decorators() {
      return decorators.test(instruction) || changes.test(instruction);
    },
    get visibility() {
      return visibility.test(instruction);
    },
  };
}

/** Whether the instruction holds a word of `name`, in any form: `cache` or `caching` of `functools.lru_cached`. */
export function speaksOfName(instruction: string, name: string): boolean {
  const spoken = instruction.toLowerCase();
  const words = name.split(/\W+|_|(?<=[a-z])(?=[A-Z])/).filter((word) => word.length > 2);
  return words.some((word) => spoken.includes(word.toLowerCase().replace(/(?<=\w{3})(?:ed|es|e|s)$/, '')));
}
