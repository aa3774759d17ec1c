/** A small extract of people who do not exist. */
export const HEADER =
  'client_ref,first_name,last_name,date_of_birth,gender,nhs_number,carer_email,postcode,contacts'
export const PEOPLE = `${HEADER}
C-1001,Philippa,Winterbourne,03/02/2021,F,4010232137,m.winterbourne@mail.leap.test,SW9 9SL,3
C-1002,Zoë,O’Neil-Núñez,14/09/2019,F,,z.oneil@mail.leap.test,SW9 9SL,2
`
/**
 * A file with cells that a spreadsheet could run, and the report of findings that was made of it
 * and came back.
 */
export const SENT = `client_ref,first_name,carer_mobile,postcode
C-1001,Philippa,+447700900123,SW9 9SL
@C-1002,Zoë,,SW9 9SL
`
export const RETURNED = `\ufeffclient_ref,first_name,carer_mobile,postcode,Count Once findings\r
C-1001,Philippa,'+447700900123,SW9 9SL,\r
'@C-1002,Zoë,,SW9 9SL,There is no last name | There is no mobile number\r
`
/** Values of it that must never be told or written. */
export const CLEAR = [
  'Philippa',
  'Winterbourne',
  '03/02/2021',
  '2021-02-03',
  '4010232137',
  'm.winterbourne@mail.leap.test',
  'SW9 9SL',
  'SW99SL',
  'C-1001',
  'O’Neil-Núñez',
]
