import type { CodeListName } from '#core/standard/code-list.ts'
import type { Field, StaffForm } from '#core/standard/fields.ts'
import type { FeedKind } from './feed-kinds.ts'

/**
 * The fields of feeds as data. A row of a feed is one involvement of the source with one person: who
 * the person is, as in any other file; whether and since when the source is involved; whom to phone;
 * and what its kind of source says further. There is no free text in any of them.
 */

/** Whom to phone: a member of staff or a team of the source, never the person or their family. */
export const STAFF_FIELD_NAMES = [
  'staff_name',
  'staff_role',
  'staff_phone',
  'staff_email',
  'staff_team',
] as const
export type StaffFieldName = (typeof STAFF_FIELD_NAMES)[number]

/** What kinds of source say further, in the order in which it is shown. */
export const DETAIL_FIELD_NAMES = [
  'school_name',
  'admission_type',
  'care_organisation',
  'landlord',
  'tenancy',
  'anti_social_behaviour',
  'eviction',
  'notice_seeking_possession',
  'rent_arrears',
  'police_area',
  'safeguarding_offences',
  'offence_1_date',
  'offence_1_type',
  'offence_1_standing',
  'offence_2_date',
  'offence_2_type',
  'offence_2_standing',
  'offence_3_date',
  'offence_3_type',
  'offence_3_standing',
  'other_offences',
  'care_plan',
  'community_service',
  'hospital',
  'hospital_care',
  'practice',
  'mental_health_service',
] as const
export type DetailFieldName = (typeof DETAIL_FIELD_NAMES)[number]

/** Fields of feeds alone, in the order of their slots. A further one goes last. */
export const FEED_FIELD_NAMES = [
  'involvement',
  'as_of',
  ...STAFF_FIELD_NAMES,
  ...DETAIL_FIELD_NAMES,
] as const
export type FeedFieldName = (typeof FEED_FIELD_NAMES)[number]

/** A field that feeds alone have. */
export interface FeedField<Name extends FeedFieldName = FeedFieldName> extends Field {
  readonly name: Name
}

function own<Name extends FeedFieldName>(
  name: Name,
  label: string,
  description: string,
  { examples, ...given }: Pick<Field, 'kind' | 'examples'> & Partial<Omit<Field, 'name'>>,
): FeedField<Name> {
  return { name, label, for: 'all', required: 'no', description, examples, ...given }
}

function coded<Name extends FeedFieldName>(
  name: Name,
  label: string,
  description: string,
  codes: CodeListName,
  example: string,
): FeedField<Name> {
  return own(name, label, description, { kind: 'code', codes, examples: [example] })
}

function kept<Name extends FeedFieldName>(
  name: Name,
  label: string,
  description: string,
  staff: StaffForm,
  example: string,
): FeedField<Name> {
  return own(name, label, description, { kind: 'staff', staff, examples: [example] })
}

/** What every feed says of an involvement beside the person and its days. */
export const INVOLVEMENT_FIELDS: readonly FeedField[] = [
  {
    ...coded(
      'involvement',
      'Involvement',
      'Whether you are involved with the person: current, historic or none.',
      'involvement',
      'current',
    ),
    required: 'always',
  },
  own(
    'as_of',
    'As of',
    'The day on which your system said this, the same on every row; left out, the day on which the file came.',
    { kind: 'date', examples: ['01/10/2024'] },
  ),
]

/** Whom to phone about an involvement. */
export const STAFF_FIELDS: readonly FeedField<StaffFieldName>[] = [
  kept(
    'staff_name',
    'Staff name',
    'The member of your staff to phone, who is never the person nor their family. Kept as it is and shown to practitioners.',
    'name',
    'Mx Sam Carter',
  ),
  coded(
    'staff_role',
    'Staff role',
    'What the member of staff is to the person.',
    'staff-role',
    'Social worker',
  ),
  kept('staff_phone', 'Staff phone', 'Their number at work.', 'phone', '020 7946 0123'),
  kept('staff_email', 'Staff email', 'Their address at work.', 'email', 's.carter@council.example'),
  kept('staff_team', 'Staff team', 'Their team or organisation.', 'organisation', 'North Team'),
]

