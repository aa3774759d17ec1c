/**
 * The published contract of Family Context as data: an OpenAPI document of what this portal answers. Names, status
 * codes and required properties are the contract's (schema/family-context-api.yaml, version 0.0.1, MIT); its bodies may
 * say more, which is told here as well. Signing in is not among it: it takes two factors, on the portal's own pages.
 */

const text = (description: string) => ({ type: 'string', description }) as const
const day = (description: string) => ({ type: 'string', format: 'date', description }) as const

const PERSON = {
  type: 'object',
  description:
    'A person of a look-up. Nobody is stored: without a resolver the names are empty, and their other particulars are left out.',
  properties: {
    id: text('Of the look-up and the person in it.'),
    cmsId: text('Their reference in a case management system.'),
    firstName: text('Empty where it is not held.'),
    lastName: text('Empty where it is not held.'),
    dateOfBirth: day('Left out where it is not held.'),
    gender: { type: 'string', enum: ['male', 'female', 'other'] },
    address: text('Left out where it is not held.'),
  },
  required: ['id', 'firstName', 'lastName'],
} as const

const SERVICE_SUMMARY = {
  type: 'object',
  description: 'A source, and whether it has records of the person.',
  properties: {
    id: text('The code of the source.'),
    title: text('Its name.'),
    lastSynchronised: { type: 'string', format: 'date-time' },
    coverageStartDate: day('The first day that its data cover.'),
    coverageEndDate: day('The last; left out where there is no end.'),
    dataSource: text('The organisation that sends it.'),
    recordsAvailable: {
      type: 'boolean',
      description: 'False for nobody, nobody current and an objection alike.',
    },
  },
} as const

const CONTACT = {
  type: 'object',
  description: 'A member of staff or a team to phone.',
  properties: {
    name: text('Their name.'),
    email: text('Their address at work.'),
    phone: text('Their number at work.'),
    role: text('What they are to the person.'),
    team: text('Their team or organisation.'),
  },
} as const

const SERVICE_DETAIL = {
  type: 'object',
  properties: {
    summary: SERVICE_SUMMARY,
    schema: {
      type: 'object',
      description: 'JSON Schema of `data`, with a title of each property to be shown.',
    },
    data: {
      type: 'object',
      description: 'What the source says, without blanks; further involvements are a list in it.',
      properties: {
        serviceInvolvement: text('Current or historic; of police, yes.'),
        contact: CONTACT,
      },
    },
  },
} as const

const PERSON_QUERY = {
  type: 'object',
  properties: {
    firstName: text('As it is typed. Wildcards are ignored.'),
    lastName: text('As it is typed. Wildcards are ignored.'),
    dateOfBirth: day('As it is typed.'),
    paginationDetails: {
      type: 'object',
      properties: { resultsPerPage: { type: 'integer' }, pageNumber: { type: 'integer' } },
    },
  },
  required: ['firstName', 'lastName'],
} as const

const PROBLEM = {
  type: 'object',
  description: 'What stops a request, and how to fix it. Source: RFC 9457.',
  properties: {
    title: text('What happened.'),
    status: { type: 'integer' },
    detail: text('How to fix it.'),
    code: text('Stable.'),
  },
  required: ['title', 'status', 'detail', 'code'],
} as const

const json = (description: string, schema: object) => ({
  description,
  content: { 'application/json': { schema } },
})
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: PROBLEM } },
})
const none = (description: string) => ({ description, content: {} })

const inPath = (name: string, description: string) => ({
  ...{ name, in: 'path', description, required: true, schema: { type: 'string' } },
})
const PERSON_ID = inPath(
  'personId',
  'The reference of a look-up, a dot, and the number of the person.',
)

/** What every request may be answered. */
const EVERY = {
  401: problem('Nobody is signed in.'),
  403: problem(
    'Whoever is signed in may look nobody up, or not yet; or the request is of another site.',
  ),
  503: problem('Nothing answered in time.'),
} as const
const NO_PERSON = problem(
  'There is no such person, or not any more: answers are shown for 30 minutes.',
)

/** The document, as it is handed out. */
export const CONTRACT = {
  openapi: '3.0.1',
  info: {
    title: 'Family Context',
    description: 'Who is involved with a person, by the published contract of Family Context.',
    version: '0.0.1',
  },
  security: [{ cookieAuth: [] }],
  components: {
    securitySchemes: {
      cookieAuth: {
        ...{ type: 'apiKey', in: 'cookie', name: 'the session of the portal' },
        description:
          'As signing in on the portal’s pages leaves it: of a named practitioner, with two factors.',
      },
    },
  },
  paths: {
    '/api/auth/status': {
      get: {
        operationId: 'getAuthStatus',
        responses: {
          200: json('Somebody is signed in who may look people up.', {
            type: 'object',
            properties: {
              id: text('Of the account.'),
              name: text('Of the person.'),
              status: { type: 'string', enum: ['authenticated'] },
            },
            required: ['status'],
          }),
          401: EVERY[401],
          403: EVERY[403],
        },
      },
    },
    '/api/search/person': {
      head: {
        operationId: 'searchPersonSupported',
        responses: { 501: none('No resolver is configured.'), 401: none(''), 403: none('') },
      },
      post: {
        operationId: 'searchPerson',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: PERSON_QUERY } },
        },
        responses: {
          501: problem('No resolver is configured. Nothing of the query was read.'),
          ...EVERY,
        },
      },
    },
    '/api/person/detail/{personId}': {
      get: {
        operationId: 'getPersonById',
        parameters: [PERSON_ID],
        responses: { 200: json('The person.', PERSON), 404: NO_PERSON, ...EVERY },
      },
    },
    '/api/person/detail/{personId}/service': {
      get: {
        operationId: 'getPersonServicesById',
        parameters: [PERSON_ID],
        responses: {
          200: json('The sources that may be opened.', { type: 'array', items: SERVICE_SUMMARY }),
          404: NO_PERSON,
          ...EVERY,
        },
      },
    },
    '/api/person/detail/{personId}/service/{serviceType}': {
      get: {
        operationId: 'getPersonServiceByTypeAndId',
        parameters: [PERSON_ID, inPath('serviceType', 'The code of a source.')],
        responses: {
          200: json('What the source says. That it was opened is audited.', SERVICE_DETAIL),
          404: problem('There is no such person, or the source has no records of them.'),
          ...EVERY,
        },
      },
    },
    '/api/person/related/{personId}/': {
      head: {
        operationId: 'getPersonRelatedSupported',
        parameters: [PERSON_ID],
        responses: { 501: none('No resolver is configured.'), 401: none(''), 403: none('') },
      },
      get: {
        operationId: 'getPersonRelated',
        parameters: [PERSON_ID],
        responses: { 501: problem('No resolver is configured.'), ...EVERY },
      },
    },
  },
} as const
