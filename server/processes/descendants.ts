// Finds processes that descend from a child of ours but have left its process group, as a browser does that a test starts.

import { readdirSync, readFileSync } from 'node:fs';

/** `startedAt` (clock ticks since the system's start) tells it from a later process with the same number. */
export interface Descendant {
  readonly pid: number;
  readonly startedAt: string;
}

interface ProcessEntry extends Descendant {
  readonly parent: number;
  readonly group: number;
}

/** The present ones; a process whose ancestors have ended can't be found. Linux only: elsewhere it would take a program to list processes. */
export function descendantsOutsideGroup(root: number): Descendant[] {
  if (process.platform !== 'linux') return [];
  const children = new Map<number, ProcessEntry[]>();
  for (const entry of entries()) children.set(entry.parent, [...(children.get(entry.parent) ?? []), entry]);
  const family: ProcessEntry[] = [...(children.get(root) ?? [])];
  for (const { pid } of family) family.push(...(children.get(pid) ?? []));
  return family.filter(({ group }) => group !== root);
}

/** Whether the process is still the one that was found. */
export function isStill({ pid, startedAt }: Descendant): boolean {
  return entryOf(String(pid))?.startedAt === startedAt;
}

function entries(): ProcessEntry[] {
  try {
    const names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return names.map(entryOf).filter((entry) => entry !== undefined);
  } catch {
    return []; // no /proc here
  }
}

/** proc(5): pid (name) state parent group …; the start time is the 22nd field. The name may hold anything. */
function entryOf(pid: string): ProcessEntry | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { pid: Number(pid), parent: Number(fields[1]), group: Number(fields[2]), startedAt: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}
