// A model that a lane of the configuration stands for, its endpoint opened.

import type { AnswerFormat } from '../edit/engine.ts';
import type { Provider } from '../models/model.ts';

export interface LaneModel {
  readonly lane: string;
  readonly label: string;
  readonly model: string;
  readonly provider: Provider;
  readonly format?: AnswerFormat;
  readonly maxOutputTokens?: number;
}
