import { detailFields, type DetailFieldName, type FeedFieldName } from './feed-fields.ts'
import type { FeedKind } from './feed-kinds.ts'

/**
 * What sources write above the columns of a feed, by field. A column of staff is never taken for one
 * by such a word alone, but only offered (`suggest-further.ts`): “contact name” is a member of staff
 * in one system and a mother in another.
 */
const SHARED: readonly [field: FeedFieldName, headings: string][] = [
  [
    'involvement',
    `involvement status, involved, involvement state, case status, record status, current or historic,
    open or closed, status`,
  ],
  [
    'as_of',
    'as of date, as at, as at date, extract date, extracted on, date of extract, snapshot date',
  ],
  [
    'staff_name',
    `staff contact, staff contact name, contact name, worker, worker name, key worker, keyworker,
    key worker name, allocated worker, social worker, social worker name, lead professional,
    case worker, named contact, officer, officer name, housing officer, named gp, contact`,
  ],
  [
    'staff_role',
    'contact role, worker role, job title, role of contact, contact type, worker type, role title',
  ],
  [
    'staff_phone',
    `staff telephone, contact phone, contact telephone, contact number, worker phone, worker telephone,
    office phone, work phone, team phone, contact tel, duty phone`,
  ],
  [
    'staff_email',
    'contact email, worker email, office email, work email, team email, contact e mail',
  ],
  [
    'staff_team',
    `team, team name, contact team, worker team, organisation team, contact organisation, department,
    allocated team`,
  ],
]

const DETAILS: Readonly<Record<DetailFieldName, string>> = {
  school_name: 'school, name of school, establishment, establishment name, setting',
  admission_type: 'admission, enrolment status, registration type, type of admission, enrol status',
  care_organisation: 'organisation, organisation name, care provider, provider, provider name',
  landlord: 'provider, housing provider, provider name, registered provider, housing association',
  tenancy: 'tenancy type, type of tenancy, tenure, tenure type',
  anti_social_behaviour: 'asb, asb case, antisocial behaviour',
  eviction: 'evicted, eviction case, eviction status',
  notice_seeking_possession: 'nsp, nosp, notice, possession notice, notice of seeking possession',
  rent_arrears: 'arrears, rent arrears case, in arrears',
  police_area: 'area, force area, borough command unit, bcu, division, basic command unit',
  safeguarding_offences: 'safeguarding offence, any safeguarding offences, safeguarding flag',
  offence_1_date: 'date of offence 1, first offence date, offence date 1',
  offence_1_type: 'type of offence 1, first offence type, offence type 1',
  offence_1_standing: 'convict or suspect 1, offence 1 status, first offence standing',
  offence_2_date: 'date of offence 2, second offence date, offence date 2',
  offence_2_type: 'type of offence 2, second offence type, offence type 2',
  offence_2_standing: 'convict or suspect 2, offence 2 status, second offence standing',
  offence_3_date: 'date of offence 3, third offence date, offence date 3',
  offence_3_type: 'type of offence 3, third offence type, offence type 3',
  offence_3_standing: 'convict or suspect 3, offence 3 status, third offence standing',
  other_offences: 'other offence, any other offences, non safeguarding offences',
  care_plan: 'plan, plan type, type of plan, current plan',
  community_service: 'service, service name, service type, community team',
  hospital: 'site, hospital site, hospital name, trust site',
  hospital_care: 'care type, patient class, type of care, attendance type, patient type',
  practice: 'gp practice, surgery, practice name, gp surgery, registered practice',
  mental_health_service: 'service, service name, service type, team type',
}

/** The headings of a kind of feed by field, in words that are parted by commas. */
export function feedHeadings(
  kind: FeedKind,
): readonly (readonly [field: FeedFieldName, headings: string])[] {
  return [
    ...SHARED.map(([field, words]) => [field, words] as const),
    ...detailFields(kind).map(({ name, label }) => [name, `${label}, ${DETAILS[name]}`] as const),
  ]
}
