import { createPublicKey, type KeyObject } from 'node:crypto'
import type { AuditFlaw, AuditReport } from '#core/messages/operating/audit-words.ts'
import type { Anchor } from '#server/identity/audit/anchor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { readAnchors } from '#server/identity/audit/read-anchors.ts'
import { verifyChain, type ChainReport } from '#server/identity/audit/verify-audit.ts'
import { readAnchorKey } from '#server/keys/anchor-key.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { openFolderOnce } from '#server/platform/storage/once-written-folder.ts'
import type { Store } from '#server/store/store.ts'
import { openAnchorPlace } from './anchor-place.ts'

/** Entries that no anchor covers after so long say that anchors have stopped, in milliseconds. */
const STOPPED_AFTER = 2 * 60 * 60 * 1000
/** A demonstration needs no anchor before its first hour is over. */
const YOUNG = 60 * 60 * 1000

/** What an auditor checks against instead of what the programme has. */
export interface OwnAnchors {
  /** A folder with their own copy of the anchors. */
  readonly folder?: string | undefined
  /** The public key that they noted. */
  readonly key?: KeyObject | undefined
}

/**
 * Checks the audit trail against its anchors, and the anchors against the key that is known to sign
 * them: the programme's own, kept where the owner of the database does not reach, or an auditor's.
 */
export async function checkAudit(
  store: Pick<Store, 'pool' | 'dataDir' | 'env'>,
  now: Date,
  own: OwnAnchors = {},
): Promise<AuditReport> {
  const isOwn = own.folder !== undefined || own.key !== undefined
  const known = own.key === undefined ? await readAnchorKey(store) : undefined
  const key = own.key ?? (known === undefined ? undefined : createPublicKey(known.key))
  const place = own.folder === undefined ? await openAnchorPlace(store) : openFolderOnce(own.folder)
  const { anchors, flaw } =
    key === undefined ? NONE : await readAnchors(place, key, isOwn ? undefined : known?.last)
  const chain = await verifyChain(store.pool, anchors)
  const isYoung =
    !isOwn &&
    anchors.length === 0 &&
    flaw === null &&
    (await isYoungDemonstration(store, chain, now))
  const flaws = [
    chain.flaw,
    flaw,
    anchors.length === 0 && !isYoung ? noAnchors() : whenStopped(chain, anchors, now),
  ].filter((each) => each !== null)
  const last = anchors.at(-1)
  return {
    isWhole: flaws.length === 0,
    isYoung,
    flaws,
    entries: chain.entries,
    digest: chain.hash,
    anchors: anchors.length,
    lastAnchor: last === undefined ? null : { number: last.number, seq: last.seq, at: last.at },
    uncovered: {
      entries: chain.uncovered.entries,
      since: chain.uncovered.since?.toISOString() ?? null,
    },
  }
}

/**
 * Checks the trail as a worker does, every day and when somebody asks: what it came to is an entry,
 * and is kept for the page.
 */
export async function checkAndNote(
  store: Store,
  now: Date,
  actor = 'worker',
): Promise<AuditReport> {
  const report = await checkAudit(store, now)
  const [flaw] = report.flaws
  await withTransaction(store.pool, async (client) => {
    await inPrisma(client, (prisma) =>
      prisma.auditWatch.updateMany({ data: { checkedAt: now, report: jsonValue(report) } }),
    )
    await appendAudit(client, {
      actor,
      event: 'audit.verified',
      subject: '',
      detail: {
        whole: report.isWhole,
        entries: report.entries,
        anchors: report.anchors,
        ...(flaw === undefined ? {} : { flaw: flaw.code, entry: flaw.seq, anchor: flaw.anchor }),
      },
    })
  })
  return report
}

const NONE: { readonly anchors: readonly Anchor[]; readonly flaw: null } = {
  anchors: [],
  flaw: null,
}

function noAnchors(): AuditFlaw {
  return { code: 'not-anchored', seq: null, anchor: null, since: null }
}

function whenStopped(
  { uncovered }: ChainReport,
  anchors: readonly Anchor[],
  now: Date,
): AuditFlaw | null {
  const { since, seq } = uncovered
  if (since === null || now.getTime() - since.getTime() <= STOPPED_AFTER) return null
  const last = anchors.at(-1)?.number ?? null
  return { code: 'anchors-stopped', seq, anchor: last, since: last }
}

async function isYoungDemonstration(
  { pool }: Pick<Store, 'pool'>,
  { begun }: ChainReport,
  now: Date,
): Promise<boolean> {
  const [programme] = await run(pool, 'programme/read-programme', [])
  if (programme?.live !== false) return false
  return begun === null || now.getTime() - begun.getTime() < YOUNG
}
