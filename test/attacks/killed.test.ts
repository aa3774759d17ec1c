import { afterAll, beforeAll, expect, test } from 'vitest'
import { FAULT_POINTS, type FaultPoint } from '#server/platform/faults/fault-points.ts'
import {
  copyStore,
  opened,
  prepareStore,
  removeStore,
  runOn,
  writeBeside,
  type Prepared,
} from '../server/intake/submissions/crashes.ts'
import { children, csv, mothers } from '../server/intake/submissions/small-files.ts'
import {
  countSubmissions,
  figures,
  holdings,
  take,
} from '../server/intake/submissions/small-programme.ts'

/**
 * The program is killed (kill -9) in the midst of a file, and whoever sent it sends it again. All numbered points are tried in
 * test/server/intake/submissions/crash.
 */

const FILE = csv([...children(0, 12), ...mothers(0, 4)])
const AT: readonly FaultPoint[] = ['before-records-commit', 'during-links', 'after-linking-commit']

let empty: Prepared
let undisturbed: unknown
beforeAll(async () => {
  empty = await prepareStore(() => Promise.resolve())
  const copy = await copyStore(empty)
  undisturbed = await opened(copy, async (store) => {
    await take(store, { bytes: FILE })
    return figures(store)
  })
  await removeStore(copy)
}, 120_000)
afterAll(() => removeStore(empty))

test.each(AT)(
  'attack 18: [S45] killed %s, and the same file sent again: the same counts, once',
  async (point) => {
    const copy = await copyStore(empty)
    try {
      const path = await writeBeside(copy.dataDir, 'clients.csv', FILE)
      const send = ['ingest', path, '--service', 'stay-and-play', '--quarter', '2024-Q1']
      const killed = await runOn(copy, send, FAULT_POINTS[point])
      expect(killed.signal).toBe('SIGKILL')
      const again = await runOn(copy, send)
      expect([again.status, again.stderr]).toEqual([0, expect.any(String)])
      await opened(copy, async (store) => {
        expect(await figures(store)).toEqual(undisturbed)
        expect(await countSubmissions(store)).toBe(1)
        expect(await holdings(store)).toMatchObject({ auditIsWhole: true })
      })
    } finally {
      await removeStore(copy)
    }
  },
  120_000,
)
