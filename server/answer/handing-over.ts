// What a model says to hand the code over, in the human languages that models are spoken to in, with or without a mark at its end: `Hier der Code`, `Voici le code`.

const openers = [
  "here(?:['’]s| is| are| you go)?|below(?: is)?|this is|sure|certainly|updated|revised|fixed",
  'hier(?: ist| sind| kommt)?|natürlich|gerne?|klar|selbstverständlich|sicher|anbei|unten|das ist|dies ist|so sieht',
  "voici|voilà|bien sûr|d['’]accord|certainement|ci-dessous|c['’]est",
  'aqu[ií](?: está| tienes?| va| le)?|por supuesto|claro|este es|a continuación|listo',
  'ecco|certo|certamente|di seguito|questo è|aqui está|segue|com certeza|abaixo|este é',
  'hier is|hierbij|natuurlijk|zeker|här är|här kommer|her er|herunder|tässä|oto|jasne|oczywiście|poniżej|zde je|tady je|jistě|iată|íme|itt van|itt a',
  '[iİ]şte|tabii|elbette|aşağıda|đây là|dưới đây|berikut|tentu|ini adalah',
  'вот|конечно|ниже|держи|ось|звичайно|нижче|εδώ|ορίστε|ιδού|إليك|هذا هو|بالطبع|यहाँ|यह रहा|नीचे|הנה|להלן',
].join('|');

const nouns = [
  'code|function|method|class|version|snippet|implementation|answer|solution|result|rewrite|change|file|component|query|rule|script|block',
  'funktion|methode|klasse|fassung|lösung|antwort|ergebnis|änderung|abschnitt|abfrage|stelle|datei|fonction|méthode|classe|réponse|résultat|modification|fichier|requête',
  'código|función|método|clase|versión|respuesta|solución|resultado|cambio|archivo|codice|funzione|metodo|versione|risposta|soluzione|risultato|modifica|função|classe|versão|resposta|solução',
  'functie|versie|koden?|koodi|funktionen|kod|kodu|kód|kodem|funkcja|funkcję|funkcji|metoda|metodę|wersja|wersję|verze|funkce|codul|funcția|függvény|fonksiyon|fonksiyonu|sürüm|mã|hàm|kode(?:nya)?|fungsi(?:nya)?',
  'код|кода|функция|функцию|функція|метод|версия|версию|ответ|κώδικας|κώδικα|الكود|الشفرة|الدالة|कोड|फ़ंक्शन|הקוד|הפונקציה',
].join('|');

const begins = new RegExp(`^(?:${openers})(?![\\p{L}\\p{M}])`, 'iu');
const names = new RegExp(`(?<![\\p{L}\\p{M}-])(?:${nouns})s?(?![\\p{L}\\p{M}-])`, 'iu');
/** Nothing but words, and the marks of a sentence. */
const words = /^[\p{L}\p{M}'’,.!:…*-]+(?: [\p{L}\p{M}'’,.!:…*-]+){1,14}$/u;
/** Where no blanks part the words. */
const unparted =
  /^(?=.{0,40}(?:代码|代碼|函数|方法|版本|结果|コード|関数|結果|코드|함수|결과|โค้ด))(?:以下|这是|這是|下面|修改|更新|好的|当然|這裡|这里|代码如下|こちら|はい|了解|変更|修正|다음|여기|물론|네|아래|수정|นี่)[\p{L}\p{M}\p{Zs}，、,]{2,40}$|^(?:修改|代码|更改|结果|函数)如下$|^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]{2,40}(?:ました|します|です)$/u;

/** The thing alone, with its article; and a word that agrees. Only where no text for people is code. */
const thing = new RegExp(
  `^(?:(?:the|der|die|das|le|la|l['’]|el|il|o|a|den|de) ?(?:${nouns})(?: [\\p{L}\\p{M}]+)?|Code (?:below|unten|anbei|ci-dessous|abajo|sotto|abaixo))[.:!]?$`,
  'iu',
);
const agreeing = /^(?:Natürlich|Selbstverständlich|Voilà|Конечно|Готово|当然|好的|了解です)[.!]?$/u;
/** Three words and more that begin as a sentence does. */
const sentenceOfWords = /^\p{Lu}[\p{Ll}\p{M}]*(?:['’]\p{Ll}+)?(?: \p{L}[\p{L}\p{M}'’-]*){2,14}$/u;

/** UTF-16 units: nobody needs more to hand something over. */
const maxLine = 120;

function handsOver(text: string): boolean {
  return (words.test(text) && begins.test(text) && names.test(text)) || unparted.test(text);
}

const withoutWordLines = new Set(
  'lua ruby python typescript typescriptreact javascript javascriptreact go rust java kotlin c cpp csharp swift php dart scala css scss less shellscript perl r'.split(
    ' ',
  ),
);

/** Whether all of `line`, in front of code, is said. In many languages no line of code is words and nothing else: there a sentence of them will do. What stands in backticks is a word. */
export function isSpoken(line: string, languageId: string): boolean {
  if (line.length > maxLine || line !== line.trimStart()) return false;
  const text = line.trim().replace(/`[^`]*`/g, 'code');
  if (handsOver(text)) return true;
  return withoutWordLines.has(languageId) && (thing.test(text) || agreeing.test(text) || sentenceOfWords.test(text));
}
