// Where characters that can't be seen are spelling: in scripts whose letters join, and that break or force a join by them. Follows RFC 5892 (A.1, A.2) and Unicode
// UAX #31, and is looser than these where people write more than has an effect.

/** Scripts whose letters join, with the marks that they share. */
const cursive = ['Arab', 'Syrc', 'Nkoo', 'Mand', 'Mong', 'Phag', 'Adlm', 'Rohg', 'Mani', 'Sogd'];
/** Scripts that write a cluster by killing a vowel; between its parts a joiner chooses the form. */
const brahmic = [
  ...[
    'Deva',
    'Beng',
    'Guru',
    'Gujr',
    'Orya',
    'Taml',
    'Telu',
    'Knda',
    'Mlym',
    'Sinh',
    'Tibt',
    'Mymr',
    'Khmr',
    'Bali',
    'Java',
    'Sund',
  ],
  ...[
    'Cham',
    'Lana',
    'Sylo',
    'Saur',
    'Mtei',
    'Newa',
    'Gran',
    'Brah',
    'Kthi',
    'Cakm',
    'Tirh',
    'Sidd',
    'Modi',
    'Takr',
    'Shrd',
    'Limb',
  ],
];

const oneOf = (scripts: readonly string[]) => `[${scripts.map((script) => `\\p{scx=${script}}`).join('')}]`;

/** What makes a letter lose its vowel: the combining class 9 of these scripts. */
const virama =
  '[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d3b\\u0d3c\\u0d4d\\u0dca\\u0f84\\u1039\\u103a\\u17d2\\u1a60\\u1b44\\u1baa\\u1bab\\ua806\\ua8c4\\ua953\\ua9c0' +
  '\\uaaf6\\uabed\\u{11046}\\u{110b9}\\u{11133}\\u{11134}\\u{111c0}\\u{1134d}\\u{11442}\\u{114c2}\\u{115bf}\\u{1163f}\\u{116b6}]';

/** Letters of one of these scripts on both sides, whatever marks they carry; in front digits, too, which a suffix is set apart from. */
const cursiveBefore = new RegExp(`(?=${oneOf(cursive)})[\\p{L}\\p{Nd}]\\p{M}*$`, 'u');
const cursiveAfter = new RegExp(`^\\p{M}*(?=${oneOf(cursive)})\\p{L}`, 'u');
/** A joiner at the end of a word shows a letter's joined form, as in the abbreviation of the Hijri year. */
const cursiveLetter = new RegExp(`(?=${oneOf(cursive)})\\p{L}\\p{M}*$`, 'u');
const wordAfter = /^[\p{L}\p{M}\p{N}_]/u;

const viramaBefore = new RegExp(`(?=${oneOf(brahmic)})[\\p{L}\\p{M}]${virama}\\p{M}*$`, 'u');
const letterBefore = new RegExp(`(?=${oneOf(brahmic)})[\\p{L}\\p{M}]$`, 'u');
const viramaAfter = new RegExp(`^${virama}`, 'u');
/** In Khmer a joiner keeps a register shifter above its letter. */
const khmerBefore = /\p{sc=Khmr}$/u;
const khmerAfter = /^\p{sc=Khmr}/u;

const mongolian = /(?=\p{scx=Mong})\p{L}[\u180b-\u180f]?$/u;

const nonJoiner = '\u200c';
const joiner = '\u200d';

/** UTF-16 units that are looked at on each side: a letter and its marks. */
const reach = 12;

/** Whether the joiner, or the Mongolian selector, at the UTF-16 offset `at` is part of how a word is spelled. */
export function isSpelling(text: string, at: number): boolean {
  const character = text[at]!;
  const isJoiner = character === nonJoiner || character === joiner;
  if (!isJoiner && !/[\u180b-\u180f]/.test(character)) return false;
  const before = text.slice(Math.max(0, at - reach), at);
  const after = text.slice(at + 1, at + 1 + reach);
  if (!isJoiner) return mongolian.test(before);
  if (viramaBefore.test(before) || (letterBefore.test(before) && viramaAfter.test(after))) return true;
  if (khmerBefore.test(before) && khmerAfter.test(after)) return true;
  if (cursiveAfter.test(after)) return cursiveBefore.test(before);
  return character === joiner && cursiveLetter.test(before) && !wordAfter.test(after);
}
