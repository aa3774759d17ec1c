import type { Instrument } from '#core/framework/framework.ts'
import type { Mapping, TimePoint, WideScore } from '#core/mapping/mapping.ts'
import type { AnswerGroup } from './answer-group.ts'

/**
 * Columns of scores as a person answers for them, where one row holds several scores:
 * `score:WHEN:INSTRUMENT`, with `:SUB-SCALE` for one of its scales, and for their days `day:WHEN`, or
 * `day:WHEN:INSTRUMENT` where an instrument has a column of its own.
 */

/** When scores were taken, as columns tell it: several follow-ups have a column each. */
const WHEN: Readonly<Record<string, { readonly timePoint: TimePoint; readonly text: string }>> = {
  baseline: { timePoint: 'baseline', text: 'baseline' },
  follow_up: { timePoint: 'follow_up', text: 'follow-up' },
  follow_up_2: { timePoint: 'follow_up', text: 'second follow-up' },
  follow_up_3: { timePoint: 'follow_up', text: 'third follow-up' },
  exit: { timePoint: 'exit', text: 'exit' },
}

const FOLLOW_UPS = Object.keys(WHEN).filter((when) => WHEN[when]?.timePoint === 'follow_up')

/** An instrument or sub-scale, as the framework writes codes. */
const CODE = /^[a-z][a-z0-9-]{0,39}$/

/** An answer about a column of scores or of their days. */
interface ScoreAnswer {
  readonly is: 'score' | 'day'
  readonly when: string
  /** Empty for the days of every instrument that has none of its own. */
  readonly measure: string
  /** Empty for the instrument as a whole. */
  readonly subScale: string
}

/** What an answer says of a column of scores or days; undefined where it is about something else. */
export function readScoreAnswer(answer: string): ScoreAnswer | undefined {
  const [is, when = '', measure = '', subScale = '', ...more] = answer.split(':')
  if (is !== 'score' && is !== 'day') return undefined
  const isKnown = Object.hasOwn(WHEN, when) && more.length === 0
  const areCodes = [measure, subScale].every((code) => code === '' || CODE.test(code))
  const isWhole = is === 'score' ? measure !== '' : subScale === ''
  return isKnown && areCodes && isWhole ? { is, when, measure, subScale } : undefined
}

/** The scores that answers amount to, and the places of columns of scores without a column of days. */
export function scoresOfAnswers(
  header: readonly string[],
  answers: readonly string[],
): { readonly scores: readonly WideScore[]; readonly withoutDay: readonly number[] } {
  const read = answers.map(readScoreAnswer)
  const dayOf = ({ when, measure }: ScoreAnswer): string | undefined => {
    const isOf = (named: string) => (other: ScoreAnswer | undefined) =>
      other?.is === 'day' && other.when === when && other.measure === named
    const own = read.findIndex(isOf(measure))
    return header[own >= 0 ? own : read.findIndex(isOf(''))]
  }
  const scores: WideScore[] = []
  const withoutDay: number[] = []
  for (const [place, answer] of read.entries()) {
    if (answer?.is !== 'score') continue
    const { measure, subScale, when } = answer
    const date = dayOf(answer)
    const timePoint = WHEN[when]?.timePoint
    if (date === undefined || timePoint === undefined) withoutDay.push(place)
    else
      scores.push({
        ...{ column: header[place] ?? '', date, measure },
        ...(subScale === '' ? {} : { subScale }),
        timePoint,
      })
  }
  return { scores, withoutDay }
}

/** The answer for each column that a mapping's scores name, by its heading. */
export function answersOfScores(
  { scores = [] }: Pick<Mapping, 'scores'>,
  header: readonly string[],
): ReadonlyMap<string, string> {
  const answers = new Map<string, string>()
  const followUps = followUpOfDates(scores, header)
  const whenOf = ({ timePoint, date }: WideScore): string =>
    timePoint === 'follow_up'
      ? (FOLLOW_UPS[Math.min(followUps.get(date) ?? 0, FOLLOW_UPS.length - 1)] ?? timePoint)
      : timePoint
  for (const score of scores) {
    const { column, date, measure, subScale = '' } = score
    const when = whenOf(score)
    answers.set(column, ['score', when, measure, ...(subScale === '' ? [] : [subScale])].join(':'))
    const same = scores.filter((other) => whenOf(other) === when)
    const measured = distinct(same.filter((other) => other.date === date).map(measureOf))
    const isOnly = distinct(same.map((other) => other.date)).length === 1
    const isOwn = measured.length === 1 && !isOnly
    answers.set(date, ['day', when, ...(isOwn ? [measure] : [])].join(':'))
  }
  return answers
}

/**
 * Which follow-up each column of days is of, from 0: one more than the columns before it that an
 * instrument has as well. Those of several instruments each are told apart too: only one of them can
 * be the days of all.
 */
function followUpOfDates(
  scores: readonly WideScore[],
  header: readonly string[],
): ReadonlyMap<string, number> {
  const followUps = scores.filter(({ timePoint }) => timePoint === 'follow_up')
  const dates = distinct(followUps.map(({ date }) => date)).sort(
    (left, right) => header.indexOf(left) - header.indexOf(right),
  )
  const measuresOn = (date: string): string[] =>
    distinct(followUps.filter((score) => score.date === date).map(measureOf))
  const places = new Map<string, number>()
  for (const date of dates) {
    const measures = measuresOn(date)
    const before = [...places].flatMap(([other, place]) => {
      const others = measuresOn(other)
      const areBothShared = others.length > 1 && measures.length > 1
      return areBothShared || others.some((measure) => measures.includes(measure)) ? [place] : []
    })
    places.set(date, Math.max(-1, ...before) + 1)
  }
  return places
}

/** What columns of scores may be: of each instrument a score at each time, and the days of each. */
export function scoreAnswerGroups(instruments: readonly Instrument[]): AnswerGroup[] {
  if (instruments.length === 0) return []
  const times = Object.keys(WHEN)
  const of = (values: readonly string[]) =>
    values.map((value) => ({ value, text: scoreAnswerText(value, instruments) }))
  return [
    {
      label: 'Days of scores, where a row has several',
      answers: of([
        ...times.map((when) => `day:${when}`),
        ...(instruments.length === 1
          ? []
          : instruments.flatMap(({ code }) => times.map((when) => `day:${when}:${code}`))),
      ]),
    },
    ...instruments.map(({ code, label, subScales = [] }) => ({
      label: `Scores of ${label}, where a row has several`,
      answers: of(
        ['', ...subScales.map((scale) => `:${scale.code}`)].flatMap((scale) =>
          times.map((when) => `score:${when}:${code}${scale}`),
        ),
      ),
    })),
  ]
}

/** An answer about scores or their days in words; empty for any other answer. */
export function scoreAnswerText(answer: string, instruments: readonly Instrument[]): string {
  const read = readScoreAnswer(answer)
  if (read === undefined) return ''
  const instrument = instruments.find(({ code }) => code === read.measure)
  const scale = instrument?.subScales?.find(({ code }) => code === read.subScale)
  const named = [instrument?.label ?? read.measure, scale?.label ?? read.subScale]
    .filter((name) => name !== '')
    .join(', ')
  const when = WHEN[read.when]?.text ?? read.when
  const what = read.is === 'day' ? `Date of the ${when}` : `Score at the ${when}`
  return named === '' ? what : `${what}: ${named}`
}

function measureOf({ measure }: WideScore): string {
  return measure
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}
