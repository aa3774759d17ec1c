import type pg from 'pg'
import { scaleRules } from '#core/measures/paired-change.ts'
import type { Database } from '#server/platform/db/database.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'

/**
 * The scales and windows of the framework in force as the queries of changes take them; undefined where there are none.
 */
export async function changeRules(
  client: Database | pg.ClientBase,
): Promise<readonly [scales: string, windows: string] | undefined> {
  const kept = await readFramework(client)
  const rules = kept === undefined ? [] : scaleRules(kept.framework)
  if (rules.length === 0) return undefined
  const scales = rules.map(({ instrument, subScale: sub_scale, direction, by }) => ({
    ...{ instrument, sub_scale, direction, by },
  }))
  const windows = rules.flatMap(({ instrument, subScale: sub_scale, windows: own }) =>
    own.map((window) => ({ instrument, sub_scale, ...window })),
  )
  return [JSON.stringify(scales), JSON.stringify(windows)]
}
