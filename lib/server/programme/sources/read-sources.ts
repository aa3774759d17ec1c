import type pg from 'pg'
import { readRules, type SourceRules } from '#core/look-up/rules/source-rules.ts'
import type { SourceState } from '#core/look-up/rules/decide-shown.ts'
import type { Stage } from '#core/messages/register/stage-words.ts'
import { isFeedKind, type FeedKind } from '#core/standard/feeds/feed-kinds.ts'
import type { Database } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import type { Programme } from '#server/programme/register/read-programme.ts'

/** A source of a look-up: a service of whose feed practitioners are shown something. */
export interface Source extends SourceState {
  /** Of its service. */
  readonly code: string
  readonly name: string
  readonly provider: string
  readonly kind: FeedKind
  /** Where its data cover people. */
  readonly area: string
  /** What it means that there is no record. */
  readonly noRecord: string
  /** Rises with every change of what is said of it. */
  readonly version: number
  readonly rulesVersion: number
  readonly stage: Stage
  /** When the feed in use came; null where there is none. */
  readonly receivedAt: Date | null
  /**
   * Whether an agreement allows it today: one that names the purpose `look-up` and, in a live
   * programme, its lawful basis, gateway and impact assessment. What is not allowed is neither asked
   * nor shown.
   */
  readonly isCovered: boolean
}

/** Every source, by organisation and name. */
export async function listSources(
  on: Database | pg.ClientBase,
  programme: Pick<Programme, 'live'>,
  now: Date,
): Promise<readonly Source[]> {
  const rows = await run(on, 'sources/list-sources', [dayInLondon(now), programme.live])
  return rows.map(({ kind, rules, coveredFrom, coveredTo, ...row }): Source => ({
    ...row,
    kind: demandKind(kind),
    rules: demandRules(rules),
    coverage: { from: coveredFrom, to: coveredTo },
  }))
}

/** What the files of a service hold, where it is a source. */
export async function kindOfSource(
  on: Database | pg.ClientBase,
  service: string,
): Promise<FeedKind | undefined> {
  const [source] = await run(on, 'sources/kind-of-source', [service])
  return source === undefined ? undefined : demandKind(source.kind)
}

function demandKind(kind: string): FeedKind {
  if (!isFeedKind(kind)) throw new Fault('database-refused', { reason: 'kind of source' })
  return kind
}

/** Rules that were kept have been read before. Throws `database-refused`. */
export function demandRules(rules: unknown): SourceRules {
  const read = readRules(rules)
  if (read === undefined) throw new Fault('database-refused', { reason: 'rules of source' })
  return read
}
