import { createHash } from 'node:crypto'
import type { ClientBase } from 'pg'
import type { AuditFlaw, AuditFlawCode } from '#core/messages/operating/audit-words.ts'
import type { Database } from '#server/platform/db/database.ts'
import { withSnapshot } from '#server/platform/db/pool.ts'
import type { Queries } from '#server/platform/db/query-types.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { BEGINNING, type Anchor } from './anchor.ts'

/** What the trail itself and the anchors together tell of it. */
export interface ChainReport {
  /** The first bad entry; null where every entry is as it was written, and as it was anchored. */
  readonly flaw: AuditFlaw | null
  readonly entries: number
  /** Of the last entry, hex. */
  readonly hash: string
  /** When the first entry was written; null in an empty trail. */
  readonly begun: Date | null
  /** Entries that no anchor covers yet, and when the first of them was written. */
  readonly uncovered: {
    readonly entries: number
    readonly seq: number
    readonly since: Date | null
  }
}

type ChainRow = Queries['audit/chain']['row']

const PAGE = 5_000

/**
 * Recomputes the chain of the audit trail, compares it with what `anchors` noted, in the order of
 * their numbers, and names the first bad entry: edited, deleted, inserted, moved, a tail cut off, a
 * chain recomputed. The digests are computed here, not by functions of the database that could have
 * been replaced. Reads in one snapshot, so it can run while others append.
 */
export async function verifyChain(
  database: Database,
  anchors: readonly Anchor[],
): Promise<ChainReport> {
  return withSnapshot(database, async (client) => {
    const [head] = await run(client, 'audit/head', [])
    const walk = new ChainWalk(client, anchors, head)
    const flaw = (await walk.toTheEnd()) ?? walk.flawOfEnd()
    const after = Math.max(0, ...anchors.map(({ seq }) => seq))
    const since = await runForRow(client, 'audit/count-after', [after])
    return {
      flaw,
      entries: Number(head?.entries ?? walk.last.seq),
      hash: walk.last.hash,
      begun: since.begun,
      uncovered: { entries: Number(since.entries), seq: after + 1, since: since.first },
    }
  })
}

/** A walk along the chain, entry by entry, past the anchors that noted them. */
class ChainWalk {
  readonly #client: ClientBase
  /** By the entry they noted. */
  readonly #anchors: ReadonlyMap<number, readonly Anchor[]>
  /** Of the anchors, the one that saw the most entries. */
  readonly #furthest: Anchor | undefined
  readonly #head: Queries['audit/head']['row'] | undefined
  /** Anchors that were found to be as they noted, the last of them last. */
  readonly #agreed: Anchor[] = []
  last = { seq: 0, hash: BEGINNING }

