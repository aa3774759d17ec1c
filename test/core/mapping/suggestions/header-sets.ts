import type { Mapping } from '#core/mapping/mapping.ts'

/**
 * Headers as services of different kinds write them, with rows of invented people and the mapping
 * they must get.
 */
export interface HeaderSet {
  readonly of: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly mapping: Mapping
  /** Field ('' for any) and column that must never be certain. */
  readonly neverCertain?: readonly (readonly [field: string, column: string])[]
}

function split(text: string): string[] {
  return text.split('|').map((cell) => cell.trim())
}

export const HEADER_SETS: readonly HeaderSet[] = [
  {
    of: 'a charity that writes the standard names',
    header: split('client_ref|first_name|last_name|date_of_birth|gender|postcode|email|contacts'),
    rows: [split('1|Ngozi|Okafor|14/09/1991|F|SW9 9SL|n@mail.leap.test|3')],
    mapping: {
      shape: 'person',
      columns: {
        client_ref: 'client_ref',
        first_name: 'first_name',
        last_name: 'last_name',
        date_of_birth: 'date_of_birth',
        gender: 'gender',
        postcode: 'postcode',
        email: 'email',
        contacts: 'contacts',
      },
    },
  },
  {
    of: 'a family charity with child and mother in one row',
    header: split(
      "Client ID|Child's forename|Child's surname|Child's DOB (dd/mm/yyyy)|Gender|NHS No.|Mum's first name|Mum's surname|Mum's date of birth|Mum's email|Mum's mobile|Post Code|Ethnic origin|Start Date|Sessions attended|Date last seen",
    ),
    rows: [
      split(
        'A1|Amara|Okafor|03/02/2021|Girl|943 476 5919|Ngozi|Okafor|14/09/1991|n@mail.leap.test|07700 900123|SW9 9SL|Black African|01/04/2024|3|02/05/2024',
      ),
      split(
        'A2|Tom|Smith|04/05/2022|Boy||Ann|Smith|14/09/1990|a@mail.leap.test|07700 900124|SW9 9SM|White British|01/04/2024|0|',
      ),
    ],
    mapping: {
      shape: 'child-and-carer',
      columns: {
        client_ref: 'Client ID',
        first_name: "Child's forename",
        last_name: "Child's surname",
        date_of_birth: "Child's DOB (dd/mm/yyyy)",
        gender: 'Gender',
        nhs_number: 'NHS No.',
        carer_first_name: "Mum's first name",
        carer_last_name: "Mum's surname",
        carer_date_of_birth: "Mum's date of birth",
        carer_email: "Mum's email",
        carer_mobile: "Mum's mobile",
        postcode: 'Post Code',
        ethnicity: 'Ethnic origin',
        start_date: 'Start Date',
        contacts: 'Sessions attended',
        last_contact_date: 'Date last seen',
      },
      constants: { role: 'child' },
      values: {
        gender: { Girl: 'F', Boy: 'M' },
        ethnicity: { 'Black African': 'N', 'White British': 'A' },
      },
    },
  },
  {
    of: 'a council children’s centre',
    header: split(
      'eStart ID|Forename|Surname|D.O.B|Sex|Ethnicity|Home Language|SEN/Disability|Postcode|Parent/Carer Email Address|Parent/Carer Mobile No|Registration Date|Number of visits|Last Visit|Centre|Ward',
    ),
    rows: [
      split(
        '10001|Amara|Okafor|03/02/2021|F|N|Portuguese|No|SW9 9SL|n@mail.leap.test|07700900123|01/04/2024|3|02/05/2024|Loughborough|Coldharbour',
      ),
    ],
    mapping: {
      shape: 'person',
      columns: {
        client_ref: 'eStart ID',
        first_name: 'Forename',
        last_name: 'Surname',
        date_of_birth: 'D.O.B',
        gender: 'Sex',
        ethnicity: 'Ethnicity',
        main_language: 'Home Language',
        send_or_disability: 'SEN/Disability',
        postcode: 'Postcode',
        carer_email: 'Parent/Carer Email Address',
        carer_mobile: 'Parent/Carer Mobile No',
        start_date: 'Registration Date',
        contacts: 'Number of visits',
        last_contact_date: 'Last Visit',
      },
      values: { main_language: { Portuguese: 'pt' }, send_or_disability: { No: 'no' } },
    },
    neverCertain: [
      ['', 'Centre'],
      ['', 'Ward'],
    ],
  },
  {
    of: 'an NHS community trust, one row a contact',
    header: split(
      'Local Patient Identifier|NHS Number|Person Birth Date|Person Stated Gender Code|Ethnic Category|Postcode of Usual Address|Care Contact Date|Attended or Did Not Attend|Referral Request Received Date|Clinician',
    ),
    rows: [
      split('RJ1-1|9434765919|2021-02-03|2|N|SW9 9SL|2024-05-03|5|2024-03-01|Dr Lee'),
      split('RJ1-1|9434765919|2021-02-03|2|N|SW9 9SL|2024-05-10|3|2024-03-01|Dr Lee'),
    ],
    mapping: {
      shape: 'contacts',
      columns: {
        client_ref: 'Local Patient Identifier',
        nhs_number: 'NHS Number',
        date_of_birth: 'Person Birth Date',
        gender: 'Person Stated Gender Code',
        ethnicity: 'Ethnic Category',
        postcode: 'Postcode of Usual Address',
        contact_date: 'Care Contact Date',
        attended: 'Attended or Did Not Attend',
        referral_date: 'Referral Request Received Date',
      },
      values: { gender: { 2: 'F' }, attended: { 5: 'yes', 3: 'no' } },
    },
    neverCertain: [['', 'Clinician']],
  },
  {
    of: 'a midwifery team with mother and baby in one row',
    header: split(
      "Mother's Hospital No|Mother's NHS Number|Mother's First Name|Mother's Last Name|Mother's DOB|Baby NHS Number|Baby First Name|Baby Surname|Baby DOB|Baby Gender|Postcode|Mobile (mother)|Baby ID",
    ),
    rows: [
      split(
        'H1|9434765919|Ngozi|Okafor|14/09/1991|9990000018|Amara|Okafor|03/02/2024|F|SW9 9SL|07700900123|B-1',
      ),
    ],
    mapping: {
      shape: 'child-and-carer',
      columns: {
        carer_nhs_number: "Mother's NHS Number",
        carer_first_name: "Mother's First Name",
        carer_last_name: "Mother's Last Name",
        carer_date_of_birth: "Mother's DOB",
        nhs_number: 'Baby NHS Number',
        first_name: 'Baby First Name',
        last_name: 'Baby Surname',
        date_of_birth: 'Baby DOB',
        gender: 'Baby Gender',
        postcode: 'Postcode',
        carer_mobile: 'Mobile (mother)',
        client_ref: 'Baby ID',
      },
      constants: { role: 'child' },
    },
  },
  {
    of: 'an oral health team that hands out packs',
    header: split(
      'Ref|Child Name|Date of Birth|M/F|Home Postcode|Parent Name|Parent Contact Number|Date Pack Given|Packs Given|Nursery Name',
    ),
    rows: [
      split(
        'P1|Amara Okafor|03/02/2021|F|SW9 9SL|Ngozi Okafor|07700900123|03/05/2024|1|Little Stars',
      ),
      split('P2|Tom Smith|04/02/2021|M|SW9 9SM|Ann Smith|07700900124|03/05/2024|1|Little Stars'),
    ],
    mapping: {
      shape: 'child-and-carer',
      columns: {
        client_ref: 'Ref',
        date_of_birth: 'Date of Birth',
        gender: 'M/F',
        postcode: 'Home Postcode',
        carer_mobile: 'Parent Contact Number',
        start_date: 'Date Pack Given',
        contacts: 'Packs Given',
      },
      split: {
        'Child Name': ['first_name', 'last_name'],
        'Parent Name': ['carer_first_name', 'carer_last_name'],
      },
      constants: { role: 'child' },
    },
    neverCertain: [['', 'Nursery Name']],
  },
  {
    of: 'a library',
    header: split(
      'Library Card Number|First Name|Last Name|Birth Date|Postal Code|Guardian Email|Date Joined|Books Borrowed',
    ),
    rows: [split('L100|Amara|Okafor|2021-02-03|SW9 9SL|n@mail.leap.test|2024-04-01|6')],
    mapping: {
      shape: 'person',
      columns: {
        client_ref: 'Library Card Number',
        first_name: 'First Name',
        last_name: 'Last Name',
        date_of_birth: 'Birth Date',
        postcode: 'Postal Code',
        carer_email: 'Guardian Email',
        start_date: 'Date Joined',
        contacts: 'Books Borrowed',
      },
    },
  },
  {
    of: 'a speech and language therapy team with referrals',
    header: split(
      'Case number|Given name|Family name|DOB|Gender (M/F)|NHS no. (if known)|Referral Source|Date referred|Date started|Discharge date|Case status|Appointments attended|Referrer name|Therapist',
    ),
    rows: [
      split(
        'C1|Amara|Okafor|03/02/2021|F|9434765919|HV|01/03/2024|01/04/2024||Open|3|Jo Bell|Kim Ray',
      ),
    ],
    mapping: {
      shape: 'person',
      columns: {
        client_ref: 'Case number',
        first_name: 'Given name',
        last_name: 'Family name',
        date_of_birth: 'DOB',
        gender: 'Gender (M/F)',
        nhs_number: 'NHS no. (if known)',
        referral_source: 'Referral Source',
        referral_date: 'Date referred',
        start_date: 'Date started',
        end_date: 'Discharge date',
        status: 'Case status',
        contacts: 'Appointments attended',
      },
      values: { referral_source: { HV: 'health_visitor' }, status: { Open: 'active' } },
    },
    neverCertain: [
      ['', 'Referrer name'],
      ['', 'Therapist'],
    ],
  },
  {
    of: 'a peer support charity whose clients are mothers and babies by role',
    header: split(
      'Unique ID|Role|First name(s)|Surname|DOB|Email|Mobile|Postcode|Ethnicity|Date registered|No. of contacts this quarter|Status',
    ),
    rows: [
      split(
        'U1|Mother|Ngozi|Okafor|14/09/1991|n@mail.leap.test|07700900123|SW9 9SL|Black African|01/04/2024|3|Active',
      ),
      split('U2|Baby|Amara|Okafor|03/02/2024|||SW9 9SL|Black African|01/04/2024|3|Active'),
      split('U3|Baby|Tom|Smith|03/02/2024|||SW9 9SL|White British|01/04/2024|3|Active'),
    ],
    mapping: {
      shape: 'person',
      columns: {
        client_ref: 'Unique ID',
        role: 'Role',
        first_name: 'First name(s)',
        last_name: 'Surname',
        date_of_birth: 'DOB',
        email: 'Email',
        mobile: 'Mobile',
        postcode: 'Postcode',
        ethnicity: 'Ethnicity',
        start_date: 'Date registered',
        contacts: 'No. of contacts this quarter',
        status: 'Status',
      },
      values: {
        role: { Mother: 'parent', Baby: 'child' },
        ethnicity: { 'Black African': 'N', 'White British': 'A' },
        status: { Active: 'active' },
      },
    },
  },
  {
    of: 'a housing team that serves adults',
    header: split(
      'Our ref|Full name|Date of birth|Sex|Telephone|Email address|Home postcode|Case opened|Case closed|Notes',
    ),
    rows: [
      split(
        'H1|Okafor, Ngozi|14/09/1991|Female|07700 900123|n@mail.leap.test|SW9 9SL|01/04/2024||damp in the bedroom',
      ),
    ],
    mapping: {
      shape: 'person',
      columns: {
        client_ref: 'Our ref',
        date_of_birth: 'Date of birth',
        gender: 'Sex',
        mobile: 'Telephone',
        email: 'Email address',
        postcode: 'Home postcode',
        start_date: 'Case opened',
        end_date: 'Case closed',
      },
      split: { 'Full name': ['first_name', 'last_name'] },
      values: { gender: { Female: 'F' } },
    },
    neverCertain: [['', 'Notes']],
  },
  {
    of: 'a nursery register of sessions',
    header: split(
      'Child ID|Child First Name|Child Last Name|Child D.O.B.|Session Date|Attended (Y/N)|Group',
    ),
    rows: [
      split('N1|Amara|Okafor|03/02/2021|03/05/2024|Y|Ducks'),
      split('N1|Amara|Okafor|03/02/2021|10/05/2024|N|Ducks'),
    ],
    mapping: {
      shape: 'contacts',
      columns: {
        client_ref: 'Child ID',
        first_name: 'Child First Name',
        last_name: 'Child Last Name',
        date_of_birth: 'Child D.O.B.',
        contact_date: 'Session Date',
        attended: 'Attended (Y/N)',
      },
      values: { attended: { Y: 'yes', N: 'no' } },
    },
  },
  {
    of: 'a council export with a UPN, an address and two dates of the same kind',
    header: split(
      'Mosaic ID|UPN|Forenames|Surname|Birth Date|Address|Post code|Main Language Spoken at Home|Primary carer e-mail|Enrolment Date|End of service|Attendances',
    ),
    rows: [
      split(
        'M1|A123456789012|Amara|Okafor|03-Feb-2021|1 High St, London|SW9 9SL|Somali|n@mail.leap.test|01-Apr-2024||7',
      ),
    ],
    mapping: {
      shape: 'person',
      columns: {
        client_ref: 'Mosaic ID',
        first_name: 'Forenames',
        last_name: 'Surname',
        date_of_birth: 'Birth Date',
        postcode: 'Post code',
        main_language: 'Main Language Spoken at Home',
        carer_email: 'Primary carer e-mail',
        start_date: 'Enrolment Date',
        end_date: 'End of service',
        contacts: 'Attendances',
      },
      values: { main_language: { Somali: 'so' } },
    },
    neverCertain: [
      ['', 'UPN'],
      ['', 'Address'],
    ],
  },
  {
    of: 'a spreadsheet in capitals with hints and stars',
    header: split(
      '*CLIENT REF*|FIRST NAME (legal)|LAST NAME|DOB dd/mm/yyyy|GENDER [M/F/X]|PARENT E-MAIL (main)|MOBILE NUMBER OF PARENT|POSTCODE*|START DATE (dd/mm/yyyy)|CONTACTS (in quarter)',
    ),
    rows: [split('X1|AMARA|OKAFOR|03/02/2021|F|N@MAIL.LEAP.TEST|07700900123|SW9 9SL|01/04/2024|2')],
    mapping: {
      shape: 'person',
      columns: {
        client_ref: '*CLIENT REF*',
        first_name: 'FIRST NAME (legal)',
        last_name: 'LAST NAME',
        date_of_birth: 'DOB dd/mm/yyyy',
        gender: 'GENDER [M/F/X]',
        carer_email: 'PARENT E-MAIL (main)',
        carer_mobile: 'MOBILE NUMBER OF PARENT',
        postcode: 'POSTCODE*',
        start_date: 'START DATE (dd/mm/yyyy)',
        contacts: 'CONTACTS (in quarter)',
      },
    },
  },
]
