// quickhand.status: what is configured, what runs, and how fast the last edit was.

import type { EditSession } from '../../session/edit-session.ts';
import type { LaneStatus, ServerStatus } from '../quickhand-messages.ts';
import type { Command } from '../server-context.ts';

export const status: Command<ServerStatus> = ({ config, edits, lanes, version }) => {
  const names = [...new Set(['fast', 'deep', ...Object.keys(config.lanes)])];
  const described = names.map((name) => [name, lanes.describe(name)] as const);
  const last = edits.ended.at(-1);
  return {
    version,
    models: [...new Set(described.flatMap(([, { label, problem }]) => (problem === undefined ? [label] : [])))],
    lanes: Object.fromEntries(described.map(([name, lane]) => [name, describe(lane)])),
    running: edits.running.map((session) => ({ ...summary(session), phase: session.phase })),
    ...(last && {
      last: {
        ...summary(last),
        outcome: last.outcome,
        ...(last.reason && { reason: last.reason }),
        timing: last.timing,
      },
    }),
  };
};

function describe({
  label,
  model,
  rehearsal,
  problem,
}: {
  label: string;
  model: string;
  rehearsal: boolean;
  problem?: string;
}): LaneStatus {
  return problem === undefined ? { label, model, rehearsal } : { problem };
}

function summary(session: EditSession) {
  return {
    editId: session.editId,
    uri: session.uri,
    lane: session.request.lanes[0],
    model: session.request.label,
    state: session.review.state,
  };
}
