// The laws of the life of an edit: it begins after its answer, has exactly one end, and that end says what is so.

import { changesOf, withLf } from '../buffer.ts';
import type { Asked } from '../model.ts';
import { type Facts, type Json, tagOf } from './facts.ts';
import type { Requests } from './requests.ts';
import type { Sending } from './sending.ts';
import { Watched } from './watched.ts';

interface EndTold {
  readonly outcome: string;
  readonly reason?: string;
  readonly state: string;
  readonly putRight?: readonly string[];
}

export class Lives {
  readonly #facts: Facts;
  readonly #requests: Requests;
  readonly #sending: Sending;
  readonly #progress = new Map<string, 'begun' | 'ended'>();
  readonly #asked: Asked[] = [];

  constructor(facts: Facts, { requests, sending }: { requests: Requests; sending: Sending }) {
    this.#facts = facts;
    this.#requests = requests;
    this.#sending = sending;
  }

  eventSent(event: Json): void {
    const editId = event.editId as string;
    const edit = this.#facts.edits.get(editId);
    if (event.kind === 'begin') return this.#begun(event);
    if (!edit) return this.#facts.broken('exactly one end', `${event.kind} of ${editId}, which has not begun`);
    if (edit.ended) return this.#facts.broken('exactly one end', `${event.kind} of ${editId} after its end`);
    if (event.kind === 'hunk') this.#toldOfHunk(edit);
    if (event.kind === 'end') this.#ended(edit, event as never);
  }

  #toldOfHunk(edit: Watched): void {
    edit.hunks++;
    if (edit.landings > 0 || this.#facts.options.marked) return;
    this.#facts.loosen(edit.doc, 'the person typed what an edit was to bring');
  }

  #begun(event: Json): void {
    const { editId, uri, version, range, instruction } = event as never as {
      editId: string;
      uri: string;
      version: number;
      range: never;
      instruction: string;
    };
    const doc = this.#facts.options.docs.get(uri)!;
    if (this.#facts.edits.has(editId)) return this.#facts.broken('exactly one end', `${editId} begins twice`);
    const tag = tagOf(instruction);
    const { promised, waiting } = this.#requests.begins(editId, tag);
    if (!promised && !waiting) this.#facts.broken('answers first', `${editId} begins before its answer`);
    const known = this.#facts.knownOf(doc);
    const askedAt = (promised?.versions ?? waiting?.versions)?.get(doc);
    const life = askedAt?.life ?? known.life;
    const buffer = doc.told[life]?.get(version) ?? known.buffer;
    const [span] = changesOf(buffer.text, [{ range, newText: '' }]) ?? [];
    if (!span) return this.#facts.broken('edits fit', `${editId} begins at a range that does not exist`);
    const mode = promised?.applies ? 'atomic' : this.#facts.options.modeOf(tag);
    const edit = new Watched({
      ...{
        editId,
        doc,
        life,
        tag,
        mode,
        authors: this.#facts.options.authors,
        buffer,
        version,
        from: span.from,
        to: span.to,
        directive: this.#facts.options.directiveOf(tag),
      },
    });
    this.#facts.edits.set(editId, edit);
    if (waiting) waiting.edit = edit;
    this.#sending.takeUntold(edit, buffer);
    // What was read since the answer has touched the edit if it touched what it was asked for.
    edit.touched =
      this.#facts.isTouched(edit, doc.buffer) ||
      edit.isLineTaken(buffer, doc.buffer) ||
      [...doc.told[life]!].some(([v, told]) => v > version && !doc.halfway.has(told) && edit.differs(buffer, told)) ||
      askedAt?.version !== version;
    if (edit.base === '') this.#facts.count('places for new code');
    if (promised?.applies) this.#applies(edit, promised.applies);
    promised?.begins(edit);
    if (!promised?.applies) edit.isOffer = this.#facts.options.isOfferOf(edit.first.tag);
    if (edit.directive && known.version !== doc.version && !doc.buffer.text.includes(edit.directive))
      this.#facts.loosen(doc, 'the person took out a directive before its edit began');
    if (known.version === undefined || life !== known.life) edit.stop ??= 'its document was closed';
    if (waiting?.cancelled) edit.stop ??= '$/cancelRequest was read';
    this.#facts.count('edits');
  }

