/** Told how far linking is: records decided of all that must be. */
export type LinkProgress = (done: number, of: number) => void
