import type pg from 'pg'
import type { Framework } from '#core/framework/framework.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'

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

/** Reads one version there was; undefined where there is none of that number. */
export async function readFrameworkVersion(
  on: Database | pg.ClientBase,
  version: number,
): Promise<KeptFramework | undefined> {
  const found = await inPrisma(on, ({ frameworkVersion }) =>
    frameworkVersion.findUnique({
      where: { version },
      select: { version: true, framework: true },
    }),
  )
  return found === null
    ? undefined
    : { version: found.version, framework: found.framework as unknown as Framework }
}

/** By whom a version is put in force: by one operator while a programme is set up, and else by two people. */
export interface FrameworkMakers {
  readonly madeBy: string
  readonly agreed?: { readonly approval: string; readonly approvedBy: string }
}

/** Adds a version after those there are, in the transaction of `client`, which holds the framework's lock. */
export async function addFrameworkVersion(
  client: pg.ClientBase,
  { version, framework }: KeptFramework,
  { madeBy, agreed }: FrameworkMakers,
  now: Date,
): Promise<void> {
  await inPrisma(client, ({ frameworkVersion }) =>
    frameworkVersion.create({
      select: { version: true },
      data: { version, framework: jsonValue(framework), madeBy, madeAt: now, ...agreed },
    }),
  )
  const { outcomes, measures, instruments } = framework
  await appendAudit(client, {
    ...{ actor: agreed?.approvedBy ?? madeBy, event: 'framework.put-in-use' },
    subject: String(version),
    detail: {
      ...{ outcomes: outcomes.length, measures: measures.length },
      instruments: instruments.length,
      ...(agreed === undefined ? {} : { approval: agreed.approval }),
    },
  })
}

/**
 * Puts a framework in use in place of the one before, which is kept, as one operator does while a programme is set up. What was
 * read by the one before stays as it is. Answers the number of the version.
 */
export async function putFramework(
  database: Database,
  operator: string,
  framework: Framework,
  now: Date,
): Promise<number> {
  return withTransaction(database, async (client) => {
    await run(client, 'framework/lock-framework', [])
    const version = ((await readFramework(client))?.version ?? 0) + 1
    await addFrameworkVersion(client, { version, framework }, { madeBy: operator }, now)
    return version
  })
}
