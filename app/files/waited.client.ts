let isWaiting = false

/** Notes that somebody waits on this page for a job to be over. */
export function beginWait(): void {
  isWaiting = true
}

/** Whether somebody waited; asked once. */
export function endWait(): boolean {
  const waited = isWaiting
  isWaiting = false
  return waited
}
