/** How far an act is that a worker does. */
export const ACT_STAGE_WORDS = {
  waiting: 'Waits to start',
  running: 'Under way',
  done: 'Done',
  refused: 'Not done',
  failed: 'Not done',
} as const
