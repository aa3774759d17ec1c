import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Decision } from '#core/linkage/part.ts'
import type { PolicyName } from '#core/linkage/policy.ts'
import { type Grouping, GROUPINGS } from '#core/reach/measure.ts'
import { openPool, withTransaction } from '#server/platform/db/pool.ts'
import { changeLinks, type LinkPace } from '#server/linkage/links/change-links.ts'
import { measureReach } from '#server/figures/reach/measure-reach.ts'
import { withinTime } from '../../../setup/within-time.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'
import { linkInMemory, reachInMemory, type Situation } from '../linkage-oracle.ts'
import {
  decidedClients,
  emptyStore,
  insertDecision,
  keepFile,
  linkFile,
  makeProgramme,
  setPolicy,
  sideOf,
  type StandingFile,
  withdrawFile,
} from '../programme-store.ts'
import { files, QUARTERS, type SaidFile } from '../small-world.ts'
import { readStored, type StoredLinkage } from '../stored-linkage.ts'

/**
 * Changes come one by one, and are followed through the parts they touch; after each the store must
 * hold what deciding everything gives, on the database and in memory.
 */

let database: TestDatabase
let pool: pg.Pool

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openPool(database.url)
  await makeProgramme(pool)
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

/**
 * How a change is followed: part by part, over everything, or as the portal chooses; all in memory
 * at once, or a part or two.
 */
const paces = fc.option(
  fc.record({
    wholeShare: fc.constantFrom(Infinity, Infinity, Infinity, 0),
    chunkRecords: fc.constantFrom(1, 3, 60_000),
    // Evidence settled at once, now and then, or never.
    recentShare: fc.constantFrom(0, 0.5, 1e6),
  }),
  { nil: undefined, freq: 5 },
)
const crashes = fc.constantFrom(false, false, false, false, true)

type Step = { readonly crash: boolean } & (
  | { readonly what: 'send'; readonly file: SaidFile; readonly pace: LinkPace | undefined }
  | { readonly what: 'withdraw'; readonly which: number }
  | {
      readonly what: 'decide'
      readonly kind: Decision['kind']
      readonly left: number
      readonly right: number
    }
  | { readonly what: 'undo'; readonly which: number }
  | { readonly what: 'relink'; readonly policy: PolicyName }
)

const nats = fc.nat(1000)
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      what: fc.constant('send' as const),
      file: files(),
      pace: paces,
      crash: crashes,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ what: fc.constant('withdraw' as const), which: nats, crash: crashes }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('decide' as const),
      kind: fc.constantFrom<Decision['kind'][]>('same', 'same', 'different', 'nhs-wrong'),
      left: nats,
      right: nats,
      crash: crashes,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('undo' as const), which: nats, crash: crashes }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('relink' as const),
      policy: fc.constantFrom<PolicyName[]>('cautious', 'cautious', 'leap-2020'),
      crash: crashes,
    }),
  },
)

interface Taken {
  readonly id: number
  readonly decision: Decision
}

/** What should stand in the store. */
interface World {
  readonly files: readonly StandingFile[]
  readonly decisions: readonly Taken[]
  readonly policy: PolicyName
}

const EMPTY: World = { files: [], decisions: [], policy: 'cautious' }

class Crash extends Error {}

/** Takes one step in one transaction, which a crash at its end undoes. */
async function take(step: Step, world: World): Promise<World> {
  try {
    return await withTransaction(pool, async (client) => {
      const next = await change(client, step, world)
      if (step.crash) throw new Crash()
      return next
    })
  } catch (error) {
    if (error instanceof Crash) return world
    throw error
  }
}

