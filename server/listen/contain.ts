// Runs what a stranger's bytes have started so that nothing it throws gets out of it.

/** Calls `broken`, which must not throw, if `action` throws or rejects. */
export function contain(action: () => void | Promise<void>, broken: () => void): void {
  try {
    action()?.catch(broken);
  } catch {
    broken();
  }
}
