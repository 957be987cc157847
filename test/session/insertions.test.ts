// Lines that are let in beside an edit.

import { expect, it } from 'vitest';
import { Insertions } from '../../server/session/insertions.ts';
import { Desk, hunk } from '../delivery/desk.ts';
import { settle } from '../simulation/time.ts';

it('a line goes where it belongs, also while an edit stands in the wrong place', async () => {
  const desk = new Desk();
  desk.push(desk.region(), hunk);
  // Somebody typed a line above that was not told of yet: the edit hit the line above its own.
  desk.tell('new\nabove\nfn1{\n  one\n}\nbelow\n');
  const clean = 'new\nabove\nfn() {\n  one\n}\nbelow\n';
  expect(desk.delivery.snapshot.text).toBe(clean);
  const insertion = new Insertions().insert({
    owner: {},
    make: ({ text }) => ({ at: text.indexOf('below'), text: 'line\n' }),
    joinsUndo: true,
    delivery: () => desk.delivery,
    endsAround: () => [],
  });
  await settle();
  // As an editor that makes every edit and tells of it.
  for (let told = 1; told < 10 && !desk.made().includes('line'); told++) {
    desk.tell(desk.made());
    await settle();
  }
  desk.tell(desk.made());
  expect(await insertion).toBeUndefined();
  expect(desk.delivery.snapshot.text).toBe('new\nabove\nfn() {\n  1\n}\nline\nbelow\n');
});
