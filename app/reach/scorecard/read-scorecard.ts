import { sortRows, type RowOrder } from '#core/measures/scorecard.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { lookAtScorecard, type Beside } from '#server/figures/measures/look-at-scorecard.ts'
import type { NamedScorecard } from '#server/figures/measures/scorecard-files.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { lookAtTargets } from '#server/programme/targets/targets.ts'
import { textIn, type Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { askedPeriod } from '../programme-quarters.ts'

/** The scorecard that an address asks for, and the quarters of which there may be one; undefined for who may not look. */
export async function readScorecard(
  actor: Actor,
  query: Query,
  order: RowOrder,
): Promise<
  (NamedScorecard & { readonly quarters: readonly Quarter[]; readonly wanted: Beside }) | undefined
> {
  const { portal, accounts } = await openRequest()
  const { quarters, to } = askedPeriod(portal.programme, accounts.now(), query)
  const asked = quarters.find((of) => of === textIn(query, 'quarter'))
  const wanted = textIn(query, 'beside') === 'quarter' ? 'quarter' : 'year'
  const looked = await lookAtScorecard(portal.looks, actor, {
    asked,
    otherwise: to,
    beside: wanted,
  })
  if (!looked.ok) return undefined
  const { quarter, rows, beside } = looked
  const aims = await lookAtTargets(accounts, actor, 'exact.see', quarter)
  const { services } = await readRegisterNames(accounts.pool, quarter)
  const named = (code: string): string => services.get(code) ?? code
  const sent = new Set(rows.map(({ service }) => service))
  return {
    ...{ quarter, beside, quarters, wanted, named },
    rows: sortRows(rows, order, named),
    targets: aims.ok ? aims.targets : new Map(),
    silent: [...services]
      .filter(([code]) => !sent.has(code))
      .map(([, name]) => name)
      .sort((left, right) => left.localeCompare(right, 'en-GB')),
  }
}
