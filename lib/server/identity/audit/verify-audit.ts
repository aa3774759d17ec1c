import { createHash } from 'node:crypto'
import type { ClientBase } from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import { withSnapshot } from '#server/platform/db/pool.ts'
import type { Queries } from '#server/platform/db/query-types.ts'
import { run } from '#server/platform/db/run.ts'

/** A head of the chain that was noted outside the database at some time. */
export interface AuditAnchor {
  readonly seq: number
  /** Hex. */
  readonly hash: string
}

/**
 * What is wrong with an entry: `missing` and `unexpected` are about its number, `edited` about its
 * content.
 */
export type AuditFlaw =
  'missing' | 'unexpected' | 'edited' | 'unchained' | 'cut-off' | 'head-missing' | 'not-as-anchored'

/** The verdict over the log: its head, or the first bad entry. */
export type AuditVerdict =
  | { readonly ok: true; readonly entries: number; readonly head: AuditAnchor }
  | { readonly ok: false; readonly seq: number; readonly flaw: AuditFlaw }

type ChainRow = Queries['audit/chain']['row']

const PAGE = 5_000
const BEGINNING = '00'.repeat(32)

/**
 * Recomputes the chain of the audit log and names the first bad entry: edited, deleted, inserted,
 * moved, or a tail cut off. Who owns the database can recompute the whole chain and its head; only
 * `anchors`, heads noted elsewhere, tell that. The hashes are computed here, not by functions of
 * the database that could have been replaced. Reads in one snapshot, so it can run while others
 * append.
 */
export async function verifyAudit(
  database: Database,
  anchors: readonly AuditAnchor[] = [],
): Promise<AuditVerdict> {
  const known = new Map(anchors.map(({ seq, hash }) => [seq, hash]))
  return withSnapshot(database, (client) => verifyChain(client, known))
}

async function verifyChain(
  client: ClientBase,
  anchors: ReadonlyMap<number, string>,
): Promise<AuditVerdict> {
  const [head] = await run(client, 'audit/head', [])
  const last: { seq: number; hash: string } = { seq: 0, hash: BEGINNING }
  // Numbers begin with 1: one below that is asked for too, since a hostile hand may have put it
  // there.
  for (let after = -Number.MAX_SAFE_INTEGER; ; after = last.seq) {
    const rows = await run(client, 'audit/chain', [after, PAGE])
    for (const row of rows) {
      const flaw = flawOf(row, last, anchors)
      if (flaw !== undefined) return flaw
      last.seq = Number(row.seq)
      last.hash = row.hash
    }
    if (rows.length < PAGE) break
  }
  if (head === undefined) return { ok: false, seq: last.seq, flaw: 'head-missing' }
  const anchored = Math.max(0, ...anchors.keys())
  if (Math.max(Number(head.seq), anchored) > last.seq)
    return { ok: false, seq: last.seq + 1, flaw: 'cut-off' }
  if (Number(head.seq) < last.seq)
    return { ok: false, seq: Number(head.seq) + 1, flaw: 'unexpected' }
  if (head.hash !== last.hash) return { ok: false, seq: last.seq, flaw: 'unchained' }
  return { ok: true, entries: last.seq, head: { seq: last.seq, hash: last.hash } }
}

function flawOf(
  row: ChainRow,
  last: AuditAnchor,
  anchors: ReadonlyMap<number, string>,
): AuditVerdict | undefined {
  const seq = Number(row.seq)
  const bad = (flaw: AuditFlaw, at = seq): AuditVerdict => ({ ok: false, seq: at, flaw })
  if (seq < last.seq + 1) return bad('unexpected')
  if (seq > last.seq + 1) return bad('missing', last.seq + 1)
  if (row.hash !== hashOf(row)) return bad('edited')
  if (row.previous_hash !== last.hash) return bad('unchained')
  const anchor = anchors.get(seq)
  return anchor === undefined || anchor === row.hash ? undefined : bad('not-as-anchored')
}

function hashOf(row: ChainRow): string {
  const hash = createHash('sha256')
  for (const part of [
    row.previous_hash,
    row.seq,
    row.at,
    row.actor,
    row.event,
    row.subject,
    row.detail,
  ]) {
    hash.update(`${Buffer.byteLength(part)}:${part},`)
  }
  return hash.digest('hex')
}
