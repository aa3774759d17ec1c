import { lookAtUse } from '#server/figures/measures/look-at-use.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { EMPTY_FRAMEWORK } from '#core/framework/framework.ts'
import { periodWords } from '#core/standard/quarter.ts'
import {
  activityTable,
  changeTable,
  referralTable,
  scoreTable,
  useTable,
} from '#server/figures/measures/tables/use-tables.ts'
import { scaleNames } from '#server/figures/measures/tables/ways-tables.ts'
import type { ReadPage } from '../read-page.ts'
import type { ToldPage } from '../told-page.tsx'

/** How people used services in a period, for those with the right. */
export const readUse: ReadPage<ToldPage & { readonly isEmpty: boolean }> = async ({
  actor,
  portal,
  accounts,
  period,
}) => {
  const looked = await lookAtUse(portal.looks, actor, period)
  if (!looked.ok) return undefined
  const names = await readRegisterNames(accounts.pool, period.to)
  const named = (code: string): string => names.services.get(code) ?? code
  const scaleNamed = scaleNames((await readFramework(accounts.pool))?.framework ?? EMPTY_FRAMEWORK)
  const { services, referrals, activities, scores, changes } = looked
  return {
    isEmpty: services.length === 0,
    title: `Use of services, ${periodWords(period)}`,
    parts: [
      {
        ...{ heading: 'Who was reached', holds: 'How many people each service reached' },
        ...{ tables: [useTable('people', services, named)], isOpen: true },
      },
      {
        heading: 'Coming to a service',
        holds: 'From referral to start, and who referred people',
        tables: [useTable('waits', services, named), referralTable(referrals, named)],
      },
      {
        ...{ heading: 'Staying with a service', holds: 'Contacts, and how use ended' },
        tables: [useTable('contacts', services, named), useTable('ends', services, named)],
      },
      {
        ...{ heading: 'Activities', holds: 'Activities of each service, and who came' },
        tables: [activityTable(activities, named)],
      },
      {
        ...{ heading: 'Scores', holds: 'Scores of each service, and how they changed' },
        tables: [scoreTable(scores, named, scaleNamed), changeTable(changes, named, scaleNamed)],
      },
    ],
  }
}
