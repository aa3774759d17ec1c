import { poolOf, type Database } from '#server/platform/db/database.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { asItself } from '#server/platform/machine/own-context.ts'
import { appendAudit } from './append-audit.ts'

/** What was refused, and to whom. */
export interface RefusedAct {
  readonly event: 'access.refused' | 'sign-in.refused' | 'token.refused'
  /** Why: a code of ours. */
  readonly reason: string
  /** The reference of a user or token; null where nobody is known. */
  readonly actor: string | null
  /** A keyed digest of the network address, hex; null where there is none. */
  readonly from: string | null
  /** Where in the portal: a word of ours. */
  readonly at?: string
}

/** How long the same refusals are counted before their number is an entry, in milliseconds. */
const MINUTE = 60_000

/**
 * How many different refusals are told apart in a minute, of known people and of addresses; what
 * comes beyond is counted together, so that a flood from everywhere fills neither memory nor the
 * trail.
 */
const MOST = { known: 400, unknown: 50 } as const

/**
 * Makes a refusal an entry of the audit trail, in a transaction of its own. The first of its kind
 * and person (or address) is one at once; those that follow are counted, and are one entry with
 * their number when the minute ends. Throws when the entry could not be written; it is then counted
 * too.
 */
export async function recordRefusal(database: Database, refused: RefusedAct): Promise<void> {
  await bookOf(database).record(refused)
}

/** Writes what was counted and is not written yet: when the minute ends, or the process. */
export async function writeCountedRefusals(database: Database): Promise<void> {
  await bookOf(database).write()
}

interface Counted {
  readonly refused: RefusedAct
  /** Since the last entry about them. */
  more: number
}

/** The refusals that one process counts on the way to one database. */
class RefusalBook {
  readonly #database: Database
  #counted = new Map<string, Counted>()
  #timer: NodeJS.Timeout | undefined

  constructor(database: Database) {
    this.#database = database
  }

  async record(given: RefusedAct): Promise<void> {
    const refused = this.#withinBounds(given)
    const key = keyOf(refused)
    if (this.#timer === undefined) this.#timer = this.#startMinute()
    const counted = this.#counted.get(key)
    if (counted !== undefined) {
      counted.more += 1
      return
    }
    const first = { refused, more: 0 }
    this.#counted.set(key, first)
    try {
      await append(this.#database, [{ refused, more: 1 }])
    } catch (error) {
      first.more += 1
      throw error
    }
  }

  async write(): Promise<void> {
    const ended = [...this.#counted]
    // Who goes on being refused stays known, so that each minute has one entry; others are forgotten.
    this.#counted = new Map()
    const told = ended.map(([, { refused, more }]) => ({ refused, more })).filter(isRepeated)
    for (const [key, { refused, more }] of ended) {
      if (more > 0) this.#counted.set(key, { refused, more: 0 })
    }
    try {
      await append(this.#database, told)
    } catch (error) {
      // Counted on, and written with the next.
      for (const { refused, more } of told) {
        const counted = this.#counted.get(keyOf(refused))
        if (counted !== undefined) counted.more += more
      }
      throw error
    }
  }

  #startMinute(): NodeJS.Timeout {
    const end = (): void => {
      this.#timer = this.#counted.size === 0 ? undefined : this.#startMinute()
      // What cannot be written now is written with the next minute's.
      this.write().catch(() => undefined)
    }
    return asItself(() => setTimeout(end, MINUTE).unref())
  }

  #withinBounds(refused: RefusedAct): RefusedAct {
    if (this.#counted.has(keyOf(refused))) return refused
    const isKnown = refused.actor !== null
    const alike = [...this.#counted.values()].filter(
      (counted) => (counted.refused.actor !== null) === isKnown,
    )
    if (alike.length < (isKnown ? MOST.known : MOST.unknown)) return refused
    return { event: refused.event, reason: refused.reason, actor: null, from: null, at: 'many' }
  }
}

function isRepeated({ more }: Counted): boolean {
  return more > 0
}

function keyOf({ event, reason, actor, from }: RefusedAct): string {
  return [event, reason, actor ?? `from ${from ?? ''}`].join(' ')
}

async function append(database: Database, told: readonly Counted[]): Promise<void> {
  if (told.length === 0) return
  await withTransaction(database, async (client) => {
    for (const { refused, more } of told) {
      const { event, reason, actor, from, at } = refused
      await appendAudit(client, {
        actor: actor ?? 'portal',
        event,
        subject: actor ?? '',
        detail: {
          reason,
          times: more,
          ...(from === null ? {} : { from }),
          ...(at === undefined ? {} : { at }),
        },
      })
    }
  })
}

/** One book a pool, whoever the database is bound to. */
const BOOKS = new WeakMap<object, RefusalBook>()

function bookOf(database: Database): RefusalBook {
  const { pool } = poolOf(database)
  const book = BOOKS.get(pool) ?? new RefusalBook(pool)
  BOOKS.set(pool, book)
  return book
}
