// Characters that can't be seen are found, but for those that a word or an emoji is spelled with.
import { describe, expect, it } from 'vitest';
import { findInvisible } from '../../server/text/invisible.ts';

const namesIn = (text: string) => findInvisible(text).map(({ character }) => character.codePointAt(0)!.toString(16));

describe('spelling', () => {
  it.each([
    ['Persian', 'می\u200cخواهم کتاب\u200cها'],
    ['Persian, behind a letter that joins nothing', 'کار\u200cخانه'],
    ['Persian, behind a digit', '۲۰\u200cساله'],
    ['Persian, behind a mark', 'مُ\u200cه'],
    ['the Hijri year', '۱۳۹۵ه\u200d'],
    ['Urdu', 'علم\u200cو'],
    ['Syriac', 'ܐ\u200cܒ'],
    ['Hindi', 'क्\u200cष क्\u200dष क्\u200d'],
    ['Marathi', 'र्\u200dय'],
    ['Bengali', 'র\u200d্য'],
    ['Tamil', 'க்\u200cஷ'],
    ['Kannada', 'ರ\u200d್ಯ'],
    ['Malayalam', 'അവന്\u200d'],
    ['Sinhala', 'ක්\u200dෂ'],
    ['Khmer', 'ប៊\u200cី'],
    ['Mongolian', 'ᠪᠠ᠋ ᠬᠠᠷ᠎ᠠ'],
  ])('%s', (_, text) => expect(namesIn(text)).toEqual([]));

  it.each([
    ['Latin', 'a\u200cb', ['200c']],
    ['Cyrillic', 'а\u200dб', ['200d']],
    ['Greek', 'α\u200cβ', ['200c']],
    ['Han', '中\u200c文', ['200c']],
    ['Hebrew', 'א\u200cב', ['200c']],
    ['Thai', 'ก\u200cข', ['200c']],
    ['the edge of a script', 'a\u200cم م\u200ca म\u200da', ['200c', '200c', '200d']],
    ['the edge of a word', '\u200cمی می\u200c خ', ['200c', '200c']],
    ['twice', 'می\u200c\u200cخ', ['200c', '200c']],
    ['Hindi without a virama', 'क\u200cख', ['200c']],
    ['a selector of Mongolian', 'a\u180bb', ['180b']],
    ['other signs between such letters', 'م\u200eخ\u200bم\u202eخ', ['200e', '200b', '202e']],
  ])('but not in %s', (_, text, found) => expect(namesIn(text)).toEqual(found));
});

describe('emoji', () => {
  it.each([
    ['a family', '👨\u200d👩\u200d👧'],
    ['a tone of skin', '👩🏽\u200d🚒'],
    ['a heart on fire', '❤\ufe0f\u200d🔥'],
    ['keycaps', '1\ufe0f\u20e3 #\ufe0f\u20e3'],
    ['flags', '🏳\ufe0f\u200d🌈 🏴\u200d☠\ufe0f 🇫🇷'],
    ['England', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
  ])('%s', (_, text) => expect(namesIn(text)).toEqual([]));

  it.each([
    ['tags without a flag', 'a\u{e0067}\u{e0062}\u{e0065}\u{e007f}', 4],
    ['tags behind another emoji', '👩\u{e0067}\u{e0062}\u{e0065}\u{e007f}', 4],
    ['a flag whose tags do not end', '🏴\u{e0067}\u{e0062}\u{e0065}', 3],
    ['a flag with a message', `🏴${'\u{e0061}'.repeat(40)}\u{e007f}`, 41],
    ['a joiner at a letter', '👩\u200da', 1],
  ])('but not %s', (_, text, count) => expect(namesIn(text)).toHaveLength(count));
});

it('ten thousand flags take no time to speak of', () => {
  const flag = '🏴\u{e0067}\u{e0062}\u{e0065}\u{e007f}';
  expect(findInvisible(flag.repeat(10_000))).toEqual([]);
  expect(findInvisible('🏴\u{e0067}'.repeat(10_000))).toHaveLength(10_000);
});
