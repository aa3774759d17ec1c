import { NOT_KNOWN, type Code, type CodeList, type CodeListName } from '#core/standard/code-list.ts'

/**
 * The code lists of feeds, with the words that sources write for each code. Each is closed: a word
 * that is in none is a finding, and nothing is kept of it.
 */

/** Whether a source is involved with somebody, in the order in which practitioners are told. */
export const INVOLVEMENT_STATES = ['current', 'historic', 'none'] as const
export type InvolvementState = (typeof INVOLVEMENT_STATES)[number]

function listOf(name: CodeListName, source: string, codes: readonly Code[]): CodeList {
  return { name, source, codes, blanks: NOT_KNOWN }
}

function code(name: string, label: string, synonyms = ''): Code {
  return { code: name, label, synonyms: synonyms === '' ? [] : synonyms.split(', ') }
}

const OURS = 'This standard.'

const INVOLVEMENT: CodeList = {
  ...listOf('involvement', OURS, [
    code('current', 'Current', 'open, active, ongoing, in progress, yes, live, enrolled'),
    code('historic', 'Historic', 'closed, past, previous, ended, former, archived, inactive, left'),
    code('none', 'None', 'no involvement, never, not involved, no'),
  ]),
  blanks: NOT_KNOWN,
}

/** The lists that feeds alone use, by name. */
export const FEED_CODE_LISTS = {
  involvement: INVOLVEMENT,
  'staff-role': listOf('staff-role', OURS, [
    code('social_worker', 'Social worker', 'sw, allocated social worker, senior social worker'),
    code('key_worker', 'Key worker', 'keyworker, case worker, caseworker, lead professional'),
    code('care_coordinator', 'Care co-ordinator', 'care coordinator, case manager, care manager'),
    code('support_worker', 'Support worker', 'family support worker, outreach worker'),
    code('teacher', 'Teacher', 'class teacher, form tutor, head of year, tutor'),
    code('safeguarding_lead', 'Safeguarding lead', 'dsl, designated safeguarding lead'),
    code('head_teacher', 'Head teacher', 'headteacher, head, principal'),
    code('sen_coordinator', 'SEN co-ordinator', 'senco, sendco'),
    code('gp', 'GP', 'doctor, general practitioner, named gp'),
    code('nurse', 'Nurse', 'practice nurse, school nurse, district nurse, community nurse'),
    code('health_visitor', 'Health visitor', 'hv'),
    code('midwife', 'Midwife', 'community midwife'),
    code(
      'therapist',
      'Therapist',
      'occupational therapist, speech and language therapist, slt, ot',
    ),
    code('consultant', 'Consultant', 'psychiatrist, paediatrician'),
    code('housing_officer', 'Housing officer', 'tenancy officer, neighbourhood officer'),
    code('police_officer', 'Police officer', 'officer in the case, oic, pc, detective constable'),
    code('manager', 'Manager', 'team manager, team leader, service manager'),
    code(
      'duty_desk',
      'Duty desk',
      'duty, duty team, duty officer, single point of access, front door',
    ),
    code('administrator', 'Administrator', 'admin, office, reception, business support'),
    code('other', 'Other'),
  ]),
  'admission-type': listOf('admission-type', 'Family Context, common data model.', [
    code('main', 'Main', 'm, current main, single registration, c, registered'),
    code('secondary', 'Secondary', 's, subsidiary, dual subsidiary, dual, guest, g'),
    code('off_site', 'Off site', 'offsite, off site education, alternative provision, ap'),
  ]),
  tenancy: listOf('tenancy', OURS, [
    code('secure', 'Secure', 'lifetime, secure tenancy'),
    code('assured', 'Assured', 'assured tenancy, assured shorthold, ast'),
    code('introductory', 'Introductory or starter', 'introductory, starter, probationary'),
    code('flexible', 'Flexible or fixed term', 'flexible, fixed term'),
    code('temporary', 'Temporary', 'temporary accommodation, non secure, hostel, emergency'),
    code('supported', 'Supported', 'supported housing, sheltered, extra care'),
    code('licence', 'Licence', 'license, licensee'),
    code('leasehold', 'Leasehold or owned', 'leaseholder, freehold, owner, shared ownership'),
    code('other', 'Other'),
  ]),
  'open-or-closed': listOf('open-or-closed', 'Family Context, common data model.', [
    code('no', 'No', 'n, none, 0, false, never'),
    code('open', 'Yes, open', 'yes open, open, current, active, ongoing, yes (open)'),
    code('closed', 'Yes, closed', 'yes closed, closed, past, ended, resolved, yes (closed)'),
  ]),
  'offence-type': listOf('offence-type', OURS, [
    code('domestic_abuse', 'Domestic abuse', 'domestic violence, da, dv'),
    code('child_cruelty', 'Child cruelty or neglect', 'child abuse, neglect, cruelty to a child'),
    code('sexual_offence', 'Sexual offence', 'sexual, sexual assault, rape'),
    code('exploitation', 'Exploitation', 'cse, cce, trafficking, modern slavery, county lines'),
    code('violence', 'Violence or weapons', 'violence, assault, weapons, weapon'),
    code('drugs', 'Drugs', 'drug offence, drug supply, possession of drugs'),
  ]),
  'offence-standing': listOf('offence-standing', 'Family Context, common data model.', [
    code('convict', 'Convicted', 'convicted, conviction, guilty, perpetrator'),
    code('suspect', 'Suspected', 'suspected, alleged, accused, charged'),
  ]),
  'care-plan': listOf('care-plan', OURS, [
    code('child_protection', 'Child protection plan', 'cp, cpp, child protection'),
    code('child_in_need', 'Child in need plan', 'cin, child in need'),
    code('looked_after', 'Looked after', 'lac, cla, child looked after, in care'),
    code('care_leaver', 'Care leaver', 'leaving care'),
    code('early_help', 'Early help', 'eh, team around the family, taf'),
    code('assessment', 'Assessment', 'single assessment, section 47, s47'),
    code('no_plan', 'No plan', 'none, no'),
  ]),
  'community-service': listOf('community-service', OURS, [
    code('health_visiting', 'Health visiting', 'health visitor, 0-5, 0 to 5'),
    code('school_nursing', 'School nursing', 'school nurse, 5-19'),
    code('district_nursing', 'District nursing', 'community nursing, district nurse'),
    code('therapy', 'Therapy', 'speech and language therapy, occupational therapy, physiotherapy'),
    code('learning_disability', 'Learning disability', 'ld, learning disabilities'),
    code('paediatrics', 'Community paediatrics', 'paediatrics, child development'),
    code('other', 'Other'),
  ]),
  'hospital-care': listOf('hospital-care', OURS, [
    code('inpatient', 'In-patient', 'in patient, admitted, ip, ward'),
    code('outpatient', 'Out-patient', 'out patient, op, clinic'),
    code('emergency', 'Emergency department', 'a&e, ae, ed, accident and emergency'),
    code('maternity', 'Maternity', 'antenatal, midwifery'),
  ]),
  'mental-health-service': listOf('mental-health-service', OURS, [
    code('child', 'Child and adolescent', 'camhs, cyp, child and adolescent mental health'),
    code('adult_community', 'Adult community', 'cmht, community mental health team, community'),
    code('talking_therapies', 'Talking therapies', 'iapt, psychology'),
    code('crisis', 'Crisis', 'crisis team, home treatment, liaison'),
    code('inpatient', 'In-patient', 'in patient, ward, admitted'),
    code('perinatal', 'Perinatal'),
    code('older_adults', 'Older adults', 'memory service, older people'),
    code('substance_use', 'Drugs and alcohol', 'addiction, substance misuse, drug and alcohol'),
  ]),
} as const satisfies Partial<Record<CodeListName, CodeList>>
