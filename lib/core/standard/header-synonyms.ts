import type { PeopleFieldName } from './fields.ts'

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

const WORDS: readonly [field: PeopleFieldName, known: string, ifConfirmed: string, weak: string][] =
  [
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
      child number, pupil id, user id, uid, urn, unique reference, unique ref, unique id,
      local id, service user, case file number, id number, record id, registration id,
      registration no, registration number, ref, reference, ref no, ref number, reference no,
      reference number, id, number id, identifier
    `,
      `
      number, no, code, key, client, patient, case, upn, family id, family number, row id
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
      gender identity,       health number, number, nhs ref
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
    [
      'referral_date',
      `
      referral date, date of referral, date referred, referred on, referral received,
      referral received date, date referral received, referral request received date,
      referred date, date of referral received, referral dt, received date, date received,
      booking date, date of booking, date of referral to service
    `,
      '',
      `
      referral, referred
    `,
    ],
    [
      'start_date',
      `
      start date, date started, started, date of start, service start date, start of service,
      programme start date, enrolment date, enrollment date, date enrolled,
      date of enrolment, registration date, date registered, date of registration,
      registered on, joined, date joined, joining date, join date, date of joining,
      admission date, case start date, case opened, date opened, date case opened, open date,
      opened, case open date, episode start, episode start date, start of episode,
      first contact date, date of first contact, first attended, first appointment,
      first appointment date, first session, first session date, date of first session,
      date first seen, first seen, date first attended, first attendance date,
      intervention start date, date accepted, accepted date, start, commencement date,
      date commenced, course start date, involvement start date, pack given date,
      date pack given, date pack issued, pack issued date, date issued, date given
    `,
      '',
      `
      date, date added, created, created date, date created
    `,
    ],
    [
      'end_date',
      `
      end date, date ended, ended, finish date, date finished, closure date, date closed,
      case closed, date case closed, case closure date, closed, closed date, close date,
      discharge date, date of discharge, discharged, date discharged, exit date,
      date of exit, leaving date, date left, leave date, date of leaving, service end date,
      end of service, programme end date, episode end, episode end date, completion date,
      date completed, date of completion, withdrawal date, intervention end date,
      case end date, end, course end date, involvement end date, left
    `,
      '',
      '',
    ],
    [
      'referral_source',
      `
      referral source, source of referral, referred by, referrer, referrer type,
      referring agency, referral from, referred from, referral agency, referral route,
      referral pathway, source of referral code, who referred, referral type,
      how did you hear about us, how heard, source referral, referrer role,
      referring organisation, referring service, referral organisation,
      referring professional, referral method
    `,
      '',
      `
      source, route, pathway, referral, how did you hear
    `,
    ],
    [
      'status',
      `
      status, case status, client status, current status, engagement status, service status,
      referral status, programme status, enrolment status, participation status,
      attendance status overall, outcome status, status of case, status of client,
      registration status, service user status, status at end of quarter,
      status end of quarter
    `,
      '',
      `
      state, stage, outcome, closure reason, reason for leaving
    `,
    ],
    [
      'contacts',
      `
      contacts, number of contacts, no of contacts, contact count, contacts attended,
      number of contacts attended, sessions attended, number of sessions,
      no of sessions, number of sessions attended, no sessions attended,
      no of sessions attended, sessions, total sessions, total sessions attended,
      total contacts, total contacts attended, attendances, number of attendances,
      no of attendances, total attendances, attendance count, visits, number of visits,
      no of visits, total visits, visits attended, appointments attended,
      number of appointments, number of appointments attended, no of appointments attended,
      total appointments attended, contacts in quarter, contacts this quarter,
      sessions in quarter, sessions this quarter, sessions attended this quarter,
      sessions attended in quarter, contacts attended in quarter,
      contacts attended this quarter, attendances this quarter, attendances in quarter,
      visits this quarter, visits in quarter, total attended, times attended,
      number times attended, number of times attended, attended contacts, attended sessions,
      classes attended, groups attended, packs given, number of packs, packs received,
      contacts qtr, f2f contacts, face to face contacts, attended appointments, loans,
      books borrowed, workshops attended, session count, visit count,
      total number of contacts, total number of sessions, home visits, number of home visits
    `,
      `
      attended, attendance
    `,
      `
      count, total, contact, activity, qty, quantity
    `,
    ],
    [
      'last_contact_date',
      `
      last contact date, date of last contact, last contact, date last contact,
      last contacted, last seen, date last seen, last seen date, last attended,
      date last attended, last attended date, last attendance, last attendance date,
      date of last attendance, last visit, last visit date, date of last visit, last session,
      last session date, date of last session, last session attended, last appointment,
      last appointment date, date of last appointment, most recent contact,
      most recent contact date, most recent attendance, most recent visit,
      most recent session, latest contact, latest contact date, latest attendance,
      date of most recent contact, date most recent contact, last date attended,
      last date seen, last activity date, last activity, last contact dt
    `,
      '',
      '',
    ],
    [
      'contact_date',
      `
      contact date, date of contact, session date, date of session, appointment date,
      date of appointment, visit date, date of visit, attendance date, date of attendance,
      activity date, date of activity, date attended, attended date, care contact date,
      event date, date of event, class date, group date, date seen, attended on,
      meeting date, interaction date, date of interaction, session day, contact dt,
      contact date time, appointment date time, session date time, care contact date time
    `,
      `
      date
    `,
      `
      day, when
    `,
    ],
    [
      'attended',
      `
      attended y n, attended yes no, did attend, attendance status, attendance outcome,
      attendance code, attended or did not attend, attended or dna, attended dna,
      contact outcome, appointment status, appointment outcome, appointment attendance,
      was attended, session attended, attended flag, attendance flag, attended session,
      attended appointment, contact attended, attend, register mark, attendance mark,
      presence
    `,
      `
      attended, attendance, present
    `,
      `
      outcome, status
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
export const HEADER_SYNONYMS: readonly HeaderWords[] = WORDS.map(
  ([field, known, ifConfirmed, weak]) => ({
    field,
    known: listed(known),
    ifConfirmed: listed(ifConfirmed),
    weak: listed(weak),
  }),
)

/** Headers of a whole name in one column, which is split. */
export const FULL_NAME_HEADERS = listed(`
  name, full name, fullname, client name, patient name, service user name, participant name,
  beneficiary name, person name, member name, names, attendee name, complete name,
  first and last name, first name and surname, forename and surname, name and surname,
  name full, legal name, first last name, recipient name, borrower name, customer name,
  first name surname, forename surname, name first and last
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