const offences: readonly FeedField<DetailFieldName>[] = ([1, 2, 3] as const).flatMap((place) => [
  own(`offence_${place}_date`, `Offence ${place} date`, 'Day of a safeguarding offence.', {
    kind: 'date',
    examples: ['14/02/2023'],
  }),
  coded(
    `offence_${place}_type`,
    `Offence ${place} type`,
    'Which of six kinds it was.',
    'offence-type',
    'Domestic abuse',
  ),
  coded(
    `offence_${place}_standing`,
    `Offence ${place} standing`,
    'Convicted or suspected.',
    'offence-standing',
    'suspect',
  ),
])

const openOrClosed = (name: DetailFieldName, label: string, description: string) =>
  coded(name, label, description, 'open-or-closed', 'Yes, open')

const DETAILS: Readonly<Record<FeedKind, readonly FeedField<DetailFieldName>[]>> = {
  school: [
    kept('school_name', 'School name', 'The school.', 'organisation', 'Hilltop Primary School'),
    coded(
      'admission_type',
      'Admission type',
      'Main, secondary or off site.',
      'admission-type',
      'main',
    ),
  ],
  'adult-social-care': [
    kept(
      'care_organisation',
      'Care organisation',
      'The organisation that gives the care.',
      'organisation',
      'Riverside Care',
    ),
  ],
  housing: [
    kept(
      'landlord',
      'Landlord',
      'The housing provider whose tenant the person is.',
      'organisation',
      'Oak Homes',
    ),
    coded('tenancy', 'Tenancy', 'What kind of tenancy it is.', 'tenancy', 'Secure'),
    openOrClosed('anti_social_behaviour', 'Anti-social behaviour', 'A case of it, open or closed.'),
    openOrClosed('eviction', 'Eviction', 'An eviction, open or closed.'),
    openOrClosed(
      'notice_seeking_possession',
      'Notice seeking possession',
      'Such a notice, open or closed.',
    ),
    openOrClosed('rent_arrears', 'Rent arrears', 'Arrears, open or closed.'),
  ],
  police: [
    kept('police_area', 'Police area', 'Whose area it is.', 'organisation', 'Central South'),
    coded(
      'safeguarding_offences',
      'Safeguarding offences',
      'Whether there are any: at most three are told.',
      'yes-no',
      'no',
    ),
    ...offences,
    coded('other_offences', 'Other offences', 'Whether there are any.', 'yes-no', 'no'),
  ],
  'childrens-social-care': [
    coded(
      'care_plan',
      'Care plan',
      'What is in place for the child.',
      'care-plan',
      'Child in need',
    ),
  ],
  'community-health': [
    coded(
      'community_service',
      'Community service',
      'Which service it is.',
      'community-service',
      'Health visiting',
    ),
  ],
  'acute-care': [
    kept('hospital', 'Hospital', 'The hospital.', 'organisation', 'St Anne’s Hospital'),
    coded('hospital_care', 'Hospital care', 'What kind of care.', 'hospital-care', 'Out-patient'),
  ],
  'primary-care': [
    kept(
      'practice',
      'Practice',
      'The practice that the person is registered with.',
      'organisation',
      'Green Lane Surgery',
    ),
  ],
  'mental-health': [
    coded(
      'mental_health_service',
      'Mental health service',
      'Which service it is.',
      'mental-health-service',
      'CAMHS',
    ),
  ],
}

/** What a kind of source says further, in the order in which it is shown. */
export function detailFields(kind: FeedKind): readonly FeedField<DetailFieldName>[] {
  return DETAILS[kind]
}

/** Every field that feeds alone have. */
export const FEED_FIELDS: readonly FeedField[] = [
  ...INVOLVEMENT_FIELDS,
  ...STAFF_FIELDS,
  ...Object.values(DETAILS).flat(),
]
