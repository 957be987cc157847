// Processes that descend from one of ours but have left its group, as browsers do that a test starts.

import { readdirSync, readFileSync } from 'node:fs';

/** `startedAt` (clock ticks since the system's start) tells it from a later process with the same number. */
export interface Stray {
  readonly pid: number;
  readonly startedAt: string;
}

interface Entry extends Stray {
  readonly parent: number;
  readonly group: number;
}

/** Those of now; a descendant whose parents have ended is nobody's any more. Linux only, elsewhere none: nothing there tells without starting a program. */
export function straysOf(root: number): Stray[] {
  if (process.platform !== 'linux') return [];
  const children = new Map<number, Entry[]>();
  for (const entry of entries()) children.set(entry.parent, [...(children.get(entry.parent) ?? []), entry]);
  const family: Entry[] = [...(children.get(root) ?? [])];
  for (const { pid } of family) family.push(...(children.get(pid) ?? []));
  return family.filter(({ group }) => group !== root);
}

/** Whether the process is still the one that was found. */
export function isStill({ pid, startedAt }: Stray): boolean {
  return entryOf(String(pid))?.startedAt === startedAt;
}

function entries(): Entry[] {
  try {
    const names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return names.map(entryOf).filter((entry) => entry !== undefined);
  } catch {
    return []; // no /proc here
  }
}

/** proc(5): pid (name) state parent group …; the start time is the 22nd field. The name may hold anything. */
function entryOf(pid: string): Entry | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { pid: Number(pid), parent: Number(fields[1]), group: Number(fields[2]), startedAt: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}
