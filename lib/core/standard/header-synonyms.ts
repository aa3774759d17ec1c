import type { PeopleFieldName } from './fields.ts'
import { USE_WORDS, type FieldWords } from './use-headers.ts'
import { WELSH_NAMES, WELSH_WORDS } from './welsh-headers.ts'

/**
 * What charities, councils and NHS trusts write above their columns, by standard field. Whose field
 * it is ("Child's …", "Mum's …") is told apart by `lib/core/standard/header-reading.ts`, so words
 * for a carer's name stand once, with the name. Compared by their words, without "of", "the" and
 * hints such as (dd/mm/yyyy).
 */
export interface HeaderWords {
  readonly field: PeopleFieldName
  /** Headers that mean this field and nothing else. */
  readonly known: readonly string[]
  /** Headers that mean it when the data below agree, and only then. */
  readonly ifConfirmed: readonly string[]
  /** Headers that may mean it: never certain. */
  readonly weak: readonly string[]
}

const PERSON_WORDS: readonly FieldWords[] = [
  [
    'client_ref',
    `
      client reference, client ref, client ref no, client reference number, client id,
      client number, client no, client code, client identifier, client unique id,
      unique client id, service user id, service user ref, service user reference,
      service user number, su id, case number, case no, case ref, case reference, case id,
      patient id, patient identifier, local patient id, local patient identifier,
      patient number, hospital number, hospital no, mrn, rio number, rio id, emis number,
      emis id, systmone id, k number, crn, participant id, participant ref,
      participant number, participant reference, beneficiary id, beneficiary ref,
      beneficiary reference, person id, person ref, person reference, person number,
      person key, member id, member number, membership number, membership no, membership id,
      library card number, library card, card number, borrower number, borrower id, child id,
      child ref, child reference, child reference number, childs id, baby id, baby ref,
      mosaic id, mosaic number, liquidlogic id, eisi number, estart number, estart id,
      family member id, individual id, customer id, customer ref, customer reference,
      attendee id, crm id, our ref, our reference, our id, internal id, internal reference,
      local reference, leap id, lamplight id, salesforce id, views id, pack recipient ref,
      recipient id, recipient ref, clientref, resident id, mother id, mothers id,
      maternity id, maternity number, booking number, badgernet id, badgernet number,
      lead patient id
    `,
    `
      unique reference number, unique identifier, local identifier, child unique id,
      child number, pupil id, uid, urn, unique reference, unique ref, unique id,
      local id, service user, case file number, id number, record id, registration id,
      registration no, registration number, ref, reference, ref no, ref number, reference no,
      reference number, id, number id, identifier
    `,
    `
      number, no, code, key, user id, client, patient, case, upn, family id, family number, row id
    `,
  ],
  [
    'role',
    `
      role, person type, client type, type of client, service user type, beneficiary type,
      participant type, person role, attendee type, adult or child, child or adult,
      adult child, child adult, parent or child, child or parent, child parent, parent child,
      relationship role, client role, member type, recipient type
    `,
    '',
    `
      type, category, relationship, relationship to child, who
    `,
  ],
  [
    'first_name',
    `
      first name, firstname, first names, forename, forenames, fore name, given name,
      given names, christian name, fname, f name, name first, first name s, forename s,
      known first name, legal first name, legal forename, first given name
    `,
    '',
    `
      first, given, preferred name, known as, preferred first name, nickname
    `,
  ],
  [
    'last_name',
    `
      last name, lastname, last names, surname, surnames, sur name, family name, second name,
      lname, l name, s name, sname, name last, legal surname, legal last name
    `,
    '',
    `
      last, family
    `,
  ],
  [
    'date_of_birth',
    `
      date of birth, dob, d o b, birth date, birthdate, birthday, date birth, born,
      date born, born on, dateofbirth, d birth, birth dt, dt of birth, dte of birth, b date
    `,
    '',
    `
      birth
    `,
  ],
  [
    'gender',
    `
      gender, sex, m f, male female, gender m f, sex at birth,
      stated gender, person stated gender, person stated gender code, gender code, sex code,
      boy girl, boy or girl, male or female, phenotypic sex, legal sex, gender description,
      sex description
    `,
    '',
    `
      gender identity
    `,
  ],
  [
    'nhs_number',
    `
      nhs number, nhs no, nhs num, nhsno, nhs, nhs id, nhs nr, nhs identifier,
      nhs number 10 digits, national health service number, national health number,
      nhs no 10 digit, nhs number 10 digit, nhs number value, new nhs number, nhs_no,
      nhs numbers, nhs number if known
    `,
    '',
    `
      health number, number, nhs ref
    `,
  ],
  [
    'email',
    `
      email, e mail, email address, e mail address, mail address, email id, contact email,
      email contact, personal email, home email, contact email address, email addr,
      own email, emails, preferred email, email 1, email address 1, main email,
      primary email
    `,
    '',
    `
      mail, contact, contact details
    `,
  ],
  [
    'mobile',
    `
      mobile, mobile number, mobile no, mobile phone, mobile phone number, mobile telephone,
      mobile tel, mob, mob no, mobile num, cell, cell phone, mobile contact number,
      own mobile, contact mobile, tel mobile, phone mobile, telephone mobile,
      mobile telephone number, mobile contact, sms number, text number, personal mobile,
      mobile 1, primary mobile, main mobile
    `,
    `
      phone, phone number, phone no, telephone, telephone number, telephone no, tel, tel no,
      tel number, contact number, contact no, contact telephone, contact phone,
      contact telephone number, contact phone number, contact tel, preferred contact number,
      main phone, primary phone, phone 1, telephone 1, best contact number
    `,
    `
      number, contact, contact details
    `,
  ],
  [
    'postcode',
    `
      postcode, post code, postal code, home postcode, home post code, postcode of residence,
      pcode, p code, post cd, address postcode, postcode home, residential postcode,
      current postcode, family postcode, family home postcode, household postcode,
      usual address postcode, home address postcode, postcode full, full postcode, postcode address, zip,
      zip code, postcode of home address
    `,
    '',
    `
      address, home address, full address, address line 4, address line 5, location, area
    `,
  ],
  [
    'ethnicity',
    `
      ethnicity, ethnic origin, ethnic group, ethnic category, ethnic background,
      ethnicity code, ethnic code, ethnic category code, ethnicity description,
      ethnic origin code, ethnic group code, ethnicity group, ethnic, self defined ethnicity,
      ethnicity ons, ethnicity census, ethnicity category
    `,
    '',
    `
      race, heritage, background, cultural background, nationality
    `,
  ],
  [
    'main_language',
    `
      main language, first language, home language, language, language spoken,
      languages spoken, language spoken at home, main language spoken,
      main language spoken at home, main language at home, primary language,
      preferred language, mother tongue, native language, spoken language, language at home,
      language spoken home, languages, language code, main spoken language, 1st language,
      family language
    `,
    '',
    `
      second language, interpreter language
    `,
  ],
  [
    'send_or_disability',
    `
      send or disability, send, sen, send disability, sen disability, disability, disabled,
      has disability, disability flag, disability status, send status, sen status,
      sen or disability, send flag, disability or send, disability y n, additional needs,
      special educational needs, special needs, special educational needs or disability,
      special educational needs and disabilities, any disability, disability sen,
      does have disability, disabilities, learning disability or send,
      disability or additional needs, considers themselves disabled, is disabled
    `,
    '',
    `
      sen need, primary need, long term condition, health condition
    `,
  ],
]

