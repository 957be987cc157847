// Makes a plan that breaks a law smaller, as long as it still breaks it.

import type { Action, Plan, Script } from './plan.ts';

/** `breaks` plays a plan and says whether it breaks the law in question. */
export async function shrink(plan: Plan, breaks: (plan: Plan) => Promise<boolean>): Promise<Plan> {
  let best = plan;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const candidate of smaller(best)) {
      if (!(await breaks(candidate))) continue;
      best = candidate;
      isSmaller = true;
      break;
    }
  }
  return best;
}

/** Plans with a little less in them, the boldest first. */
function* smaller(plan: Plan): Generator<Plan> {
  const { actions } = plan;
  for (let size = actions.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at < actions.length; at += size) yield { ...plan, actions: actions.toSpliced(at, size) };
  }
  for (const change of simplePlans) {
    if (Object.entries(change).some(([key, value]) => plan[key as keyof Plan] !== value)) yield { ...plan, ...change };
  }
  if (plan.languages.length > 1 && actions.every(({ doc }) => doc === 0)) {
    yield { ...plan, languages: plan.languages.slice(0, 1) };
  }
  for (const [i, action] of actions.entries()) {
    for (const simpler of simplerActions(action)) yield { ...plan, actions: actions.with(i, simpler) };
  }
}

const simplePlans: readonly Partial<Plan>[] = [
  { delayMs: 0 },
  { joinsUndo: false },
  { fallback: false },
  { marked: true },
  { format: 'rewrite' },
];

function* simplerActions(action: Action): Generator<Action> {
  if ('count' in action && action.count > 1) {
    yield { ...action, count: action.count >> 1 };
    yield { ...action, count: action.count - 1 };
  }
  if (action.kind === 'edit' && action.wait) yield { ...action, wait: false };
  if (action.kind === 'edit' && action.offered) yield { ...action, offered: false };
  if (action.kind === 'edit' && action.directive) yield { ...action, directive: false };
  if (!('script' in action)) return;
  const { script } = action;
  for (const change of simpleScripts) {
    const isNew = Object.entries(change).some(([key, value]) => script[key as keyof Script] !== value);
    if (isNew) yield { ...action, script: { ...script, ...change } };
  }
}

const simpleScripts: readonly Partial<Script>[] = [
  { chunks: 'all' },
  { stallMs: 0 },
  { fence: false },
  { proposes: false },
  { end: 'complete' },
  { answer: 'rewrite' },
  { firstMs: 1 },
];
