import type { DataQuality } from '#core/measures/data-quality.ts'
import { quarterAfter, type Quarter } from '#core/standard/quarter.ts'
import { answerOnce } from '#server/figures/reach/answer-once.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { Looks } from '#server/identity/audit/looks.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { measureQualities } from './file-qualities.ts'
import { findLastQuarter } from './service-quarters.ts'

/** How good files were through the four quarters to `to`. */
export interface YearOfQuality {
  readonly to: Quarter
  readonly files: readonly {
    readonly service: string
    readonly quarter: Quarter
    readonly quality: DataQuality
  }[]
}

/**
 * How good the files of every service of production were through a year, for those with the right; the look is audited. Where no
 * quarter is asked for it is the year to the last with files in use, and to `otherwise` where there is none.
 */
export async function lookAtQuality(
  looks: Looks,
  actor: Actor,
  { asked, otherwise }: { readonly asked: Quarter | undefined; readonly otherwise: Quarter },
): Promise<({ readonly ok: true } & YearOfQuality) | Refusal<'not-found'>> {
  return looks.take(actor, 'exact.see', async (client) => {
    const to = asked ?? (await findLastQuarter(client)) ?? otherwise
    const period = { from: quarterAfter(to, -3), to }
    const files = await answerOnce(client, ['quality', to], async () =>
      (await measureQualities(client, { dataset: 'production', ...period })).map(
        ({ service, quarter, quality }) => ({ service, quarter, quality }),
      ),
    )
    return {
      ok: true,
      shown: { to, files },
      entry: { event: 'quality.measured', subject: 'production', detail: period },
    }
  })
}
