// How scenarios get to where they begin: an edit of the sample's first function that was asked for, is half there, or is done.

import type { TestDocument } from '../client/document.ts';
import type { EditHandle } from '../client/edit-handle.ts';
import type { Call } from '../client/puppet.ts';
import type { World } from '../client/world.ts';
import { firstAfter, firstParts, sampleText } from './samples.ts';

export interface UnderWay {
  readonly document: TestDocument;
  readonly edit: EditHandle;
  readonly call: Call;
}

/** The model was asked and has said nothing. */
export async function begun({ client, model }: World, text = sampleText): Promise<UnderWay> {
  const document = client.open(text);
  const edit = await client.edit(document, 'list[0]');
  return { document, edit, call: await model.next() };
}

/** The first hunk has landed: the document reads FIRST_HALF. */
export async function halfway(world: World): Promise<UnderWay> {
  const underWay = await begun(world);
  underWay.call.say(firstParts[0]!);
  await underWay.edit.hunk(1);
  return underWay;
}

/** The edit has ended: the document reads FIRST_DONE. */
export async function done(world: World): Promise<UnderWay> {
  const underWay = await begun(world);
  underWay.call.answer(firstAfter);
  await underWay.edit.end();
  return underWay;
}

/** Sends the command about an edit (without one: about none in particular) and returns the edit that goes on. */
export async function goOn(
  { client }: World,
  command: 'steer' | 'retry',
  about?: EditHandle,
  more: object = {},
): Promise<EditHandle> {
  const { editId } = await client.command<{ editId: string }>(`quickhand.${command}`, {
    ...(about && { editId: about.editId }),
    ...more,
  });
  return client.handle(editId);
}
