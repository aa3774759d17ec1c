import { forecastLines, type ForecastTold } from '#core/messages/findings/forecast-words.ts'
import { counted, numberWords } from '#core/messages/reading/reading-words.ts'
import { element, paragraph, type Child } from '../page/element.ts'
import { bullets, headingM } from '../page/parts.ts'

/**
 * How many people of the file can be told to be the same as people of other files, from the file
 * alone.
 */
export function linkability(told: ForecastTold): Child {
  const { strong, weak, none } = told.linkability
  const all = strong + weak + none
  if (all === 0) return undefined
  const share = (part: number): Node =>
    element('strong', {}, `${numberWords(part)} (${Math.round((part / all) * 100)}%)`)
  return element(
    'section',
    {},
    headingM('How well people can be counted once'),
    ...forecastLines(told).map((line) => paragraph(line)),
    paragraph(`From your file alone: ${counted(all, 'person', 'people')}, of whom`),
    bullets([
      [
        share(strong),
        ' have strong details: an NHS number, or enough of name, birth, postcode or a carer’s contact.',
      ],
      [share(weak), ' have an email address alone.'],
      [
        share(none),
        ' have too little. Each is counted as one more person, so unique reach may come out too high.',
      ],
    ]),
  )
}
