import type pg from 'pg'
import type { Prisma } from '#server/platform/db/generated/client.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { programVersion } from '#server/platform/machine/program-version.ts'

/**
 * Counts what was asked of production, or takes the answer that was counted from the same links:
 * exact figures depend on nothing else. An answer is taken by the version of the program that gave
 * it alone, since another may write it differently; one that links changed under is not kept.
 * `client` is of the role of exact screens.
 */
export async function answerOnce<Answer>(
  client: pg.ClientBase,
  question: readonly string[],
  count: () => Promise<Answer>,
): Promise<Answer> {
  const linkageVersion = await readVersion(client)
  const asked = { linkageVersion, question: JSON.stringify([programVersion(), ...question]) }
  const kept = await inPrisma(client, (prisma) =>
    prisma.exactAnswer.findUnique({ where: { linkageVersion_question: asked } }),
  )
  // What `count` answered to the same question.
  if (kept !== null) return kept.answer as Answer
  const answer = await count()
  if ((await readVersion(client)) === linkageVersion) {
    await inPrisma(client, async ({ exactAnswer }) => {
      await exactAnswer.deleteMany({ where: { linkageVersion: { not: linkageVersion } } })
      await exactAnswer.createMany({
        data: { ...asked, answer: answer as Prisma.InputJsonValue },
        skipDuplicates: true,
      })
    })
  }
  return answer
}

async function readVersion(client: pg.ClientBase): Promise<bigint> {
  const { version } = await inPrisma(client, ({ linkageState }) =>
    linkageState.findUniqueOrThrow({
      where: { dataset: 'production' },
      select: { version: true },
    }),
  )
  return version
}
