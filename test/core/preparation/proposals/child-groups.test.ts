import { describe, expect, it } from 'vitest'
import { findChildGroups } from '#core/preparation/proposals/child-groups.ts'

const groups = (header: string): unknown => findChildGroups(header.split(','))

describe('tells the columns of each child where a row holds several', () => {
  it.each([
    [
      'Family,Child 1 name,Child 1 DOB,Child 2 name,Child 2 DOB,Notes',
      [
        { 'Child name': 'Child 1 name', 'Child DOB': 'Child 1 DOB' },
        { 'Child name': 'Child 2 name', 'Child DOB': 'Child 2 DOB' },
      ],
    ],
    [
      'First child,First child DOB,Second child,Second child DOB,Third child,Third child DOB',
      [
        { 'Child name': 'First child', 'Child DOB': 'First child DOB' },
        { 'Child name': 'Second child', 'Child DOB': 'Second child DOB' },
        { 'Child name': 'Third child', 'Child DOB': 'Third child DOB' },
      ],
    ],
    [
      'Ref,Child first name,Child surname,Child DOB,Child 2 first name,Child 2 surname,Child 2 DOB',
      [
        {
          'Child first name': 'Child first name',
          'Child surname': 'Child surname',
          'Child DOB': 'Child DOB',
        },
        {
          'Child first name': 'Child 2 first name',
          'Child surname': 'Child 2 surname',
          'Child DOB': 'Child 2 DOB',
        },
      ],
    ],
    [
      'First name,Surname,DOB,Sibling 1 first name,Sibling 1 DOB,Sibling 2 first name,Sibling 2 DOB',
      [
        { 'First name': 'First name', DOB: 'DOB' },
        { 'First name': 'Sibling 1 first name', DOB: 'Sibling 1 DOB' },
        { 'First name': 'Sibling 2 first name', DOB: 'Sibling 2 DOB' },
      ],
    ],
    [
      'Child1_FirstName,Child1_DOB,Child2_FirstName,Child2_DOB',
      [
        { 'Child first name': 'Child1_FirstName', 'Child DOB': 'Child1_DOB' },
        { 'Child first name': 'Child2_FirstName', 'Child DOB': 'Child2_DOB' },
      ],
    ],
    [
      '1st child DOB,1st child name,2nd child DOB,2nd child name',
      [
        { 'Child DOB': '1st child DOB', 'Child name': '1st child name' },
        { 'Child DOB': '2nd child DOB', 'Child name': '2nd child name' },
      ],
    ],
    [
      'Name of child 1,DOB of child 1,Name of child 2,DOB of child 2',
      [
        { 'Child name': 'Name of child 1', 'Child DOB': 'DOB of child 1' },
        { 'Child name': 'Name of child 2', 'Child DOB': 'DOB of child 2' },
      ],
    ],
    [
      'Mum,Phone 1,Phone 2,Name 1,DOB 1,Name 2,DOB 2',
      [
        { Name: 'Name 1', Dob: 'DOB 1' },
        { Name: 'Name 2', Dob: 'DOB 2' },
      ],
    ],
  ])('%s', (header, expected) => {
    expect(groups(header)).toEqual(
      JSON.parse(JSON.stringify(expected).replaceAll('"Dob"', '"DOB"')) as unknown,
    )
  })
})

it.each([
  'Child first name,Child second name,Child surname,Child DOB',
  'First name,Second name,DOB,Phone 1,Phone 2,Email 1,Email 2',
  'Parent 1 name,Parent 1 mobile,Parent 2 name,Parent 2 mobile,Child name,Child DOB',
  'Name,DOB,Address line 1,Address line 2,Session 1,Session 2,Session 3',
  'Name,DOB,Ethnicity,Week 1,Week 2,Referral 1 date,Referral 2 date',
  'Child name,Child DOB,Number of children,Child 1 to 1 support',
])('finds none in %s', (header) => {
  expect(groups(header)).toBeUndefined()
})
