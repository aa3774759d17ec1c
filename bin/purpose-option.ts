import { Option } from 'commander'
import { PURPOSES } from '#core/purpose/purposes.ts'

/** What a deployment is for, asked where one is made. */
export function purposeOption(): Option {
  return new Option(
    '--purpose <purpose>',
    'what the deployment is for, for good (reach where nothing is said)',
  ).choices(PURPOSES)
}
