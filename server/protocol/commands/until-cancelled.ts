// A request that waits for the end of some work: `$/cancelRequest` on it cancels the work.

import type { CancellationToken } from 'vscode-languageserver-protocol';

/** Resolves when `ended` has; true if the request was cancelled meanwhile. `cancel` is called at most once. */
export async function untilCancelled(
  token: CancellationToken,
  ended: Promise<unknown>,
  cancel: () => void,
): Promise<boolean> {
  let wasCancelled = token.isCancellationRequested;
  const onCancel = () => {
    wasCancelled = true;
    cancel();
  };
  if (wasCancelled) onCancel();
  const subscription = token.onCancellationRequested(onCancel);
  await ended;
  subscription.dispose();
  return wasCancelled;
}
