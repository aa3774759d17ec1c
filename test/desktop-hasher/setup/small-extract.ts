/** A small extract of people who do not exist. */
export const HEADER =
  'client_ref,first_name,last_name,date_of_birth,gender,nhs_number,carer_email,postcode,contacts'
export const PEOPLE = `${HEADER}
C-1001,Philippa,Winterbourne,03/02/2021,F,4010232137,m.winterbourne@mail.leap.test,SW9 9SL,3
C-1002,Zoë,O’Neil-Núñez,14/09/2019,F,,z.oneil@mail.leap.test,SW9 9SL,2
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
