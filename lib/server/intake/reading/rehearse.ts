import { Fault } from '#server/platform/faults/fault.ts'
import { inventedFile } from './invented-file.ts'
import type { Reader } from './reader.ts'
import { follow } from './reading-end.ts'
import type { ReadingTask } from './reading-task.ts'

const LOOK = {
  // Its bytes are in hand.
  source: { kind: 'local', path: '', name: '' },
  previous: null,
  quarter: '2024-Q1',
} as const

/** What is done with everybody's file: it is looked at and checked. */
const REHEARSED: readonly ReadingTask[] = [
  { want: 'profile', ...LOOK },
  {
    ...{ want: 'records', ...LOOK, mapping: null, live: false },
    ...{ providerCode: 'nobody', serviceCode: 'nothing', areas: new Map() },
  },
]

/**
 * Has a process read a file of nobody, so that it is as quick at the next as at its second. Throws
 * Fault where it cannot.
 */
export async function rehearse(reader: Reader): Promise<void> {
  for (const task of REHEARSED) {
    reader.begin(task, [inventedFile()])
    const end = await follow(reader, {})
    if (!end.ok) throw new Fault('reading-failed', { at: 'a file of nobody' })
    await reader.finish()
  }
}
