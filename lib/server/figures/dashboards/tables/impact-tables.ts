import { HIDDEN, percentageOf, type Printed } from '#core/disclosure/printed.ts'
import { CHANGES, type ReleasedScale } from '#core/disclosure/released-use.ts'
import { scaleLabel, type Framework } from '#core/framework/framework.ts'
import type { ToldTable } from '#core/measures/told-table.ts'
import { CHANGE_WORDS } from '#core/messages/releases/use-words.ts'
import type { ProgrammeChanges } from '#server/figures/dashboards/look-at-programme.ts'

/** An outcome of the framework: how scores of each scale that measures it changed. */
export interface OutcomeChange {
  readonly outcome: string
  /** Of each scale with a rule: people by how their scores changed. */
  readonly pictures: readonly {
    readonly name: string
    readonly bars: readonly { readonly name: string; readonly value: Printed | null }[]
  }[]
  readonly table: ToldTable
}

/** Changes by outcome, in the framework's order; scales that it no longer has come last. */
export function outcomeChanges(told: ProgrammeChanges): OutcomeChange[] {
  const { release, use, framework, year } = told
  if (use === undefined || release.use === undefined) return []
  const people = year.whole.figures?.people ?? null
  const percent = (part: Printed | null, whole: Printed | null): number | null =>
    part === null || whole === null ? null : percentageOf(part, whole, release.settings)
  const rows = release.use.scales.flatMap(({ code, isRuled }) => {
    const find = (aspect: 'scored' | 'paired' | (typeof CHANGES)[number]): Printed | null =>
      use('year', aspect, code)
    const [scored, paired] = [find('scored'), find('paired')]
    // A scale of which nobody has a score is not one that is used.
    if (scored === 0 || scored === null) return []
    const named = nameScale(framework, code)
    const changes = CHANGES.map((change) => (isRuled ? find(change) : null))
    return [
      {
        outcome: named.outcome,
        picture: {
          name: named.name,
          bars: CHANGES.map((change, at) => ({
            ...{ name: CHANGE_WORDS[change], value: changes[at] ?? null },
          })),
        },
        isRuled,
        row: {
          key: code,
          cells: [
            ...[named.name, scored, percent(scored, people), paired, percent(paired, scored)],
            ...changes,
            isRuled ? percent(changes[0] ?? HIDDEN, paired) : null,
          ],
        },
      },
    ]
  })
  const order = [...(framework?.outcomes.map(({ label }) => label) ?? []), LEFT]
  return order.flatMap((outcome, at) => {
    const own = rows.filter((row) => row.outcome === outcome)
    if (own.length === 0) return []
    return [
      {
        outcome,
        pictures: own.filter((row) => row.isRuled).map(({ picture }) => picture),
        table: {
          name: `Outcome ${at + 1}`,
          caption: `${outcome}: how scores changed`,
          note: NOTE,
          columns: [
            { name: 'Scale', is: 'words' },
            { name: 'With a score', is: 'printed' },
            { name: 'Share of people reached', is: 'percent', otherwise: 'not told' },
            { name: 'Scores before and after', is: 'printed' },
            { name: 'Share of those with a score', is: 'percent', otherwise: 'not told' },
            ...CHANGES.map((change) => ({
              ...{ name: CHANGE_WORDS[change], is: 'printed' as const },
              otherwise: 'no rule',
            })),
            { name: 'Improved, of those with both', is: 'percent', otherwise: 'not told' },
          ],
          rows: own.map(({ row }) => row),
        } satisfies ToldTable,
      },
    ]
  })
}

const LEFT = 'No longer in the framework'
const NOTE =
  'Of people reached in the financial year to the end of the quarter. Before and after are valid scores: taken within the days that the measurement framework gives. Improved, about the same and worse are by the change that it calls reliable; smaller changes may be chance. “No rule” stands where it says no such change. Who has no score, or one alone, may differ from who has both. Who used several services is counted once, by the last change.'

/** What each scale measures, and which services use it. */
export function scalesTable({ release, framework, names }: ProgrammeChanges): ToldTable {
  return {
    name: 'What scales measure',
    caption: 'What each scale measures, and which services use it',
    columns: [
      { name: 'Scale', is: 'words' },
      { name: 'Outcome', is: 'words' },
      { name: 'Measures', is: 'words' },
      { name: 'Used by', is: 'words' },
      { name: 'A reliable change', is: 'words' },
    ],
    rows: (release.use?.scales ?? []).map(({ code, isRuled }: ReleasedScale) => {
      const { name, outcome, measure, services } = nameScale(framework, code)
      return {
        key: code,
        cells: [
          ...[name, outcome, measure],
          services.map((service) => names.scope('service', service)).join(', ') || 'no service',
          isRuled ? 'said by the framework' : 'not said',
        ],
      }
    }),
  }
}

function nameScale(
  framework: Framework | undefined,
  code: string,
): {
  readonly name: string
  readonly measure: string
  readonly outcome: string
  readonly services: readonly string[]
} {
  const [instrument = '', subScale = ''] = code.split('/')
  const found = framework?.instruments.find((one) => one.code === instrument)
  const measure = framework?.measures.find((one) => one.code === found?.measure)
  const outcome = framework?.outcomes.find((one) => one.code === measure?.outcome)
  const name = framework && scaleLabel(framework, { instrument, subScale })
  return {
    name: name ?? code,
    measure: measure?.label ?? 'not known',
    outcome: outcome?.label ?? LEFT,
    services: found?.services ?? [],
  }
}
