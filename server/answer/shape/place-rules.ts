// An answer for a block of a style sheet that gives only what has changed inside of it: the rule in an `@media`, a declaration of a rule.

import { sectionAround } from '../section-tags.ts';
import type { Surroundings } from '../surroundings.ts';
import { mayGo } from './asked-for.ts';
import type { Placement } from './fragment.ts';
import { insideOfBlock, type RulePart, type Rules, rulesIn } from './rule-blocks.ts';
import type { ScopeText } from './scope-text.ts';
import { splice } from './splice-lines.ts';

const ruleLanguages = new Set('css scss less postcss tailwindcss nginx caddyfile'.split(' '));

/** Whether a text is made of blocks with heads, and of statements: style sheets, also those in the file of a page. */
export function hasRules(surroundings: Surroundings): boolean {
  return ruleLanguages.has(surroundings.languageId) || sectionAround(surroundings) === 'style';
}

export interface PlaceRulesOptions {
  readonly scope: ScopeText;
  readonly unit: string | undefined;
  readonly instruction: string;
}

/** The scope with the answer in its place; `uncertain`: it is a part, and its place is not certain; undefined: it is no part of the scope's block. */
export function placeRules(
  answer: readonly string[],
  { scope, unit, instruction }: PlaceRulesOptions,
): readonly string[] | 'uncertain' | undefined {
  const block = insideOfBlock(scope.lines);
  const inside = block && rulesIn(scope.lines.slice(block.from, block.to));
  const given = block && rulesIn(answer);
  if (!inside || !given || given.blocks.some(({ name }) => name === block.name)) return undefined;
  // Statements alone can't be all of a block; other blocks can be what became of it.
  const isKnown = ({ name }: RulePart) => inside.blocks.some((one) => one.name === name);
  if (given.blocks.length > 0 && !given.blocks.some(isKnown)) return undefined;
  if (given.blocks.length === 0 && given.loose.length === 0) return undefined;
  if (mayGo(block.name, instruction) || isUnwrapped(answer, scope.lines.slice(block.from, block.to))) return undefined;
  if (speaksOf(block.name, instruction)) return 'uncertain';
  const places = placesOf(given, inside);
  return places ? replaceAll(answer, places, { scope, unit, from: block.from }) : 'uncertain';
}

/** Whether all that is inside was given as it is: then it is the block around it that goes. */
function isUnwrapped(answer: readonly string[], inside: readonly string[]): boolean {
  const keys = (lines: readonly string[]) => lines.map((line) => line.trim()).filter((key) => key !== '');
  return keys(answer).join('\n') === keys(inside).join('\n');
}

/** Whether an instruction names what the block is: it may be meant to go. */
function speaksOf(head: string, instruction: string): boolean {
  const words = new Set(instruction.toLowerCase().match(/[\p{L}\p{N}-]{3,}/gu));
  return (head.toLowerCase().match(/[\p{L}\p{N}-]{3,}/gu) ?? []).some((word) => words.has(word));
}

interface Place {
  readonly given: RulePart;
  readonly old: RulePart;
}

/** For each part of the answer the one that it stands for; undefined if one is new, or is there twice. */
function placesOf(given: Rules, inside: Rules): Place[] | undefined {
  const places: Place[] = [];
  for (const list of ['blocks', 'loose'] as const) {
    for (const part of given[list]) {
      const [old, ...more] = inside[list].filter(({ name }) => name !== '' && name === part.name);
      if (!old || more.length > 0 || places.some((place) => place.old === old)) return undefined;
      places.push({ given: part, old });
    }
  }
  const starts = [...given.blocks, ...given.loose].map(({ from }) => from);
  // Two on one line can't be told apart by lines.
  return new Set(starts).size === starts.length ? places.sort((a, b) => b.old.from - a.old.from) : undefined;
}

interface Into {
  readonly scope: ScopeText;
  readonly unit: string | undefined;
  /** The line of the scope that its inside begins with. */
  readonly from: number;
}

function replaceAll(answer: readonly string[], places: readonly Place[], { scope, unit, from }: Into): string[] {
  let lines = [...scope.lines];
  for (const { given, old } of places) {
    const part = answer.slice(given.from, given.to);
    const pairs = part.map((_, i) => (i === 0 ? from + old.from : -1));
    const placement: Placement = { from: from + old.from, to: from + old.to, pairs };
    lines = splice(levelled(part), placement, { lines, unit });
  }
  return lines;
}

/** A first line that has lost its indentation stands where the last one does, which closes what it opens. */
function levelled(part: readonly string[]): readonly string[] {
  const space = /^\s*/.exec(part.at(-1)!)![0];
  return part.length > 1 && part.at(-1)!.trim() === '}' ? [space + part[0]!.trimStart(), ...part.slice(1)] : part;
}
