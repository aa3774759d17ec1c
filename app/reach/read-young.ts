import { lookAtYoung } from '#server/figures/measures/look-at-wards.ts'
import { youngTables, type YoungTables } from '#server/figures/measures/tables/young-tables.ts'
import { readWards, type RegisteredWard } from '#server/programme/register/register-names.ts'
import type { PageAsked } from './read-page.ts'

/** Young children reached beside those who live in the wards, for those with the right; undefined for others. */
export async function readYoung(
  { actor, portal, accounts, period }: PageAsked,
  event: Parameters<typeof lookAtYoung>[3],
): Promise<
  { readonly tables: YoungTables; readonly wards: readonly RegisteredWard[] } | undefined
> {
  const looked = await lookAtYoung(portal.looks, actor, period, event)
  if (!looked.ok) return undefined
  const wards = await readWards(accounts.pool, period.to)
  const names = new Map(wards.map(({ code, name }) => [code, name]))
  return { wards, tables: youngTables(looked, names) }
}
