import { SHARES } from '#demonstration/population.ts'

import type { QualitySetting } from './make-records.ts'
import { HELD_OUT_SERVICES, USUAL_SERVICES } from './services.ts'
import { HELD_OUT, timesRates, USUAL } from './slip-rates.ts'

/**
 * What populations are made of. `held-out` has other rates, other services and other families than
 * anything was looked at with while rules and estimates were written.
 */

const usual: QualitySetting = {
  name: 'usual',
  people: 10_000,
  quarters: 4,
  services: USUAL_SERVICES,
  rates: USUAL,
  shares: SHARES,
}

/** The settings, in the order in which they are printed. */
export const SETTINGS: readonly QualitySetting[] = [
  usual,
  { ...usual, name: 'double', rates: timesRates(USUAL, 2) },
  { ...usual, name: 'triple', rates: timesRates(USUAL, 3) },
  { ...usual, name: 'small', people: 800 },
  {
    name: 'held-out',
    people: 15_000,
    quarters: 6,
    services: HELD_OUT_SERVICES,
    rates: HELD_OUT,
    shares: { ...SHARES, moves: 0.05, newSurname: 0.008, twins: 0.02, coupleMailbox: 0.15 },
  },
]
