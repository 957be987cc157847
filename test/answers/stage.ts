// Plays cases on the real server, one after the other: an editor that applies what it is told, and model servers that say a case's answer.

import type { EditEvent } from '../../server/protocol/quickhand-messages.ts';
import { type Rehearsal, startRehearsal } from '../../server/rehearsal/rehearsal.ts';
import { readTask } from '../../server/rehearsal/request.ts';
import { TestClient } from '../client/client.ts';
import { rangeIn, type TestDocument } from '../client/document.ts';
import type { AnswerCase } from './answer-case.ts';
import { ChatEvents } from './chat-events.ts';
import { chunksOf, type Random } from './chunking.ts';
import { answerText, formatOf, type Way, wires } from './ways.ts';

/** What became of a case. */
export interface Played {
  readonly outcome: string;
  readonly reason?: string;
  readonly text: string;
  /** Every text of the buffer after the base, in order. */
  readonly states: readonly string[];
  /** The scope, in UTF-16 offsets of the base; undefined if the edit never began. */
  readonly scope?: { readonly from: number; readonly to: number };
  readonly putRight: readonly string[];
  /** How many chunks the answer came in. */
  readonly chunks: number;
}

export class Stage {
  readonly #client: TestClient;
  readonly #model: Rehearsal;
  readonly #events: ChatEvents;
  readonly #script: AnswerScript;

  private constructor(parts: { client: TestClient; model: Rehearsal; events: ChatEvents; script: AnswerScript }) {
    this.#client = parts.client;
    this.#model = parts.model;
    this.#events = parts.events;
    this.#script = parts.script;
  }

  static async open(): Promise<Stage> {
    const script = new AnswerScript();
    const model = await startRehearsal({
      rate: Number.POSITIVE_INFINITY,
      answer: ({ text }) => ({ chunks: script.chunks(text) }),
    });
    const events = await ChatEvents.start();
    const client = await TestClient.start({ initializationOptions: settings(model.url, events.url) });
    return new Stage({ client, model, events, script });
  }

  async play(one: AnswerCase, way: Way, random: Random): Promise<Played> {
    const client = this.#client;
    const { base, file, languageId, answer } = one;
    if ('events' in answer) this.#events.says(answer.events, random);
    else this.#script.next = { parts: answer, form: way.form, random };
    const document = client.open(base, { name: file, languageId });
    const lane = 'events' in answer ? 'events' : laneOf(way);
    try {
      const { editId } = await client.command<{ editId: string }>('quickhand.edit', argumentOf(one, document, lane));
      const end = await client.handle(editId).end();
      client.tell(document);
      return { ...played(document, client.log.of(editId)), ...endOf(end), chunks: this.#script.sent };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { outcome: 'not begun', reason, text: document.text, states: [], putRight: [], chunks: 0 };
    } finally {
      client.closeDocument(document);
      client.log.clear();
      client.applyEdits.length = 0;
      client.wire.transcript.length = 0;
    }
  }

  /** What the server said that no server may say, so far. */
  get faults(): readonly string[] {
    return this.#client.wire.faults;
  }

  async close(): Promise<void> {
    await this.#client.shutdown().then(() => this.#client.exited());
    await this.#client.dispose();
    await this.#model.close();
    await this.#events.close();
  }
}

/** The answer that the next request gets. */
class AnswerScript {
  next: { parts: Parameters<typeof answerText>[0]; form: Way['form']; random: Random } | undefined;
  sent = 0;

  chunks(prompt: string): string[] {
    if (!this.next) return [];
    const { parts, form, random } = this.next;
    const task = readTask(prompt);
    const scope = task?.format === 'search-replace' ? task.scope : undefined;
    const chunks = chunksOf(answerText(parts, form, scope), random);
    this.sent = chunks.length;
    return chunks;
  }
}

const laneOf = ({ form, wire }: Way) => `${wire}-${formatOf(form)}`;

function settings(model: string, events: string): object {
  const lanes = wires.flatMap((wire) =>
    (['rewrite', 'search-replace'] as const).map((format) => [
      `${wire}-${format}`,
      { provider: wire, model: 'm', format },
    ]),
  );
  return {
    providers: {
      websocket: { api: 'responses', transport: 'websocket', baseUrl: model },
      sse: { api: 'chat', transport: 'sse', baseUrl: model },
      events: { api: 'chat', transport: 'sse', baseUrl: events },
    },
    lanes: {
      fast: { provider: 'websocket', model: 'm' },
      events: { provider: 'events', model: 'm', format: 'rewrite' },
      ...Object.fromEntries(lanes),
    },
  };
}

function argumentOf({ place, isSelection, base, scope, instruction }: AnswerCase, { uri }: TestDocument, lane: string) {
  const range = rangeIn(base, place.from, place.to);
  const where = isSelection ? { range } : { position: range.start };
  return { textDocument: { uri }, ...where, ...(scope !== undefined && { scope }), instruction, lane };
}

function played(document: TestDocument, events: readonly EditEvent[]): Pick<Played, 'text' | 'states' | 'scope'> {
  const [base, ...states] = [...document.history.values()].map(({ text }) => text);
  const begin = events.find((event) => event.kind === 'begin');
  const scope = begin?.kind === 'begin' ? { scope: offsetsIn(base!, begin.range) } : {};
  return { text: document.text, states, ...scope };
}

function offsetsIn(text: string, { start, end }: ReturnType<typeof rangeIn>): { from: number; to: number } {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return { from: starts[start.line]! + start.character, to: starts[end.line]! + end.character };
}

function endOf(end: { outcome: string; reason?: string; putRight?: readonly string[] }) {
  const { outcome, reason, putRight = [] } = end;
  return { outcome, putRight, ...(reason !== undefined && { reason }) };
}
