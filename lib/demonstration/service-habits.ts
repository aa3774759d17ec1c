/**
 * The services of the demonstration: whom each works with, and how each one writes its files. Codes
 * of services and providers are those of lib/server/programme/register/leap.json; everything else
 * is invented.
 */

/**
 * What a column holds: a field of the standard, or something a file has that the dataset has no
 * place for.
 */
export type Content =
  | 'client_ref'
  | 'role'
  | 'first_name'
  | 'last_name'
  | 'full_name'
  | 'date_of_birth'
  | 'gender'
  | 'nhs_number'
  | 'email'
  | 'mobile'
  | 'carer_email'
  | 'carer_mobile'
  | 'carer_first_name'
  | 'carer_last_name'
  | 'carer_date_of_birth'
  | 'carer_gender'
  | 'carer_nhs_number'
  | 'postcode'
  | 'ethnicity'
  | 'main_language'
  | 'send_or_disability'
  | 'referral_date'
  | 'start_date'
  | 'end_date'
  | 'referral_source'
  | 'status'
  | 'contacts'
  | 'last_contact_date'
  | 'contact_date'
  | 'attended'
  | 'row_number'
  | 'worker'
  | 'free_text'

export type DateStyle =
  'dd/mm/yyyy' | 'yyyy-mm-dd' | 'd Month yyyy' | 'dd.mm.yyyy' | 'dd-Mon-yy' | 'spreadsheet'

export type Audience = 'children' | 'mothers' | 'young-mothers' | 'carers' | 'children-with-carers'

/** How a file is laid down in bytes. */
export type FileForm =
  | {
      readonly kind: 'csv'
      readonly encoding: 'utf-8' | 'utf-16le' | 'windows-1252'
      readonly byteOrderMark: boolean
      readonly separator: ',' | ';' | '\t' | '|'
      readonly lineEnd: '\n' | '\r\n'
    }
  | { readonly kind: 'xlsx'; readonly sheet: string; readonly secondSheet: string | undefined }

export interface ServiceHabit {
  readonly service: string
  readonly provider: string
  readonly audience: Audience
  /** Children's ages in months at the start, both included. */
  readonly months: readonly [number, number]
  /** Share of those it could reach that it does, for a family that takes part as usual. */
  readonly uptake: number
  readonly shape: 'person' | 'child-and-carer' | 'contacts'
  readonly form: FileForm
  readonly titleRows: readonly string[]
  readonly dates: DateStyle
  /** Code of the standard → this service's word. What is not listed is written as the code. */
  readonly words: Readonly<Partial<Record<Content, Readonly<Record<string, string>>>>>
  readonly columns: readonly (readonly [header: string, content: Content])[]
  /** A mapping file goes with it, because the headers or words alone do not decide. */
  readonly needsMapping: boolean
  /** Whether accents survive its system. */
  readonly keepsAccents: boolean
  readonly capitals: boolean
  /** How a client reference is written. */
  readonly reference: (serial: number) => string
}

const BOY_GIRL = { M: 'Boy', F: 'Girl' }
const MALE_FEMALE = { M: 'Male', F: 'Female' }
const YES_NO = { yes: 'Yes', no: 'No', unknown: '' }
const ETHNIC_LABELS = {
  A: 'White British',
  B: 'White Irish',
  C: 'Any other White background',
  D: 'White and Black Caribbean',
  E: 'White and Black African',
  G: 'Any other mixed background',
  H: 'Indian',
  J: 'Pakistani',
  K: 'Bangladeshi',
  L: 'Any other Asian background',
  M: 'Caribbean',
  N: 'African',
  P: 'Any other Black background',
  R: 'Chinese',
  S: 'Any other ethnic group',
  Z: 'Not stated',
}
const LANGUAGE_NAMES = {
  en: 'English',
  pt: 'Portuguese',
  es: 'Spanish',
  so: 'Somali',
  ar: 'Arabic',
  yo: 'Yoruba',
  ig: 'Igbo',
  ak: 'Akan',
  fr: 'French',
  ff: 'Fulah',
  ti: 'Tigrinya',
  am: 'Amharic',
  pl: 'Polish',
  bn: 'Bengali',
  vi: 'Vietnamese',
  zh: 'Chinese',
  ur: 'Urdu',
  gu: 'Gujarati',
}
const STATUS_LABELS = {
  waiting: 'Waiting',
  active: 'Active',
  completed: 'Completed',
  left_early: 'Left early',
  declined: 'Declined',
}

function numbered(prefix: string, digits: number, first = 1): (serial: number) => string {
  return (serial) => `${prefix}${String(serial + first).padStart(digits, '0')}`
}