function listed(text: string): readonly string[] {
  return text
    .split(',')
    .map((header) => header.trim())
    .filter((header) => header !== '')
}

/** The headers known for each field. */
export const HEADER_SYNONYMS: readonly HeaderWords[] = [
  ...PERSON_WORDS,
  ...USE_WORDS,
  ...WELSH_WORDS,
].map(([field, known, ifConfirmed, weak]) => ({
  field,
  known: listed(known),
  ifConfirmed: listed(ifConfirmed),
  weak: listed(weak),
}))

/** Headers of a whole name in one column, which is split. */
export const FULL_NAME_HEADERS = listed(`
  name, full name, fullname, client name, patient name, service user name, participant name,
  beneficiary name, person name, member name, names, attendee name, complete name,
  first and last name, first name and surname, forename and surname, name and surname,
  name full, legal name, first last name, recipient name, borrower name, customer name,
  first name surname, forename surname, name first and last, ${WELSH_NAMES}
`)

/** Headers of a whole name that has the last name first and no comma. */
export const REVERSED_NAME_HEADERS = listed(`
  surname first name, surname forename, last name first name, surname and first name,
  surname and forename, surname forenames, surname first names, name surname first
`)

/** Headers of one part of a birth date that is spread over three columns. */
export const BIRTH_PART_HEADERS: Readonly<Record<'day' | 'month' | 'year', readonly string[]>> = {
  day: listed('birth day, day of birth, dob day, dob d, birthday day, day born'),
  month: listed('birth month, month of birth, dob month, dob m, month born'),
  year: listed('birth year, year of birth, dob year, dob y, yob, year born'),
}
