/** How a service of the demonstration writes its files. */

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
  | 'dd/mm/yyyy'
  | 'yyyy-mm-dd'
  | 'd Month yyyy'
  | 'dd.mm.yyyy'
  | 'dd-Mon-yy'
  | 'spreadsheet'

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

/**
 * Whether the service's file says how many contacts there were; without it, being enrolled counts
 * as being reached.
 */
export function tellsContacts(habit: ServiceHabit): boolean {
  return habit.shape === 'contacts' || habit.columns.some(([, content]) => content === 'contacts')
}
