import type { FeedFieldName } from '#core/standard/feeds/feed-fields.ts'
import type { FeedKind } from '#core/standard/feeds/feed-kinds.ts'

/** What each invented source writes beside the person: its own headings and words. */

/** Cells by field of the standard. */
export type OwnCells = Readonly<Partial<Record<FeedFieldName, string>>>

type Headings = Readonly<Partial<Record<FeedFieldName, string>>>

const STAFF = {
  staff_name: 'Worker',
  staff_role: 'Worker role',
  staff_phone: 'Worker phone',
  staff_email: 'Worker email',
  staff_team: 'Team',
} as const

/** The headings of each source by field. */
export const HEADINGS: Readonly<Record<FeedKind, Headings>> = {
  school: {
    ...{ staff_name: 'Contact name', staff_role: 'Contact role', staff_phone: 'Contact tel' },
    ...{ school_name: 'School', admission_type: 'Enrol status' },
  },
  'adult-social-care': { ...STAFF, care_organisation: 'Organisation' },
  housing: {
    ...{ staff_name: 'Housing officer', staff_role: 'Role', staff_phone: 'Office phone' },
    ...{ landlord: 'Landlord', tenancy: 'Tenancy type', anti_social_behaviour: 'ASB' },
    ...{ notice_seeking_possession: 'NSP', eviction: 'Eviction', rent_arrears: 'Arrears' },
  },
  police: {
    ...{ staff_name: 'Named officer', staff_role: 'Role', staff_phone: 'Desk phone' },
    ...{ police_area: 'Area', safeguarding_offences: 'Safeguarding offences' },
    ...{ offence_1_date: 'Offence date 1', offence_1_type: 'Offence type 1' },
    ...{ offence_1_standing: 'Convict or suspect 1', other_offences: 'Other offences' },
  },
  'childrens-social-care': { ...STAFF, care_plan: 'Plan' },
  'community-health': { ...STAFF, community_service: 'Service' },
  'acute-care': { ...STAFF, hospital: 'Site', hospital_care: 'Patient class' },
  'primary-care': {
    ...{ staff_name: 'Named GP', staff_role: 'Role', staff_phone: 'Surgery phone' },
    practice: 'Surgery',
  },
  'mental-health': { ...STAFF, mental_health_service: 'Team type' },
}

const WORKERS = ['Sam Carter', 'Jo Whitfield', 'Ali Rahman', 'Chris Donnelly', 'Pat Osei']

/** What the source says of the row at `index`, on a day. */
export function wordsOf(kind: FeedKind, index: number, today: string): OwnCells {
  const name = WORKERS[index % WORKERS.length] ?? ''
  const phone = `020 7946 0${100 + (index % WORKERS.length)}`
  const email = `${name.toLowerCase().replace(' ', '.')}@northbank.example`
  const staff = { staff_name: name, staff_phone: phone, staff_email: email }
  switch (kind) {
    case 'school':
      return {
        ...{ ...staff, staff_role: index % 3 === 0 ? 'DSL' : 'Class teacher' },
        school_name: index % 2 === 0 ? 'Hilltop Primary School' : 'Riverside Academy',
        admission_type: index % 10 === 0 ? 'Off site' : 'Main',
      }
    case 'adult-social-care':
      return {
        ...{ ...staff, staff_role: 'Social worker', staff_team: 'Adults North' },
        care_organisation: 'Riverside Care',
      }
    case 'housing':
      return {
        ...{ ...staff, staff_role: 'Housing officer', landlord: 'Oak Homes' },
        tenancy: index % 4 === 0 ? 'Starter' : 'Secure',
        ...{ anti_social_behaviour: 'No', eviction: 'No' },
        notice_seeking_possession: index % 7 === 0 ? 'Yes, open' : 'No',
        rent_arrears: index % 3 === 0 ? 'Yes, open' : 'Yes, closed',
      }
    case 'police':
      return {
        ...{ ...staff, staff_role: 'PC', police_area: 'Northbank Central' },
        safeguarding_offences: index % 3 === 1 ? 'Yes' : 'No',
        ...(index % 3 === 1
          ? {
              offence_1_date: `14/02/${Number(today.slice(0, 4)) - 1}`,
              offence_1_type: 'Domestic abuse',
              offence_1_standing: 'Suspect',
            }
          : {}),
        other_offences: 'No',
      }
    case 'childrens-social-care':
      return {
        ...{ ...staff, staff_role: 'SW', staff_team: 'Assessment Team 2' },
        care_plan: index % 2 === 0 ? 'CIN' : 'CP',
      }
    case 'community-health':
      return {
        ...{ ...staff, staff_role: 'District nurse', staff_team: 'Community East' },
        community_service: index % 2 === 0 ? 'District nursing' : 'School nursing',
      }
    case 'acute-care':
      return {
        ...{ ...staff, staff_role: 'Consultant', staff_team: 'Outpatients' },
        ...{ hospital: 'St Anne’s Hospital', hospital_care: 'Out-patient' },
      }
    case 'primary-care':
      return { ...staff, staff_role: 'GP', practice: 'Green Lane Surgery' }
    case 'mental-health':
      return {
        ...{ ...staff, staff_role: 'Care coordinator', staff_team: 'Recovery Team' },
        mental_health_service: index % 2 === 0 ? 'CMHT' : 'CAMHS',
      }
  }
}
