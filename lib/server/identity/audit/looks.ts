import type pg from 'pg'
import { type Actor, type Right } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from './holds-right.ts'
import { demandEncryption } from '#server/platform/db/encrypted-connection.ts'
import { openPool, withTransaction } from '#server/platform/db/pool.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { appendAudit, type AuditEntry } from './append-audit.ts'

/** The logins that read for a screen what the portal's own may not. */
type Reader = 'exact' | 'audit'

/** Which of them reads what is looked at by a right. */
const READER_OF = {
  'exact.see': 'exact',
  'doubt.see': 'exact',
  'doubt.decide': 'exact',
  'linkage.change': 'exact',
  'stage.change': 'exact',
  'audit.see': 'audit',
  'register.see': 'audit',
} as const satisfies Partial<Record<Right, Reader>>

/** A right by which something is looked at. */
export type LookRight = keyof typeof READER_OF

/** What a look found, and its entry in the audit log. */
export interface Looked<Shown> {
  readonly ok: true
  readonly shown: Shown
  readonly entry: Omit<AuditEntry, 'actor'>
}

/** A refusal, or what is shown. */
export type LookEnd<Shown, Code extends string> = (Shown & { readonly ok: true }) | Refusal<Code>

/** Connections of each login in a process; they are opened when somebody looks. */
const CONNECTIONS = 2

/**
 * The one way of the portal to records, exact figures and the audit log. The connections that read
 * them are in here and come out for a look alone: of an actor who has the right, and with its entry
 * in the audit log, without which nothing is shown.
 */
export class Looks {
  readonly #pools: Readonly<Record<Reader, pg.Pool>>

  /** At the addresses of the logins that read for the screens. */
  constructor(addresses: Readonly<Record<Reader, string>>) {
    const open = (reader: Reader): pg.Pool => openPool(addresses[reader], { max: CONNECTIONS })
    this.#pools = { exact: open('exact'), audit: open('audit') }
  }

  /** A look and its entry, in one transaction. What is refused shows nothing. */
  async take<Shown extends object, Code extends string = never>(
    actor: Actor,
    right: LookRight,
    look: (client: pg.PoolClient) => Promise<Looked<Shown> | Refusal<Code>>,
  ): Promise<LookEnd<Shown, Code | 'not-found'>> {
    const pool = this.#pools[READER_OF[right]]
    if (!(await holdsRight(pool, actor, right))) return NOT_HELD
    return withTransaction(pool, async (client) => {
      const looked = await look(client)
      if (!looked.ok) return looked
      await appendAudit(client, { actor: actor.userId, ...looked.entry })
      return { ok: true, ...looked.shown }
    })
  }

  /** Throws `database-unencrypted` where a connection leaves this machine without TLS. */
  async demandEncryption(): Promise<void> {
    for (const pool of Object.values(this.#pools)) await demandEncryption(pool)
  }

  /** Ends its connections. */
  async close(): Promise<void> {
    for (const pool of Object.values(this.#pools)) await pool.end()
  }
}
