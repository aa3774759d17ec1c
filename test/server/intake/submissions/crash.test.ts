import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { FAULT_POINTS, type FaultPoint } from '#server/platform/faults/fault-points.ts'
import { listReleases } from '#server/figures/releases/list-releases.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { findLinked } from '#server/intake/submissions/read-submission.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import {
  copyStore,
  opened,
  prepareStore,
  removeStore,
  runOn,
  sweepTomorrow,
  writeBeside,
  type Prepared,
} from './crashes.ts'
import { children, csv, mothers } from './small-files.ts'
import { ACTOR, figures, holdings, send, take, type Holdings } from './small-programme.ts'

/** What is done to a store, where it can die, and what a retry does. */
interface Operation {
  readonly name: string
  /** Whether the service's file of the quarter is there before. */
  readonly standing: boolean
  readonly args: (from: Prepared) => Promise<readonly string[]>
  /** Points before whose passing nothing of it is in the figures. */
  readonly before: readonly FaultPoint[]
  /** Points past which all of it is. */
  readonly after: readonly FaultPoint[]
  readonly retry: (store: OwnProgrammeStore, from: Prepared) => Promise<void>
}

const PLACE = { dataset: 'production', service: 'stay-and-play', quarter: '2024-Q1' } as const
const OLDER = csv([...children(0, 8), ...mothers(0, 2)])
const FILE = csv([...children(4, 14), ...mothers(4, 8)])
const INGEST = ['ingest', '--service', PLACE.service, '--quarter', PLACE.quarter, '--json']

const OPERATIONS: readonly Operation[] = [
  {
    name: 'ingest',
    standing: false,
    args: async ({ dataDir }) => [...INGEST, await writeBeside(dataDir, 'clients.csv', FILE)],
    before: [
      'after-file-key',
      'during-file-write',
      'after-file-write',
      'after-submission-received',
      'before-records',
      'during-copy',
      'after-copy',
      'after-submission-mapped',
      'after-submission-checked',
      'after-submission-accepted',
      'after-pseudonyms',
      'before-records-audit',
      'before-records-commit',
      'after-records-commit',
      'before-file-erased',
      'after-file-key-erased',
      'after-file-erased',
      'before-linking',
      'after-linking-lock',
      'after-edges',
      'during-links',
      'after-links',
      'after-figures',
      'before-linking-audit',
      'before-linking-commit',
    ],
    after: ['after-linking-commit'],
    retry: async (store) => {
      await take(store, { bytes: FILE })
    },
  },
  {
    name: 'ingest --replace',
    standing: true,
    args: async ({ dataDir }) => [
      ...INGEST,
      '--replace',
      await writeBeside(dataDir, 'clients.csv', FILE),
    ],
    // One of each transaction, and between them: all that lie in one are tried in the ingest above.
    before: [
      'before-records-commit',
      'after-records-commit',
      'during-links',
      'before-linking-commit',
    ],
    after: ['after-linking-commit'],
    retry: async (store) => {
      await take(store, { bytes: FILE, choices: { replace: true } })
    },
  },
  {
    name: 'withdraw',
    standing: true,
    args: async (from) => ['withdraw', await standingReference(from)],
    before: ['during-links', 'before-withdrawal-commit'],
    after: ['after-withdrawal-commit'],
    retry: async (store) => {
      const standing = await findLinked(store.pool, PLACE)
      if (standing === undefined) return
      expect(await withdrawSubmission(store, standing.reference, ACTOR)).toMatchObject({ ok: true })
    },
  },
  {
    name: 'keys rotate',
    standing: true,
    args: () => Promise.resolve(['keys', 'rotate']),
    before: ['before-rotation-commit'],
    after: ['after-rotation-commit'],
    retry: async (_store, from) => {
      expect(await runOn(from, ['keys', 'rotate'])).toMatchObject({ status: 0 })
    },
  },
  {
    name: 'release',
    standing: true,
    args: () => Promise.resolve(['release', '--json']),
    before: ['before-release-commit'],
    after: [],
    retry: async (store, from) => {
      expect(await listReleases(store.pool)).toEqual([])
      expect(await runOn(from, ['release', '--json'])).toMatchObject({ status: 0 })
      expect(await listReleases(store.pool)).toHaveLength(1)
    },
  },
]

let base: Prepared
let standing: Prepared

beforeAll(async () => {
  const others = { bytes: csv([...children(0, 10), ...mothers(0, 6)]), service: 'health-visiting' }
  base = await prepareStore(async (store) => {
    await take(store, others)
  })
  standing = await prepareStore(async (store) => {
    await take(store, others)
    await take(store, { bytes: OLDER })
  })
})

afterAll(async () => {
  await removeStore(base)
  await removeStore(standing)
})

async function standingReference(from: Prepared): Promise<string> {
  const submission = await opened(from, (store) => findLinked(store.pool, PLACE))
  if (submission === undefined) throw new Error('no submission stands')
  return submission.reference
}

/** A store of one test's own. */
async function freshStore({ standing: isStanding }: Operation): Promise<Prepared> {
  const store = await copyStore(isStanding ? standing : base)
  onTestFinished(() => removeStore(store))
  return store
}

