import type { PeopleForecast } from '#core/checks/whole-file/people-forecast.ts'
import type { Linkability } from '#core/checks/record-tally.ts'
import { counted, numberWords } from '#core/messages/reading/reading-words.ts'

/** What a file's forecast is told from. */
export interface ForecastTold {
  readonly linkability: Linkability
  readonly forecast: PeopleForecast
  /** Clients who were in an earlier file of the service; left out where none is known. */
  readonly seenAgain?: number | undefined
}

/**
 * What the evidence in a file means for the service’s own count of different people, a sentence
 * each: the same on pages, on the command line and at source.
 */
export function forecastLines({ linkability, forecast, seenAgain }: ForecastTold): string[] {
  const { strong, weak, none } = linkability
  const { least, most } = forecast
  const all = strong + weak + none
  if (all === 0) return []
  const expected =
    least === most
      ? counted(most, 'different person', 'different people')
      : `between ${numberWords(least)} and ${numberWords(most)} different people`
  return [
    `Counting every row, your file holds ${counted(all, 'person', 'people')}. From the file alone we expect ${expected}.`,
    ...(none === 0
      ? []
      : [
          `${numberWords(none)} of them ${none === 1 ? 'has' : 'have'} nothing that can be surely linked; each is likely to be counted as a new person.`,
        ]),
    ...(seenAgain === undefined
      ? []
      : [
          `${counted(seenAgain, 'client', 'clients')} in it ${seenAgain === 1 ? 'was' : 'were'} in your own earlier files too.`,
        ]),
  ]
}
