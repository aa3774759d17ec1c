import { isAboutFile, type FindingCode } from '#core/messages/findings/findings.ts'
import type { QuarterFigures } from '#core/checks/quarters/quarter-figures.ts'
import type { Measured } from './measured.ts'

/**
 * What a file is measured by while its service is taken on: completeness, validity, duplicates, ranges,
 * who can be contacted and who can be matched.
 */

/** A measure's value: a share from 0 to 1, or a count; null where the file does not tell. */
export interface MeasuredValue {
  readonly unit: 'share' | 'count'
  readonly value: number | null
}

/** Rows that say what another says, or share with it what is one person's own. */
export const TWICE = [
  'ref-repeated',
  'ref-rows-disagree',
  'nhs-of-several',
  'attendance-repeated',
  'heads-repeated',
  'score-repeated',
] as const satisfies readonly FindingCode[]

/** Values that are readable, and cannot be so. */
export const OUT_OF_RANGE = [
  'birth-future',
  'birth-over-120',
  'birth-very-old',
  'birth-after-service',
  'birth-against-age',
  'role-against-birth',
  'date-impossible',
  'end-before-start',
  'start-before-referral',
  'end-before-referral',
  'last-contact-after-quarter',
  'starts-after-quarter',
  'ended-before-quarter',
  'contact-outside-quarter',
  'contact-before-quarter',
  'contacts-many',
  'contacts-but-not-started',
  'activity-outside-quarter',
  'heads-many',
  'score-outside-scale',
  'score-before-birth',
  'score-after-quarter',
  'follow-up-before-baseline',
] as const satisfies readonly FindingCode[]

/** Values that are there and cannot be read as what they are matched to. */
export const UNUSABLE = [
  ...['ref-placeholder', 'ref-exponent', 'ref-as-number', 'ref-as-date', 'ref-character'],
  ...['first-character', 'first-placeholder', 'first-no-letters'],
  ...['last-character', 'last-placeholder', 'last-no-letters'],
  ...['birth-character', 'birth-unreadable', 'birth-impossible', 'birth-placeholder'],
  ...['nhs-character', 'nhs-exponent', 'nhs-not-10-digits', 'nhs-placeholder', 'nhs-check-digit'],
  ...['nhs-test', 'email-character', 'email-not-ascii', 'email-not-one-at', 'email-local-part'],
  ...['email-domain', 'email-placeholder', 'mobile-character', 'mobile-exponent'],
  ...['mobile-unreadable', 'mobile-landline', 'mobile-placeholder', 'postcode-character'],
  ...['postcode-placeholder', 'postcode-pattern', 'date-unreadable', 'date-character'],
  ...['contacts-unreadable', 'heads-unreadable', 'score-not-a-number', 'not-in-list'],
  ...['formula-cell', 'cell-error', 'says-as-above'],
] as const satisfies readonly FindingCode[]

const ofPeople =
  (figure: Exclude<keyof QuarterFigures, 'own'>) =>
  ({ figures }: Measured): MeasuredValue => ({
    unit: 'share',
    value: shareOf(figures?.[figure] ?? null, figures?.people ?? 0),
  })

const found =
  (codes: readonly FindingCode[]) =>
  ({ findings }: Measured): MeasuredValue => ({
    unit: 'count',
    value: findings
      .filter(({ code }) => codes.includes(code))
      .reduce((sum, { rows }) => sum + rows, 0),
  })

/** Every measure, in the order in which they are read. */
export const MEASURES = {
  rows: ({ rows }: Measured): MeasuredValue => ({ unit: 'count', value: rows }),
  usable: ({ share }: Measured): MeasuredValue => ({ unit: 'share', value: share }),
  reference: ofPeople('reference'),
  birth: ofPeople('birth'),
  nhsNumber: ofPeople('nhsNumber'),
  postcode: ofPeople('postcode'),
  email: ofPeople('email'),
  mobile: ofPeople('mobile'),
  contactable: ofPeople('contactable'),
  strong: ({ linkability }: Measured): MeasuredValue => ({
    unit: 'share',
    value:
      linkability === null
        ? null
        : shareOf(linkability.strong, linkability.strong + linkability.weak + linkability.none),
  }),
  unusable: found(UNUSABLE),
  outOfRange: found(OUT_OF_RANGE),
  twice: found(TWICE),
  contacts: ({ figures }: Measured): MeasuredValue => ({
    unit: 'count',
    value: figures?.contacts ?? null,
  }),
} as const

/** The name of a measure. */
export type MeasureName = keyof typeof MEASURES

/** Findings about the file as a whole: its shape, and what has to be done to it before it can be read. */
export function findingsOfShape({ findings }: Measured): Measured['findings'] {
  return findings.filter(({ code }) => isAboutFile(code))
}

function shareOf(some: number | null, all: number): number | null {
  return some === null || all === 0 ? null : some / all
}