/** Eleven services of eight providers, each with a habit of its own. */
export const SERVICE_HABITS: readonly ServiceHabit[] = [
  {
    service: 'caseload-midwifery',
    provider: 'guys-and-st-thomas',
    audience: 'mothers',
    months: [-4, 2],
    uptake: 0.5,
    shape: 'person',
    form: { kind: 'csv', encoding: 'utf-8', byteOrderMark: false, separator: '|', lineEnd: '\n' },
    titleRows: [],
    dates: 'yyyy-mm-dd',
    words: { gender: { M: '1', F: '2' } },
    columns: [
      ['LOCAL_PATIENT_ID', 'client_ref'],
      ['NHS_NUMBER', 'nhs_number'],
      ['FORENAME', 'first_name'],
      ['SURNAME', 'last_name'],
      ['DATE_OF_BIRTH', 'date_of_birth'],
      ['GENDER', 'gender'],
      ['POSTCODE', 'postcode'],
      ['MOBILE', 'mobile'],
      ['ETHNIC_CATEGORY', 'ethnicity'],
      ['REFERRAL_DATE', 'referral_date'],
      ['START_DATE', 'start_date'],
      ['END_DATE', 'end_date'],
      ['CONTACTS', 'contacts'],
      ['LAST_CONTACT_DATE', 'last_contact_date'],
    ],
    needsMapping: false,
    keepsAccents: false,
    capitals: true,
    reference: numbered('RJ1', 7, 204_117),
  },
  {
    service: 'baby-steps',
    provider: 'early-years-and-parenting',
    audience: 'children-with-carers',
    months: [0, 12],
    uptake: 0.38,
    shape: 'child-and-carer',
    form: {
      kind: 'csv',
      encoding: 'windows-1252',
      byteOrderMark: false,
      separator: ';',
      lineEnd: '\r\n',
    },
    titleRows: [],
    dates: 'dd/mm/yyyy',
    words: {
      gender: BOY_GIRL,
      carer_gender: MALE_FEMALE,
      ethnicity: ETHNIC_LABELS,
      send_or_disability: YES_NO,
    },
    columns: [
      ['Child Ref', 'client_ref'],
      ["Child's First Name", 'first_name'],
      ["Child's Surname", 'last_name'],
      ["Child's DOB", 'date_of_birth'],
      ["Child's Gender", 'gender'],
      ["Child's NHS Number", 'nhs_number'],
      ["Parent's First Name", 'carer_first_name'],
      ["Parent's Surname", 'carer_last_name'],
      ["Parent's DOB", 'carer_date_of_birth'],
      ["Parent's Gender", 'carer_gender'],
      ["Parent's Email", 'carer_email'],
      ["Parent's Mobile", 'carer_mobile'],
      ['Postcode', 'postcode'],
      ['Ethnicity', 'ethnicity'],
      ['SEND or disability', 'send_or_disability'],
      ['Start date', 'start_date'],
      ['End date', 'end_date'],
      ['Sessions attended', 'contacts'],
      ['Worker', 'worker'],
    ],
    needsMapping: false,
    keepsAccents: true,
    capitals: false,
    reference: numbered('BS-', 4),
  },
  {
    service: 'bfps',
    provider: 'breastfeeding-network',
    audience: 'mothers',
    months: [0, 10],
    uptake: 0.42,
    shape: 'contacts',
    form: { kind: 'csv', encoding: 'utf-8', byteOrderMark: true, separator: ',', lineEnd: '\r\n' },
    titleRows: [],
    dates: 'd Month yyyy',
    words: {
      main_language: LANGUAGE_NAMES,
      gender: MALE_FEMALE,
      attended: { yes: 'Attended', no: 'Did not attend' },
    },
    columns: [
      ['Client ID', 'client_ref'],
      ['First name', 'first_name'],
      ['Last name', 'last_name'],
      ['Date of birth', 'date_of_birth'],
      ['Gender', 'gender'],
      ['Email', 'email'],
      ['Mobile', 'mobile'],
      ['Postcode', 'postcode'],
      ['Main language', 'main_language'],
      ['Date of contact', 'contact_date'],
      ['Outcome', 'attended'],
      ['Peer supporter', 'worker'],
    ],
    needsMapping: true,
    keepsAccents: true,
    capitals: false,
    reference: numbered('', 5, 31_200),
  },
  {
    service: 'family-nutrition',
    provider: 'henry',
    audience: 'children',
    months: [8, 60],
    uptake: 0.22,
    shape: 'person',
    form: { kind: 'xlsx', sheet: 'Data', secondSheet: 'Guidance' },
    titleRows: ['HENRY Family Nutrition', 'Quarterly return: children', ''],
    dates: 'spreadsheet',
    words: {
      gender: MALE_FEMALE,
      ethnicity: ETHNIC_LABELS,
      send_or_disability: YES_NO,
      status: STATUS_LABELS,
    },
    columns: [
      ['Client ref', 'client_ref'],
      ['First name', 'first_name'],
      ['Last name', 'last_name'],
      ['Date of birth', 'date_of_birth'],
      ['Gender', 'gender'],
      ['NHS number', 'nhs_number'],
      ["Parent's email", 'carer_email'],
      ["Parent's mobile", 'carer_mobile'],
      ['Postcode', 'postcode'],
      ['Ethnicity', 'ethnicity'],
      ['SEND', 'send_or_disability'],
      ['Start date', 'start_date'],
      ['End date', 'end_date'],
      ['Status', 'status'],
      ['Sessions attended', 'contacts'],
    ],
    needsMapping: false,
    keepsAccents: true,
    capitals: false,
    reference: numbered('HFN', 4, 100),
  },
  {
    service: 'speech-and-language-therapy-chattertime',
    provider: 'evelina-childrens-hospital',
    audience: 'children',
    months: [18, 60],
    uptake: 0.25,
    shape: 'person',
    form: { kind: 'xlsx', sheet: 'Chattertime', secondSheet: undefined },
    titleRows: [],
    dates: 'dd/mm/yyyy',
    words: { gender: { M: '1', F: '2' } },
    columns: [
      ['Local Patient Identifier', 'client_ref'],
      ['NHS Number', 'nhs_number'],
      ['Given Name', 'first_name'],
      ['Family Name', 'last_name'],
      ['Date of Birth', 'date_of_birth'],
      ['Gender', 'gender'],
      ['Postcode', 'postcode'],
      ['Ethnic Category', 'ethnicity'],
      ['Main Language', 'main_language'],
      ['Referral Date', 'referral_date'],
      ['Start Date', 'start_date'],
      ['End Date', 'end_date'],
      ['Number of contacts', 'contacts'],
      ['Last contact date', 'last_contact_date'],
    ],
    needsMapping: false,
    keepsAccents: false,
    capitals: true,
    reference: numbered('E', 6, 718_200),
  },
  {
    service: 'doorstep-library',
    provider: 'doorstep-library',
    audience: 'children',
    months: [6, 60],
    uptake: 0.3,
    shape: 'person',
    form: { kind: 'csv', encoding: 'utf-8', byteOrderMark: false, separator: ',', lineEnd: '\n' },
    titleRows: ['Doorstep Library – home reading visits', ''],
    dates: 'dd.mm.yyyy',
    words: {},
    columns: [
      ['Child ref', 'client_ref'],
      ['Role', 'role'],
      ['First name', 'first_name'],
      ['Surname', 'last_name'],
      ['DOB', 'date_of_birth'],
      ['Visits', 'contacts'],
    ],
    needsMapping: false,
    keepsAccents: true,
    capitals: false,
    reference: numbered('dl/', 4, 20),
  },
  {
    service: 'och',
    provider: 'lambeth-housing',
    audience: 'carers',
    months: [0, 60],
    uptake: 0.1,
    shape: 'person',
    form: {
      kind: 'csv',
      encoding: 'utf-16le',
      byteOrderMark: true,
      separator: '\t',
      lineEnd: '\r\n',
    },
    titleRows: [],
    dates: 'dd-Mon-yy',
    words: { gender: { M: 'Man', F: 'Woman' } },
    columns: [
      ['Case number', 'client_ref'],
      ['Name', 'full_name'],
      ['Date of birth', 'date_of_birth'],
      ['Sex', 'gender'],
      ['Email address', 'email'],
      ['Phone', 'mobile'],
      ['Postcode', 'postcode'],
      ['Case opened', 'start_date'],
      ['Case closed', 'end_date'],
      ['Contacts this quarter', 'contacts'],
      ['Notes', 'free_text'],
    ],
    needsMapping: false,
    keepsAccents: true,
    capitals: false,
    reference: numbered('OCH/24/', 3),
  },
  {
    service: 'natural-thinkers',
    provider: 'early-years-and-parenting',
    audience: 'children',
    months: [24, 60],
    uptake: 0.35,
    shape: 'person',
    form: {
      kind: 'csv',
      encoding: 'windows-1252',
      byteOrderMark: false,
      separator: ',',
      lineEnd: '\r\n',
    },
    titleRows: [],
    dates: 'dd/mm/yyyy',
    words: { gender: BOY_GIRL },
    columns: [
      ['No.', 'row_number'],
      ['Child ID', 'client_ref'],
      ['Forename', 'first_name'],
      ['Surname', 'last_name'],
      ['D.O.B', 'date_of_birth'],
      ['Boy/Girl', 'gender'],
      ['Post Code', 'postcode'],
      ['Mum or dad email', 'carer_email'],
      ['Sessions', 'contacts'],
    ],
    needsMapping: false,
    keepsAccents: true,
    capitals: false,
    reference: numbered('NT', 3),
  },
  {
    service: 'fnp',
    provider: 'guys-and-st-thomas',
    audience: 'young-mothers',
    months: [-4, 24],
    uptake: 0.8,
    shape: 'person',
    form: { kind: 'csv', encoding: 'utf-8', byteOrderMark: true, separator: ',', lineEnd: '\r\n' },
    titleRows: [],
    dates: 'yyyy-mm-dd',
    words: { gender: MALE_FEMALE, status: STATUS_LABELS },
    columns: [
      ['Client reference', 'client_ref'],
      ['NHS number', 'nhs_number'],
      ['First name', 'first_name'],
      ['Last name', 'last_name'],
      ['Date of birth', 'date_of_birth'],
      ['Gender', 'gender'],
      ['Email', 'email'],
      ['Mobile', 'mobile'],
      ['Postcode', 'postcode'],
      ['Ethnicity', 'ethnicity'],
      ['Start date', 'start_date'],
      ['End date', 'end_date'],
      ['Status', 'status'],
      ['Contacts', 'contacts'],
    ],
    needsMapping: true,
    keepsAccents: true,
    capitals: false,
    reference: numbered('FNP', 4, 400),
  },
  {
    service: 'parent-champions',
    provider: 'national-childrens-bureau',
    audience: 'carers',
    months: [0, 60],
    uptake: 0.12,
    shape: 'person',
    form: { kind: 'csv', encoding: 'utf-8', byteOrderMark: true, separator: ';', lineEnd: '\r\n' },
    titleRows: [],
    dates: 'dd/mm/yyyy',
    words: { main_language: LANGUAGE_NAMES, gender: MALE_FEMALE, ethnicity: ETHNIC_LABELS },
    columns: [
      ['ID', 'client_ref'],
      ['First Name', 'first_name'],
      ['Last Name', 'last_name'],
      ['Date of birth', 'date_of_birth'],
      ['Gender', 'gender'],
      ['E-mail', 'email'],
      ['Mobile number', 'mobile'],
      ['Postcode', 'postcode'],
      ['Ethnic group', 'ethnicity'],
      ['First language', 'main_language'],
      ['Sessions attended', 'contacts'],
    ],
    needsMapping: false,
    keepsAccents: true,
    capitals: false,
    reference: numbered('PC', 3),
  },
  {
    service: 'pairs-together-time',
    provider: 'south-london-and-maudsley',
    audience: 'children-with-carers',
    months: [2, 36],
    uptake: 0.2,
    shape: 'child-and-carer',
    form: { kind: 'xlsx', sheet: 'Together Time', secondSheet: undefined },
    titleRows: ['Parent and Infant Relationship Service', 'Together Time groups'],
    dates: 'spreadsheet',
    words: { gender: MALE_FEMALE, carer_gender: MALE_FEMALE, status: STATUS_LABELS },
    columns: [
      ['Child ID', 'client_ref'],
      ['Child first name', 'first_name'],
      ['Child surname', 'last_name'],
      ['Child date of birth', 'date_of_birth'],
      ['Child gender', 'gender'],
      ['Child NHS number', 'nhs_number'],
      ['Parent first name', 'carer_first_name'],
      ['Parent surname', 'carer_last_name'],
      ['Parent date of birth', 'carer_date_of_birth'],
      ['Parent gender', 'carer_gender'],
      ['Parent NHS number', 'carer_nhs_number'],
      ['Parent email', 'carer_email'],
      ['Parent mobile', 'carer_mobile'],
      ['Postcode', 'postcode'],
      ['Ethnicity', 'ethnicity'],
      ['Referral date', 'referral_date'],
      ['Start date', 'start_date'],
      ['End date', 'end_date'],
      ['Status', 'status'],
      ['Sessions attended', 'contacts'],
      ['Last session', 'last_contact_date'],
    ],
    needsMapping: false,
    keepsAccents: true,
    capitals: false,
    reference: numbered('TT-', 5, 900),
  },
]

/**
 * Whether the service's file says how many contacts there were; without it, being enrolled counts
 * as being reached.
 */
export function tellsContacts(habit: ServiceHabit): boolean {
  return habit.shape === 'contacts' || habit.columns.some(([, content]) => content === 'contacts')
}
