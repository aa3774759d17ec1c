/**
 * Lets nothing be said on the console of this process. Next tells there what failed, with its stack
 * and with what a browser sent: the number of an action, a part of a form. What failed is told by
 * code and reference in instrumentation.ts, and by lines of ours on standard error.
 */
export function sayNothing(): void {
  const nothing = (): void => undefined
  const kinds = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const
  Object.assign(console, Object.fromEntries(kinds.map((kind) => [kind, nothing])))
}
