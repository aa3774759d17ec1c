import type pg from 'pg'
import type { ContactLimits } from '#core/linkage/policy.ts'
import type { Database } from '#server/platform/db/database.ts'
import { takeLinkingLock } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { PSEUDONYM_NAMES } from '#server/store/record-columns.ts'
import { PartDecider } from './decide-parts.ts'
import { moveEvidence, rebuildEvidence } from './evidence.ts'
import { groupParts, meetContacts } from './group-parts.ts'
import type { LinkProgress } from './link-progress.ts'
import { readPolicy } from './linkage-policy.ts'
import { beginChange, readingBeside } from './reading-beside.ts'

/**
 * What changed: submissions whose records arrive or leave, clients that a decision now speaks of,
 * or everything.
 */
export interface LinkChange {
  readonly dataset: Dataset
  readonly arriving: readonly string[]
  readonly leaving: readonly string[]
  /** Client pseudonyms (uuid) of a decision that was taken or undone. */
  readonly decidedClients?: readonly string[]
  /** Decide every record again, as under a new policy. */
  readonly whole?: boolean
  /**
   * Done once it is known what is decided again, and before it is: records that arrived under the id
   * of no submission, beside others of theirs that are linked, go under their own.
   */
  readonly settle?: (client: pg.PoolClient) => Promise<void>
  /**
   * Where all records and links may be read meanwhile as they stand: given where the caller's
   * transaction has changed none of them.
   */
  readonly beside?: Database
}

/** What a change of links came to. */
export interface LinkOutcome {
  /** Records decided again, in how many parts, and how many of them changed hands. */
  readonly records: number
  readonly parts: number
  readonly changed: number
  readonly whole: boolean
}

/** How a change is worked on: what comes out is the same. */
export interface LinkPace {
  /**
   * Beyond this share of all records, those that leave among them, deciding everything is faster
   * than following a change, and making evidence anew than taking away what leaves.
   */
  readonly wholeShare: number
  /** About how many records are in memory at a time. */
  readonly chunkRecords: number
  /**
   * Recent evidence is moved to the large table once it is more than this share of what is there.
   */
  readonly recentShare: number
}

const PACE: LinkPace = { wholeShare: 0.4, chunkRecords: 60_000, recentShare: 0.125 }

/**
 * Makes links and figures what they would be had the arriving submissions always been there and the
 * leaving ones never: under the dataset's one lock, in the caller's transaction. Records of leaving
 * submissions are unlinked; removing them is the caller's. Whole and partial runs use one decision
 * and give the same partition, families and doubts; a change that brings or takes more than
 * `wholeShare` of all records is run whole.
 */
export async function changeLinks(
  client: pg.PoolClient,
  change: LinkChange,
  onProgress: LinkProgress = () => undefined,
  { wholeShare, chunkRecords, recentShare } = PACE,
): Promise<LinkOutcome> {
  await takeLinkingLock(client, change.dataset)
  faultPoint('after-linking-lock')
  await beginChange(client)

  const policy = await readPolicy(client, change.dataset)
  const standing = await standingSubmissions(client, change)
  const share = wholeShare * (standing.records + standing.leaving)
  const whole = change.whole === true || standing.arriving + standing.leaving > share
  const isAsItStands = whole && change.leaving.length === 0 && change.settle === undefined
  return readingBeside(client, isAsItStands ? change.beside : undefined, async (connections) => {
    const { reader } = connections
    const move = (): Promise<void> =>
      standing.leaving > share
        ? rebuildEvidence(client, change.dataset, standing.ids)
        : moveEvidence(client, change, { bulk: whole, recentShare })
    if (reader === client) await move()
    if (whole || policy.contactLimits === null)
      await run(client, 'shared-contacts/remove-shared-contacts', [change.dataset])
    else await countContacts(client, change, policy.contactLimits)
    if (!whole) await touchParts(client, change)
    await forgetLeaving(client, change, whole)
    const records = await listScope(reader, change, whole ? standing.ids : undefined)
    await change.settle?.(client)
    faultPoint('after-edges')

    const limits = whole ? policy.contactLimits : null
    const { dataset } = change
    const grouping = await meetContacts(connections, dataset, { records, limits })
    const decider = await PartDecider.open(client, dataset, policy)
    // Beside the reading: nothing else is written before it is done.
    const moved = reader === client ? Promise.resolve() : move()
    const decide = async (): Promise<LinkOutcome> => {
      const parts = await groupParts(grouping, chunkRecords)
      const changed = await decider.decide(reader, parts, moved, onProgress)
      return { records, parts: parts.parts, changed, whole }
    }
    const [outcome] = await bothDone(decide(), moved)
    await finishLinks(client, change.dataset)
    faultPoint('after-links')
    return outcome
  })
}

