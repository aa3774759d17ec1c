import { createHash } from 'node:crypto'
import type pg from 'pg'
import { decidePart } from '#core/linkage/decide-part.ts'
import type { LinkOptions } from '#core/linkage/evidence.ts'
import type { Join, LinkRecord } from '#core/linkage/part.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { sampleQuarter } from '#server/linkage/decisions/sample-decision.ts'
import { readPolicy } from '#server/linkage/links/linkage-policy.ts'
import { openParts, type PartReader, type PartRecords } from '#server/linkage/links/read-records.ts'
import { readSharedContacts, readStandingDecisions } from '#server/linkage/links/standing.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'

/** Joined pairs that are drawn a quarter. */
const SAMPLE_PAIRS = 100

const DATASET = 'production'

/**
 * Draws the joined pairs that are to be checked in a quarter, once: a random hundred of all joins of
 * two clients, by a lot that the quarter and the links alone decide. Answers how many were drawn; 0
 * where they were drawn before.
 */
export async function drawSample(
  database: Database,
  { actor, now, pairs = SAMPLE_PAIRS }: { actor: string; now: Date; pairs?: number },
): Promise<number> {
  const quarter = sampleQuarter(now)
  return withTransaction(database, async (client) => {
    await takeLinkingLock(client, DATASET)
    const before = await inPrisma(client, ({ reviewSample }) =>
      reviewSample.count({ where: { kind: 'joined', drawnIn: quarter } }),
    )
    if (before > 0) return 0
    const drawn = await drawJoins(client, `sample ${quarter}`, pairs)
    await inPrisma(client, ({ reviewSample }) =>
      reviewSample.createMany({
        data: drawn.map((pair, index) => ({
          ...{ kind: 'joined', drawnIn: quarter, number: index + 1 },
          ...pair,
        })),
      }),
    )
    await appendAudit(client, {
      actor,
      event: 'sample.drawn',
      subject: quarter,
      detail: { pairs: drawn.length },
    })
    return drawn.length
  })
}

interface DrawnPair {
  readonly rule: string
  readonly leftSubmission: string
  readonly leftRow: number
  readonly leftRole: string
  readonly rightSubmission: string
  readonly rightRow: number
  readonly rightRole: string
}

async function drawJoins(client: pg.PoolClient, lot: string, pairs: number): Promise<DrawnPair[]> {
  await run(client, 'linkage/create-change', [])
  const options: LinkOptions = {
    policy: await readPolicy(client, DATASET),
    decisions: await readStandingDecisions(client, DATASET),
    sharedContacts: await readSharedContacts(client, DATASET),
  }
  const readParts = await openParts(client, DATASET)
  const drawn: { readonly left: LinkRecord; readonly right: LinkRecord; readonly rule: string }[] =
    []
  for (const { beneficiary, joins } of await run(client, 'reviewing/list-drawn-joins', [
    lot,
    pairs,
  ])) {
    const part = await readPart(client, readParts, beneficiary)
    if (part === undefined) continue
    drawn.push(...chooseJoins(part, Number(beneficiary), options, lot).slice(0, joins))
  }
  const references = await readReferences(client, drawn)
  // In an order of the lot, so that the first few are as random as all.
  return drawn
    .map(({ left, right, rule }) => ({
      rule,
      leftSubmission: references.get(left.submission) ?? '',
      ...{ leftRow: left.sourceRow, leftRole: left.role },
      rightSubmission: references.get(right.submission) ?? '',
      ...{ rightRow: right.sourceRow, rightRole: right.role },
    }))
    .map((pair) => ({ pair, place: draw(lot, JSON.stringify(pair)) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ pair }) => pair)
}

async function readPart(
  client: pg.PoolClient,
  readParts: PartReader,
  beneficiary: string,
): Promise<PartRecords | undefined> {
  await run(client, 'linkage/clear-scope-part', [])
  const records = await run(client, 'linkage/scope-one-part', [DATASET, Number(beneficiary)])
  let found: PartRecords | undefined
  for await (const part of readParts(0, records)) found = part
  return found
}

/** The joins of two clients that hold a beneficiary together by evidence, in an order of the lot. */
function chooseJoins(
  { records, links }: PartRecords,
  beneficiary: number,
  options: LinkOptions,
  lot: string,
): { readonly left: LinkRecord; readonly right: LinkRecord; readonly rule: string }[] {
  const own = new Map(
    records.flatMap((record, place) =>
      links[place]?.beneficiary === beneficiary ? [[record.id, record] as const] : [],
    ),
  )
  const told = ({ left, right, rule }: Join): ReturnType<typeof chooseJoins> => {
    const [one, other] = [own.get(left), own.get(right)]
    if (one === undefined || other === undefined || one.client === other.client) return []
    // What a person or a key of ours said is not the evidence's to be right about.
    return rule === 'decided' || rule === 'bridge' ? [] : [{ left: one, right: other, rule }]
  }
  return decidePart(records, options)
    .joins.flatMap(told)
    .map((join) => ({ join, place: draw(lot, `${join.left.client} ${join.right.client}`) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ join }) => join)
}

function draw(lot: string, of: string): string {
  return createHash('sha256').update(`${lot} ${of}`, 'latin1').digest('hex')
}

async function readReferences(
  client: pg.ClientBase,
  drawn: readonly { readonly left: LinkRecord; readonly right: LinkRecord }[],
): Promise<ReadonlyMap<number, string>> {
  const ids = new Set(drawn.flatMap(({ left, right }) => [left.submission, right.submission]))
  const rows = await inPrisma(client, ({ submission }) =>
    submission.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, reference: true },
    }),
  )
  return new Map(rows.map(({ id, reference }) => [Number(id), reference]))
}
