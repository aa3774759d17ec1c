import { addresses } from '#core/addresses/portal-addresses.ts'
import { kindNote } from '#core/messages/submissions/kind-words.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import { quarterWords, type Quarter } from '#core/standard/quarter.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { askAct } from '#server/jobs/acts/acts.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { readService } from '#server/programme/register/read-programme.ts'
import { sendersOf } from './give-feedback.ts'

type Beginning = Pick<AccountContext, 'pool' | 'later' | 'mailer' | 'origin'>

/**
 * Has a worker remove everything that a service has in staging, and asks who sends its files for
 * them again: files are erased once their rows are kept, so nothing here could load them. The mail
 * leads to the page where each quarter's file is chosen. Nobody is told where there was none.
 */
export async function beginAgain(
  { pool, later, mailer, origin }: Beginning,
  actor: Actor,
  code: string,
): Promise<{ readonly ok: true } | Refusal<'not-found'>> {
  const asked = await askAct(pool, actor, { kind: 'scrub-staging', service: code })
  if (!asked.ok) return asked
  const database = forActor(pool, actor)
  const service = await readService(database, code)
  const files = await inPrisma(database, ({ submission }) =>
    submission.findMany({
      where: {
        ...{ dataset: 'staging', serviceCode: code },
        state: { notIn: ['rejected', 'withdrawn'] },
      },
      select: { quarter: true, kind: true },
      distinct: ['quarter', 'kind'],
      orderBy: [{ quarter: 'asc' }, { kind: 'asc' }],
    }),
  )
  if (service === undefined || files.length === 0) return { ok: true }
  // As they were kept.
  const sentAs = files.map(({ quarter, kind }) => {
    const place = { service: code, quarter: quarter as Quarter }
    return { place, kind: kind as FileKind }
  })
  later(async () => {
    for (const to of await sendersOf(pool, service.providerCode)) {
      await mailer.send({
        to,
        subject: 'Send your files again – Count Once',
        text: [
          `The programme begins again with the files of ${service.name}, which are in no figure yet. What was sent is removed. Send these files again:`,
          sentAs
            .map(({ place, kind }) => {
              const words = [quarterWords(place.quarter), kindNote(kind)].filter(
                (part) => part !== '',
              )
              return `${words.join(', ')}: ${origin}${addresses.upload({ ...place, kind })}`
            })
            .join('\n'),
          'Count Once\n',
        ].join('\n\n'),
      })
    }
  })
  return { ok: true }
}
