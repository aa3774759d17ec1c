import { quarterWords } from '#core/standard/quarter.ts'
import { lookAtService, type ServiceTrend } from '#server/figures/measures/look-at-service.ts'
import { reasonTable, trendTables } from '#server/figures/measures/tables/service-tables.ts'
import { readNamesIn, readRegisterNames } from '#server/programme/register/register-names.ts'
import { lookAtTargets, type ServiceTargets } from '#server/programme/targets/targets.ts'
import type { ToldTable } from '#core/measures/told-table.ts'
import { textIn } from '../../guards/query.ts'
import type { ReadPage } from '../read-page.ts'
import type { ToldPage } from '../told-page.tsx'

interface ServicePage extends ToldPage, ServiceTrend {
  readonly name: string
  readonly targets: ServiceTargets
  readonly told: { readonly reasons: ToldTable }
}

/** How one service did in a quarter and the four before it, for those with the right; undefined also for no service. */
export const readService: ReadPage<ServicePage> = async ({
  actor,
  query,
  portal,
  accounts,
  period: { quarters: begun, to },
}) => {
  const service = textIn(query, 'service')
  const { services } = await readRegisterNames(accounts.pool)
  if (!services.has(service)) return undefined
  const asked = begun.find((of) => of === textIn(query, 'quarter'))
  const looked = await lookAtService(portal.looks, actor, { service, asked, otherwise: to })
  if (!looked.ok) return undefined
  const { quarter } = looked
  const name = (await readNamesIn(accounts.pool, [{ service, quarter }]))({ service, quarter })
  const quarters = looked.quarters.filter((of) => begun.includes(of.quarter))
  const aims = await lookAtTargets(accounts, actor, 'exact.see', quarter)
  const targets = (aims.ok ? aims.targets.get(service) : undefined) ?? new Map()
  const reasons = reasonTable(quarters)
  return {
    ...{ name, quarter, quarters, targets, told: { reasons } },
    title: `${name}, ${quarterWords(quarter)}`,
    parts: [],
    inFiles: [...trendTables({ quarter, quarters, targets }), reasons],
  }
}