  constructor(
    client: ClientBase,
    anchors: readonly Anchor[],
    head: Queries['audit/head']['row'] | undefined,
  ) {
    this.#client = client
    this.#head = head
    this.#anchors = Map.groupBy(anchors, ({ seq }) => seq)
    this.#furthest = anchors.reduce<Anchor | undefined>(
      (most, anchor) => (most !== undefined && most.seq >= anchor.seq ? most : anchor),
      undefined,
    )
  }

  /** Goes on to the end, or to the first entry that is bad. */
  async toTheEnd(): Promise<AuditFlaw | null> {
    for await (const row of allRows(this.#client)) {
      const flaw = (await this.#flawOf(row)) ?? this.#flawOfAnchors(row)
      if (flaw !== null) return flaw
      this.last = { seq: Number(row.seq), hash: row.hash }
    }
    return null
  }

  /** Of a chain that is whole as far as it goes: whether it goes as far as it should. */
  flawOfEnd(): AuditFlaw | null {
    const { seq, hash } = this.last
    const head = this.#head
    const told = Number(head?.seq ?? 0)
    const anchor = (this.#furthest?.seq ?? 0) > seq ? this.#furthest : undefined
    if (seq === 0 && (told > 0 || anchor !== undefined)) return this.#bad('emptied', 1, anchor)
    if (told > seq) return this.#bad('cut-tail', seq + 1, anchor)
    if (anchor !== undefined) return this.#bad('put-back', seq + 1, anchor)
    if (head === undefined) return this.#bad('head-missing', seq)
    if (told < seq) return this.#bad('inserted', told + 1)
    return head.hash === hash ? null : this.#bad('edited', seq)
  }

  async #flawOf(row: ChainRow): Promise<AuditFlaw | null> {
    const seq = Number(row.seq)
    const expected = this.last.seq + 1
    if (seq < expected) return this.#bad('inserted', seq)
    if (seq > expected) {
      return this.#bad((await this.#isElsewhere(expected)) ? 'reordered' : 'deleted', expected)
    }
    if (row.hash !== hashOf(row, row.seq)) return this.#flawOfChanged(row)
    if (row.previous_hash === this.last.hash) return null
    // It fits its own digest, and not the entry before: that one has another digest than it had,
    // unless an anchor says that it is as it was.
    return this.#bad(
      'edited',
      this.#agreed.at(-1)?.seq === this.last.seq ? seq : Math.max(1, seq - 1),
    )
  }

  #flawOfAnchors({ seq, hash }: ChainRow): AuditFlaw | null {
    for (const anchor of this.#anchors.get(Number(seq)) ?? []) {
      if (anchor.hash !== hash) {
        const before = this.#agreed.findLast(({ number }) => number < anchor.number)
        return {
          ...this.#bad('recomputed', (before?.seq ?? 0) + 1, anchor),
          since: before?.number ?? null,
        }
      }
      this.#agreed.push(anchor)
    }
    return null
  }

  /** What was done to an entry that does not fit its digest: told by which number it fits. */
  async #flawOfChanged(row: ChainRow): Promise<AuditFlaw> {
    const at = Number(row.seq)
    const isElsewhere = await this.#isElsewhere(at)
    const own = await this.#ownNumber(row)
    if (own === undefined) return this.#bad(isElsewhere ? 'inserted' : 'edited', at)
    if (own.number > at) return this.#bad(isElsewhere ? 'reordered' : 'deleted', at)
    // Everything before is where it belongs, so that something came in where this one was.
    if (!own.isThere) return this.#bad('inserted', own.number)
    return this.#bad(isElsewhere ? 'inserted' : 'edited', at)
  }

  /** Whether some entry fits its digest under this number, which another has. */
  async #isElsewhere(number: number): Promise<boolean> {
    for await (const row of allRows(this.#client)) {
      if (Number(row.seq) !== number && row.hash === hashOf(row, String(number))) return true
    }
    return false
  }

  /** The number under which an entry fits its digest, and whether the same stands there too. */
  async #ownNumber(
    bad: ChainRow,
  ): Promise<{ readonly number: number; readonly isThere: boolean } | undefined> {
    const copies: number[] = []
    let highest = Math.max(this.#furthest?.seq ?? 0, Number(this.#head?.seq ?? 0))
    for await (const row of allRows(this.#client)) {
      highest = Math.max(highest, Number(row.seq))
      if (row.hash === bad.hash) copies.push(Number(row.seq))
    }
    for (let number = 1; number <= highest + 1; number += 1) {
      if (bad.hash === hashOf(bad, String(number))) {
        return { number, isThere: copies.includes(number) }
      }
    }
    return undefined
  }

  #bad(code: AuditFlawCode, seq: number, anchor?: Anchor): AuditFlaw {
    return { code, seq, anchor: anchor?.number ?? null, since: this.#agreed.at(-1)?.number ?? null }
  }
}

async function* allRows(client: ClientBase): AsyncGenerator<ChainRow> {
  // Numbers begin with 1: one below that is asked for too, since a hostile hand may have put it
  // there.
  let after = -Number.MAX_SAFE_INTEGER
  for (;;) {
    const rows = await run(client, 'audit/chain', [after, PAGE])
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = Number(last.seq)
  }
}

/** The digest of an entry as it would be under a number. */
function hashOf(row: ChainRow, seq: string): string {
  const { previous_hash, at, actor, event, subject, detail } = row
  const hash = createHash('sha256')
  for (const part of [previous_hash, seq, at, actor, event, subject, detail]) {
    hash.update(`${Buffer.byteLength(part)}:${part},`)
  }
  return hash.digest('hex')
}