/** What two works come to once both have ended; what one fails of is thrown when the other has ended too. */
async function bothDone<One, Other>(
  one: Promise<One>,
  other: Promise<Other>,
): Promise<[One, Other]> {
  await Promise.allSettled([one, other])
  return Promise.all([one, other])
}

interface Standing {
  /** Submissions that count once the change is made. */
  readonly ids: readonly string[]
  readonly records: number
  /** Records that arrive with the change, and those that leave. */
  readonly arriving: number
  readonly leaving: number
}

async function standingSubmissions(client: pg.ClientBase, change: LinkChange): Promise<Standing> {
  const { dataset, arriving, leaving } = change
  const rows = await run(client, 'linkage/list-standing-submissions', [dataset, arriving, leaving])
  const total = (counted: typeof rows): number => counted.reduce((sum, row) => sum + row.records, 0)
  const standing = rows.filter((row) => !row.leaves)
  return {
    ids: standing.map((row) => row.id),
    records: total(standing),
    arriving: total(standing.filter((row) => row.arrives)),
    leaving: total(rows.filter((row) => row.leaves)),
  }
}

async function countContacts(
  client: pg.PoolClient,
  { dataset, arriving, leaving }: LinkChange,
  { own, carer }: ContactLimits,
): Promise<void> {
  const names = { dataset, ...PSEUDONYM_NAMES }
  await run(client, 'shared-contacts/list-changed-contacts', [[...arriving, ...leaving]], names)
  await run(client, 'tables/analyze', [], { table: 'changed_contact' })
  await run(client, 'shared-contacts/recount-changed-contacts', [dataset, own, carer], names)
  await run(client, 'shared-contacts/keep-crossed-contacts', [dataset])
}

/** Fills `touched_part`, while what leaves is still linked. */
async function touchParts(client: pg.PoolClient, change: LinkChange): Promise<void> {
  const { dataset, arriving, leaving, decidedClients = [] } = change
  await run(client, 'decisions/name-decided-clients', [decidedClients])
  const names = { dataset, ...PSEUDONYM_NAMES }
  await run(client, 'linkage/list-touched-parts', [dataset, arriving, leaving], names)
  await run(client, 'tables/analyze', [], { table: 'touched_part' })
}

/** Fills `scope`; answers how many records are in it. */
async function listScope(
  client: pg.PoolClient,
  { dataset, arriving }: LinkChange,
  all: readonly string[] | undefined,
): Promise<number> {
  const records =
    all === undefined
      ? await run(client, 'linkage/list-scope', [arriving], { dataset })
      : await run(client, 'linkage/list-whole-scope', [all], { dataset })
  await run(client, 'tables/analyze', [], { table: 'scope' })
  return records
}

async function forgetLeaving(
  client: pg.PoolClient,
  change: LinkChange,
  whole: boolean,
): Promise<void> {
  const { dataset, leaving } = change
  await run(client, whole ? 'decisions/remove-all-doubts' : 'decisions/remove-doubts', [dataset])
  // What deletes records by hand leaves links, at which every later change of their part would stop.
  if (change.whole === true) await run(client, 'linkage/remove-lost-links', [], { dataset })
  if (leaving.length === 0) return
  await run(client, 'linkage/remove-links', [leaving], { dataset })
  await run(client, 'beneficiaries/carry-beneficiaries', [], { dataset })
}

async function finishLinks(client: pg.PoolClient, dataset: Dataset): Promise<void> {
  await run(client, 'beneficiaries/merge-beneficiaries', [dataset], { dataset })
  await run(client, 'beneficiaries/remove-unlinked-beneficiaries', [dataset], { dataset })
  await run(client, 'decisions/weigh-doubts', [dataset, []])
  await run(client, 'linkage/count-up-version', [dataset])
}
