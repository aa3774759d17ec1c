import { startupSnapshot } from 'node:v8'

/** By this name Node hands its own modules to code whose state it keeps. */
declare let require: unknown

/**
 * What a reading process does once it is restored from the state that bin/generate.mjs kept of it: its
 * code is loaded and its tables are built by then, which would be most of its time to begin. No module
 * of Node can be had any more but those that the code has in hand. To be called last.
 */
export function whenRestored(work: () => Promise<void>): void {
  if (require !== undefined) require = undefined
  startupSnapshot.setDeserializeMainFunction(() => {
    void work()
  })
}