  /** What is offered is its answer. */
  #applies(edit: Watched, offer: Watched): void {
    edit.corrects = offer;
    edit.isAccepted = true;
    const { asked } = offer;
    if (!asked) return this.#facts.broken('one question', `${edit.editId} applies an answer that nobody gave`);
    this.#begins(edit, asked);
    const { around } = edit;
    // Where it has to wait, or the code has changed, it may find that it fits no more.
    const text = around && edit.told(withLf(edit.textIn(this.#facts.knownOf(edit.doc).buffer)), around);
    if (text !== asked.base) edit.overwritten = true;
  }

  #ended(edit: Watched, end: EndTold): void {
    const { outcome, reason = '', state, putRight = [] } = end;
    edit.isOffered = state === 'offered';
    if (edit.isOffered) this.#facts.count('offers');
    edit.ended = { outcome, reason, putRight };
    this.#facts.count(`outcome: ${outcome}${outcome === 'cancelled' || outcome === 'failed' ? ` (${reason})` : ''}`);
    const { asked } = edit;
    const isWhole = asked !== undefined && asked.end === 'complete' && asked.sent === asked.answer.length;
    const expected = isWhole ? this.#facts.expectedOf(edit) : 'failed';
    const isClosed = this.#facts.knownOf(edit.doc).version === undefined;
    const isJudged = !edit.touched && !edit.overwritten && !isClosed && !this.#facts.isLoose(edit);
    if (outcome === 'completed') {
      if (!isWhole) this.#facts.broken('nothing half', `${edit.editId} is completed although the answer is not whole`);
      if (expected === 'rejected')
        this.#facts.broken(
          'nothing half',
          `${edit.editId} is completed although the answer is ${asked?.script.answer}`,
        );
      if (edit.isOffer) this.#checkOffer(edit, isJudged);
      else if (isJudged && !this.#facts.beginsLikeDocument(edit)) this.#facts.checkText(edit, asked!.target, 'exact');
      return;
    }
    if (outcome === 'superseded' || this.#facts.isShutDown) return;
    // Directives are written alike, also where nothing else is.
    const isMarked = this.#facts.options.marked && edit.directive === undefined;
    const isCertain = isJudged && edit.stop === undefined && (!edit.isMixed || isMarked);
    if (isCertain && expected === 'completed' && this.#facts.options.ways.answers) {
      this.#facts.broken(
        'never disturbed',
        `${edit.editId} is ${outcome} (${reason}) although nothing stood in its way`,
      );
    }
    if (outcome === 'cancelled' && isCertain && this.#facts.options.ways.answers) {
      this.#facts.broken('never disturbed', `${edit.editId} is cancelled (${reason}) although nobody did`);
    }
    if (!asked || !isJudged || !this.#facts.options.ways.answers || !(outcome === 'rejected' || edit.revert)) return;
    // A later edit of its chain reverts it.
    const isLast = edit.revert !== 'chain' || this.#facts.lastOfChain(edit) === edit;
    if (edit.isAlone && isLast) this.#facts.checkText(edit, edit.origin, 'one step back');
  }

  #checkOffer(edit: Watched, isJudged: boolean): void {
    if (edit.hunks > 0) this.#facts.broken('offers change nothing', `${edit.editId} has told of a hunk`);
    if (isJudged) this.#facts.checkText(edit, edit.askedAbout ?? edit.asked!.base, 'offers change nothing');
  }

  progressSent({ token, value }: { token: string; value: { kind: string } }): void {
    const state = this.#progress.get(token);
    const isFine = value.kind === 'begin' ? state === undefined : state === 'begun';
    if (!isFine)
      this.#facts.broken('exactly one end', `progress ${value.kind} of ${token}, which has ${state ?? 'not begun'}`);
    this.#progress.set(token, value.kind === 'end' ? 'ended' : 'begun');
  }

  asked(asked: Asked): void {
    this.#facts.say(
      () => `model is asked [${asked.tag}]: ${JSON.stringify(asked.base)} → ${JSON.stringify(asked.answer)}`,
    );
    this.#asked.push(asked);
    const edit = this.#facts.all.findLast((each) => each.tag === asked.tag && each.running);
    if (!edit)
      return this.#facts.broken('one question', `a model is asked for an edit that does not run [${asked.tag}]`);
    this.#begins(edit, asked);
    const { buffer } = this.#facts.knownOf(edit.doc);
    if (!edit.around || edit.touched || edit.overwritten) return;
    const text = edit.told(withLf(edit.textIn(buffer)), edit.around);
    if (text !== undefined && text !== asked.base) {
      this.#facts.broken(
        'the request says everything',
        `the scope is ${JSON.stringify(asked.base)}, not ${JSON.stringify(text)}`,
      );
    }
    const { retries } = edit;
    if (retries?.asked && retries.isAlone && this.#facts.options.ways.answers) {
      const origin = edit.told(withLf(retries.origin), edit.around);
      if (origin !== undefined && origin !== asked.base) {
        this.#facts.broken(
          'one step back',
          `asked again from ${JSON.stringify(asked.base)}, not from ${JSON.stringify(origin)}`,
        );
      }
    }
  }

  /** The question is put: what stands around the region now counts for its answer. */
  #begins(edit: Watched, asked: Asked): void {
    edit.asked = asked;
    if (this.#facts.isLoose(edit)) return;
    const { buffer } = this.#facts.knownOf(edit.doc);
    const hull = edit.hull(buffer);
    if (!hull) return;
    edit.around = { before: buffer.text.slice(0, hull.from), after: buffer.text.slice(hull.to) };
    edit.askedAbout = edit.directive === undefined ? undefined : withLf(edit.textIn(buffer));
  }

  says(asked: Asked, text: string): void {
    this.#facts.say(() => `model says [${asked.tag}]: ${JSON.stringify(text)}`);
    const edit = this.#facts.all.findLast((each) => each.asked === asked);
    if (edit?.stop && !edit.revert)
      this.#facts.broken('stopped at once', `the model still talks although ${edit.stop}`);
    if (edit?.ended) this.#facts.broken('stopped at once', 'the model still talks after the end of its edit');
  }

  /** Nothing moves any more. */
  atRest(open: Iterable<{ method: string }>): void {
    for (const { method } of open) this.#facts.broken('one answer', `${method} was never answered`);
    for (const editId of this.#requests.promised) this.#facts.broken('exactly one end', `${editId} never began`);
    for (const edit of this.#facts.all) {
      if (edit.running) this.#facts.broken('exactly one end', `${edit.editId} never ended`);
      else this.#checkReverted(edit);
    }
    for (const [token, state] of this.#progress) {
      if (state !== 'ended') this.#facts.broken('exactly one end', `progress ${token} never ended`);
    }
    for (const asked of this.#asked) if (asked.running) this.#facts.broken('stopped at once', 'a model runs for ever');
  }

  #checkReverted(edit: Watched): void {
    if (!edit.revert || !edit.asked || !edit.isAlone || this.#facts.isLoose(edit)) return;
    if (!this.#facts.options.ways.answers || edit.life !== edit.doc.life) return;
    const isLast = !this.#facts.all.some((other) => other.corrects === edit || other.retries === edit);
    if (!isLast) return;
    this.#facts.count('reverts checked');
    this.#facts.checkText(edit, edit.origin, 'one step back');
  }
}
