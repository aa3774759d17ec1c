import type pg from 'pg'
import type { DailyKind } from '#core/retention/schedule.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'

/** What the daily job counts and removes of each kind of the schedule, in the caller's transaction. */

/** How one kind is counted, and how what was counted goes: both by what is from before a moment. */
interface Due {
  readonly count: (client: pg.ClientBase, before: Date) => Promise<number>
  readonly remove: (client: pg.ClientBase, before: Date) => Promise<number>
}

/** Submissions that are over: what is kept about them can go. */
const ENDED = ['linked', 'rejected', 'withdrawn']

/** Kinds whose removal is one transaction. Records are taken out a submission at a time, as by a withdrawal. */
export const DUE: Readonly<Record<Exclude<DailyKind, 'records'>, Due>> = {
  findings: {
    count: (client, before) =>
      inPrisma(client, (prisma) => prisma.findingRowList.count({ where: ofOld(before) })),
    remove: (client, before) =>
      inPrisma(client, async (prisma) => {
        const { count } = await prisma.findingRowList.deleteMany({ where: ofOld(before) })
        await prisma.findingCount.updateMany({ where: ofOld(before), data: { firstRows: [] } })
        return count
      }),
  },
  remembered: {
    count: async (client, before) => {
      const where = { serviceCode: { in: await listOver(client, before) } }
      return inPrisma(
        client,
        async (prisma) =>
          (await prisma.serviceMapping.count({ where })) +
          (await prisma.furtherMapping.count({ where })) +
          (await prisma.rememberedReplacement.count({ where })),
      )
    },
    remove: async (client, before) => {
      const where = { serviceCode: { in: await listOver(client, before) } }
      return inPrisma(client, async (prisma) => {
        const mappings = await prisma.serviceMapping.deleteMany({ where })
        const further = await prisma.furtherMapping.deleteMany({ where })
        const replacements = await prisma.rememberedReplacement.deleteMany({ where })
        return mappings.count + further.count + replacements.count
      })
    },
  },
  drafts: {
    count: (client, before) =>
      inPrisma(client, ({ act }) =>
        act.count({ where: { kind: 'draft-release', endedAt: { lt: before } } }),
      ),
    remove: (client, before) => run(client, 'retention/remove-acts', [before, true]),
  },
  acts: {
    count: (client, before) =>
      inPrisma(client, ({ act }) =>
        act.count({ where: { kind: { not: 'draft-release' }, endedAt: { lt: before } } }),
      ),
    remove: (client, before) => run(client, 'retention/remove-acts', [before, false]),
  },
  mails: {
    count: (client, before) =>
      inPrisma(client, ({ outboxMail }) => outboxMail.count({ where: oldMails(before) })),
    remove: async (client, before) => {
      const gone = await inPrisma(client, ({ outboxMail }) =>
        outboxMail.deleteMany({ where: oldMails(before) }),
      )
      return gone.count
    },
  },
  leavers: {
    count: (client, before) =>
      inPrisma(client, ({ user }) =>
        user.count({ where: { disabledAt: { lt: before }, forgottenAt: null } }),
      ),
    remove: async (client, before) =>
      (await runForRow(client, 'retention/forget-leavers', [before])).forgotten,
  },
  'look-ups': {
    count: (client, before) =>
      inPrisma(client, ({ lookUp }) => lookUp.count({ where: { askedAt: { lt: before } } })),
    remove: (client, before) =>
      inPrisma(client, async ({ lookUp }) => {
        const old = { askedAt: { lt: before } }
        await lookUp.updateMany({ where: { act: old }, data: { actId: null } })
        return (await lookUp.deleteMany({ where: old })).count
      }),
  },
  requests: {
    count: (client, before) =>
      inPrisma(client, ({ rightsRequest }) => rightsRequest.count({ where: answered(before) })),
    remove: (client, before) =>
      inPrisma(client, async (prisma) => {
        const due = await prisma.rightsRequest.findMany({
          where: answered(before),
          select: { id: true },
        })
        const where = { requestId: { in: due.map(({ id }) => id) } }
        await prisma.rightsRecord.deleteMany({ where })
        await prisma.rightsMark.deleteMany({ where })
        return due.length
      }),
  },
}

/**
 * Submissions whose records have had their time, by their references: those of services that were over
 * `before`, and feeds that at `now` are older than their source's rules keep them.
 */
export async function listDueSubmissions(
  client: pg.ClientBase,
  { before, now }: { readonly before: Date; readonly now: Date },
): Promise<readonly string[]> {
  const services = await listOver(client, before)
  const due = await inPrisma(client, ({ submission }) =>
    submission.findMany({
      where: { serviceCode: { in: services }, state: { in: ['pseudonymised', 'linked'] } },
      orderBy: { id: 'asc' },
      select: { reference: true },
    }),
  )
  const feeds = await run(client, 'sources/list-old-feeds', [dayInLondon(now)])
  return [...new Set([...due, ...feeds].map(({ reference }) => reference))]
}

/** Services whose programme or agreements ended before. */
async function listOver(client: pg.ClientBase, before: Date): Promise<string[]> {
  const services = await run(client, 'retention/list-over', [before.toISOString().slice(0, 10)])
  return services.map(({ code }) => code)
}

const ofOld = (before: Date) => ({
  submission: { receivedAt: { lt: before }, state: { in: ENDED } },
})

const oldMails = (before: Date) => ({
  madeAt: { lt: before },
  submission: { state: { in: ENDED } },
})

/** Requests that were answered and left something behind; what keeps somebody out stays. */
const answered = (before: Date) => ({
  ...{ state: 'done', doneAt: { lt: before }, kind: { in: ['access', 'rectification'] } },
  OR: [{ found: { some: {} } }, { marks: { some: {} } }],
})
