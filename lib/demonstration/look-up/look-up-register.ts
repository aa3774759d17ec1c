import type { FeedKind } from '#core/standard/feeds/feed-kinds.ts'
import type { Register } from '#server/programme/register/register.ts'

/** The register of the look-up’s demonstration: a borough and its neighbours, all of them invented. */

/** A source of the demonstration: its kind, its organisation, and what no record means there. */
interface InventedSource {
  readonly kind: FeedKind
  readonly name: string
  readonly provider: string
  readonly noRecord: string
}

const SOURCES: readonly InventedSource[] = [
  {
    ...{ kind: 'school', name: 'Schools', provider: 'northbank-council' },
    noRecord:
      'It can mean that the child is taught at home, at an independent school or in another borough.',
  },
  {
    ...{
      kind: 'childrens-social-care',
      name: 'Children’s services',
      provider: 'northbank-council',
    },
    noRecord:
      'It can mean that the family is helped by another borough, or that a referral is not yet entered.',
  },
  {
    ...{ kind: 'adult-social-care', name: 'Adult social care', provider: 'northbank-council' },
    noRecord:
      'It can mean that the person pays for their own care, or that a family member looks after them.',
  },
  {
    ...{ kind: 'housing', name: 'Tenancies', provider: 'oak-homes' },
    noRecord:
      'It can mean that the person has another landlord, or lives in a tenancy of somebody else.',
  },
  {
    ...{ kind: 'police', name: 'Safeguarding', provider: 'northbank-police' },
    noRecord: 'It can mean that the person is known to another force, or under another name.',
  },
  {
    ...{ kind: 'community-health', name: 'Community health', provider: 'northbank-trust' },
    noRecord: 'It can mean that the person is seen by another trust, or waits for a first visit.',
  },
  {
    ...{ kind: 'acute-care', name: 'Hospital care', provider: 'st-annes' },
    noRecord: 'It can mean that the person is under the care of another hospital.',
  },
  {
    ...{ kind: 'primary-care', name: 'GP practices', provider: 'northbank-trust' },
    noRecord: 'It can mean that the person is registered with a practice of another area.',
  },
  {
    ...{ kind: 'mental-health', name: 'Mental health', provider: 'northbank-trust' },
    noRecord:
      'It can mean that the person is seen by another trust or privately, or waits for a first visit.',
  },
]

/** The register, as `countonce init --purpose look-up` takes it. */
export const LOOK_UP_REGISTER: Register = {
  programme: {
    ...{ code: 'northbank-look-up', name: 'Northbank: who else is helping (invented)' },
    ...{ purpose: 'look-up', live: false, years: { from: '2020-04-01', to: '2039-03-31' } },
  },
  wards: [{ code: 'northbank', name: 'Northbank' }],
  strands: [{ code: 'look-up', name: 'Look-up' }],
  providers: [
    { code: 'northbank-council', name: 'Northbank Council' },
    { code: 'northbank-police', name: 'Northbank Police' },
    { code: 'northbank-trust', name: 'Northbank Community NHS Trust' },
    { code: 'oak-homes', name: 'Oak Homes' },
    { code: 'st-annes', name: 'St Anne’s Hospital' },
  ],
  services: SOURCES.map(({ kind, name, provider, noRecord }) => ({
    ...{ code: kind, name, strand: 'look-up', provider },
    source: { kind, area: 'Northbank', coveredFrom: '2020-04-01', noRecord },
  })),
}