describe.each(OPERATIONS)('[S45] kill -9 during $name', (operation) => {
  const { args, before, after, retry } = operation
  let undisturbed: Holdings
  let untouched: Holdings

  beforeAll(async () => {
    const store = await copyStore(operation.standing ? standing : base)
    untouched = await opened(store, holdings)
    expect(await runOn(store, await args(store))).toMatchObject({ status: 0, signal: null })
    undisturbed = await opened(store, holdings)
    await removeStore(store)
  })

  const points = [
    ...before.map((point) => ({ point, done: false })),
    ...after.map((point) => ({ point, done: true })),
  ]

  test.each(points)(
    'at $point leaves all of it or nothing, and a retry gives the same',
    async ({ point, done }) => {
      const store = await freshStore(operation)
      const number = FAULT_POINTS[point]
      const ended = await runOn(store, await args(store), number)
      expect(ended).toMatchObject({ signal: 'SIGKILL', stdout: '' })
      await opened(store, async (open) => {
        const found = await holdings(open)
        expect(found).toMatchObject({ strays: 0, auditIsWhole: true })
        expect(found.reach).toEqual(done ? undisturbed.reach : untouched.reach)
        expect(found.linked).toEqual(done ? undisturbed.linked : untouched.linked)
        // Whether the retry comes before the day's end or after it.
        if (number % 2 === 1) await sweepTomorrow(open)
        await retry(open, store)
        await sweepTomorrow(open)
        expect(await holdings(open)).toEqual(undisturbed)
      })
    },
  )
})

/** Where a worker is killed that answers a page: server/jobs/asks/busy-worker. */
const OF_ASKS: readonly FaultPoint[] = ['after-ask-taken', 'before-ask-answered']

/** Where a worker is killed that carries out a person's request, or makes an extract: server/jobs/carrying-out/killed. */
const OF_RIGHTS: readonly FaultPoint[] = [
  ...(['before-rights-commit', 'after-rights-commit', 'before-extract-commit'] as const),
]

/** Where a worker is killed that looks somebody up: server/look-up/killed. */
const OF_LOOK_UPS: readonly FaultPoint[] = ['before-look-up-commit']

test('[S45] every numbered fault point is reached by one of these', () => {
  const reached = new Set([
    ...OPERATIONS.flatMap(({ before, after }) => [...before, ...after]),
    ...OF_ASKS,
    ...OF_RIGHTS,
    ...OF_LOOK_UPS,
  ])
  expect(Object.keys(FAULT_POINTS).filter((point) => !reached.has(point as FaultPoint))).toEqual([])
})

test('[S45] a retry with another mapping keeps what that mapping came to', async () => {
  const store = await copyStore(base)
  onTestFinished(() => removeStore(store))
  const path = await writeBeside(store.dataDir, 'clients.csv', FILE)
  const ended = await runOn(store, [...INGEST, path], FAULT_POINTS['after-submission-accepted'])
  expect(ended.signal).toBe('SIGKILL')
  await opened(store, async (open) => {
    const mapping = { columns: { client_ref: 'client_ref', contacts: 'contacts' } }
    const sent = await take(open, { bytes: FILE, choices: { mapping, confirm: true } })
    const { rows } = await open.pool.query<{ fields: string[]; findings: number; roles: number }>(
      `select array(select jsonb_object_keys(m.mapping -> 'columns') order by 1) as fields,
        (select count(*)::int from finding_count where submission_id = s.id and code = 'birth-missing') as findings,
        (select count(distinct role)::int from record where submission_id = s.id) as roles
       from submission s join service_mapping m using (service_code) where id = $1`,
      [sent.submission.id],
    )
    expect(rows).toEqual([{ fields: ['client_ref', 'contacts'], findings: 0, roles: 1 }])
  })
})

test.each(['blobs', 'keys/portal/files'])(
  '[S45] a file that is lost from %s while it is held is taken when it is sent again',
  async (place) => {
    const store = await copyStore(base)
    onTestFinished(() => removeStore(store))
    const path = await writeBeside(store.dataDir, 'clients.csv', FILE)
    const ended = await runOn(store, [...INGEST, path], FAULT_POINTS['after-submission-received'])
    expect(ended.signal).toBe('SIGKILL')
    const [name = ''] = await readdir(join(store.dataDir, place))
    await rm(join(store.dataDir, place, name))
    await opened(store, async (open) => {
      await take(open, { bytes: FILE })
      await sweepTomorrow(open)
      expect(await holdings(open)).toMatchObject({
        blobs: [],
        fileKeys: [],
        filesNamed: 0,
        strays: 0,
      })
    })
  },
)

test('[S37] [S45] a half-done rotation stops new files with what to do, and after it no count has changed', async () => {
  const store = await copyStore(standing)
  onTestFinished(() => removeStore(store))
  const [wanted, counted] = await opened(store, async (open) => {
    const reach = await figures(open)
    await take(open, { bytes: FILE, quarter: '2024-Q2' })
    return [reach, await figures(open)]
  })
  const rotated = await copyStore(standing)
  onTestFinished(() => removeStore(rotated))
  await runOn(rotated, ['keys', 'rotate'], FAULT_POINTS['before-rotation-commit'])
  await opened(rotated, async (open) => {
    expect(await figures(open)).toEqual(wanted)
    await expect(send(open, { bytes: FILE, quarter: '2024-Q2' })).rejects.toMatchObject({
      code: 'keys-behind',
    })
  })
  expect(await runOn(rotated, ['keys', 'rotate'])).toMatchObject({ status: 0 })
  await opened(rotated, async (open) => {
    expect(await figures(open)).toEqual(wanted)
    await take(open, { bytes: FILE, quarter: '2024-Q2' })
    expect(await figures(open)).toEqual(counted)
    expect(open.keys.platform).toHaveLength(2)
  })
})
