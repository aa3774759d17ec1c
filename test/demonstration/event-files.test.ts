import { expect, test } from 'vitest'
import { checkTable } from '#core/checks/check-table.ts'
import type { CheckOutcome } from '#core/checks/check-outcome.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import { suggestFurther } from '#core/mapping/suggestions/suggest-further.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import { eventFiles, type EventFile } from '#demonstration/event-files.ts'
import { INVENTED_FRAMEWORK } from '#demonstration/invented-framework.ts'
import { makeDemonstration } from '#demonstration/write-demonstration.ts'
import { tableOf } from '../core/checks/tables.ts'

/** Activities and outcomes of the demonstration, held against who truly came and scored. */

const { sent, events } = makeDemonstration({ seed: 1, people: 1_000 })

async function check({ header, rows, mapping, quarter, service }: EventFile): Promise<{
  outcome: CheckOutcome
  mustFix: readonly string[]
}> {
  const compiled = compileMapping(mapping, header, undefined, mapping.kind)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.refusals))
  const mustFix: string[] = []
  const outcome = await checkTable(
    tableOf([...header], rows),
    compiled.mapper,
    {
      ...{ quarter, live: false, date1904: false, areas: NO_AREAS },
      outcomes: { framework: INVENTED_FRAMEWORK, serviceCode: service },
    },
    {
      accept: () => undefined,
      finding: (_, field, code, severity) => {
        if (severity === 'must-fix') mustFix.push(`${code} ${field}`)
      },
    },
  )
  return { outcome, mustFix }
}

function countOf(people: readonly string[]): number {
  return new Set(people).size
}

test('are of each kind for services that have them, in every quarter of a file of people', () => {
  const kinds = Map.groupBy(events, ({ kind, service }) => `${kind} ${service}`)
  expect(Object.fromEntries([...kinds].map(([key, files]) => [key, files.length]))).toEqual({
    'activities parent-champions': 3,
    // Its file of the last quarter is left to a visitor.
    'activities natural-thinkers': 2,
    'outcomes och': 3,
    'outcomes speech-and-language-therapy-chattertime': 3,
  })
  expect(eventFiles(sent, 1)).toEqual(events)
})

test('come to what is true of them', async () => {
  for (const file of events) {
    const { outcome, mustFix } = await check(file)
    const name = `${file.service} ${file.quarter}`
    // A slip in who somebody is is the file of people’s too: the events themselves are sound.
    const OWN = /^(?:activity|heads|score|measure|sub-scale|time-point|follow-up)/
    expect(
      mustFix.filter((code) => OWN.test(code)),
      name,
    ).toEqual([])
    const came = file.truth.filter(({ is }) => is === 'attendance')
    const heads = file.truth.flatMap((event) => (event.is === 'heads' ? [event] : []))
    const scores = file.truth.flatMap((event) => (event.is === 'score' ? [event] : []))
    const lost = outcome.rows.rejected
    if (file.kind === 'activities') {
      expect(outcome.activities?.anonymousAdults).toBe(heads.reduce((n, h) => n + h.adults, 0))
      expect(outcome.activities?.anonymousChildren).toBe(heads.reduce((n, h) => n + h.children, 0))
      const attendances = outcome.activities?.attendances ?? 0
      expect(attendances, name).toBeLessThanOrEqual(came.length)
      expect(attendances, name).toBeGreaterThanOrEqual(came.length - lost)
      continue
    }
    const counted = (outcome.scores ?? []).reduce((n, one) => n + one.scores, 0)
    expect(counted, name).toBeLessThanOrEqual(scores.length)
    expect(counted, name).toBeGreaterThanOrEqual(scores.length - lost * 4)
    for (const { instrument, subScale, paired } of outcome.scores ?? []) {
      const of = scores.filter((s) => s.instrument === instrument && s.subScale === subScale)
      const late = new Set(of.filter((s) => s.timePoint !== 'baseline').map((s) => s.person))
      const both = of.filter((s) => s.timePoint === 'baseline' && late.has(s.person))
      // Somebody who was registered twice has two references in the file.
      expect(paired, name).toBeGreaterThanOrEqual(countOf(both.map((s) => s.person)) - lost)
      expect(paired, name).toBeLessThanOrEqual(both.length)
    }
  }
})

test('are matched without a mapping but for words of their own', () => {
  for (const { kind, service, header, rows, quarter, mapping } of events) {
    const source = { header, sampleRows: rows.slice(0, 100), quarter }
    const suggested = suggestFurther(kind, source, INVENTED_FRAMEWORK)
    expect(suggested.mapping.scores).toEqual(mapping.scores)
    const { columns } = suggested.mapping
    const own = Object.entries(mapping.columns).filter(([field]) => !(field in columns))
    // Whose they are, its headings leave open.
    const open = service === 'parent-champions' ? ['client_ref', 'email', 'mobile'] : []
    expect(own.map(([field]) => field)).toEqual(open)
  }
})
