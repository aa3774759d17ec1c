import type { Framework } from '#core/framework/framework.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type pg from 'pg'

/** The shared measurement framework as it is in use. */
export interface KeptFramework {
  /** From 1; scores that were read by an older one keep its number. */
  readonly version: number
  readonly framework: Framework
}

/** The framework in use; undefined where a programme has none yet. */
export async function readFramework(
  on: Database | pg.ClientBase,
): Promise<KeptFramework | undefined> {
  const last = await inPrisma(on, ({ frameworkVersion }) =>
    frameworkVersion.findFirst({
      select: { version: true, framework: true },
      orderBy: { version: 'desc' },
    }),
  )
  // What we wrote ourselves.
  return last === null
    ? undefined
    : { version: last.version, framework: last.framework as unknown as Framework }
}

/**
 * Puts a framework in use in place of the one before, which is kept. What was read by the one before
 * stays as it is. Answers the number of the version.
 */
export async function putFramework(
  database: Database,
  actor: string,
  framework: Framework,
  now: Date,
): Promise<number> {
  return withTransaction(database, async (client) => {
    const version = ((await readFramework(client))?.version ?? 0) + 1
    await inPrisma(client, ({ frameworkVersion }) =>
      frameworkVersion.create({
        select: { version: true },
        data: { version, framework: jsonValue(framework), madeBy: actor, madeAt: now },
      }),
    )
    const { outcomes, measures, instruments } = framework
    await appendAudit(client, {
      ...{ actor, event: 'framework.put-in-use', subject: String(version) },
      detail: {
        outcomes: outcomes.length,
        measures: measures.length,
        instruments: instruments.length,
      },
    })
    return version
  })
}