async function change(client: pg.PoolClient, step: Step, world: World): Promise<World> {
  const dataset = 'production'
  const { files: standing, decisions } = world
  switch (step.what) {
    case 'send': {
      const { service, quarter } = step.file
      const place = standing.find((file) => file.service === service && file.quarter === quarter)
      const arriving = await keepFile(client, dataset, step.file)
      await linkFile(client, dataset, arriving, place, step.pace)
      return { ...world, files: [...standing.filter((file) => file !== place), arriving] }
    }
    case 'withdraw': {
      const leaving = standing[step.which % Math.max(1, standing.length)]
      if (leaving === undefined) return world
      await withdrawFile(client, dataset, leaving)
      return { ...world, files: standing.filter((file) => file !== leaving) }
    }
    case 'decide': {
      const decision = drawDecision(step, standing)
      if (decision === undefined) return world
      const id = await insertDecision(client, dataset, decision)
      await changeLinks(client, {
        dataset,
        arriving: [],
        leaving: [],
        decidedClients: decidedClients(decision),
      })
      return { ...world, decisions: [...decisions, { id, decision: { ...decision, order: id } }] }
    }
    case 'undo': {
      const undone = decisions[step.which % Math.max(1, decisions.length)]
      if (undone === undefined) return world
      await client.query('update decision set undone_at = now() where id = $1', [undone.id])
      await changeLinks(client, {
        dataset,
        arriving: [],
        leaving: [],
        decidedClients: decidedClients(undone.decision),
      })
      return { ...world, decisions: decisions.filter((taken) => taken !== undone) }
    }
    case 'relink': {
      await setPolicy(client, dataset, step.policy)
      await changeLinks(client, { dataset, arriving: [], leaving: [], whole: true })
      return { ...world, policy: step.policy }
    }
  }
}

function drawDecision(
  { kind, left, right }: Extract<Step, { what: 'decide' }>,
  standing: readonly StandingFile[],
): Decision | undefined {
  const records = standing.flatMap((file) => file.records)
  const [one, other] = [records[left % records.length], records[right % records.length]]
  if (one === undefined || other === undefined) return undefined
  const [a, b] = [sideOf(one), sideOf(other)]
  if (a === undefined || b === undefined) return undefined
  if (kind !== 'nhs-wrong') return { kind, left: a, right: b, order: 0 }
  return one.nhsNumber === null ? undefined : { kind, left: a, nhsNumber: one.nhsNumber, order: 0 }
}

/** What deciding everything again would make of the store; the store stays as it is. */
async function relinked(): Promise<StoredLinkage> {
  let found: StoredLinkage | undefined
  await withTransaction(pool, async (client) => {
    await changeLinks(client, { dataset: 'production', arriving: [], leaving: [], whole: true })
    found = await readStored(client, 'production')
    throw new Crash()
  }).catch((error: unknown) => {
    if (!(error instanceof Crash)) throw error
  })
  return found ?? expect.fail('a relink read nothing')
}

async function stored(): Promise<StoredLinkage> {
  return withTransaction(pool, (client) => readStored(client, 'production'))
}

async function check(world: World, grouping: readonly Grouping[]): Promise<void> {
  const situation: Situation = {
    files: world.files,
    decisions: world.decisions.map(({ decision }) => decision),
    policy: world.policy,
  }
  const inStore = await stored()
  const inMemory = linkInMemory(situation)
  expect(inStore.classes).toEqual(inMemory.classes)
  expect(inStore.doubts).toEqual(inMemory.doubts)
  expect(inStore.shared).toEqual(inMemory.shared)
  expect(await relinked()).toEqual(inStore)
  checkReferences(inStore)
  const [from, to] = [QUARTERS[0], QUARTERS[world.files.length % QUARTERS.length] ?? QUARTERS[0]]
  const reach = await measureReach(pool, { dataset: 'production', from, to }, grouping)
  expect(reach).toEqual(reachInMemory(situation, inMemory, { from, to }, grouping))
}

/**
 * Every beneficiary has records and one reference of its own, and every alias leads to one of them.
 */
function checkReferences({ references, aliases, known }: StoredLinkage): void {
  expect([...new Set(references.values())].sort()).toEqual(known)
  expect(new Set(known).size).toBe(known.length)
  for (const [alias, reference] of aliases) {
    expect(known).not.toContain(alias)
    expect(known).toContain(reference)
  }
}

const RUNS = Number(process.env['COUNTONCE_LINKAGE_RUNS'] ?? 12)

describe('linkage on the database', () => {
  test(
    '[S49] equals deciding everything, on the database and in memory, however it came to be',
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(steps, { minLength: 12, maxLength: 30, size: 'max' }),
          fc.subarray([...GROUPINGS]),
          async (way, grouping) => {
            await emptyStore(pool)
            let world = EMPTY
            for (const [index, step] of way.entries()) {
              world = await take(step, world)
              if (index % 3 === 2) await check(world, grouping)
            }
            await check(world, grouping)
          },
        ),
        { numRuns: RUNS, plugins: [withinTime(500_000)] },
      )
    },
  )
})
