/**
 * The template behind the tag that sets the consent defaults. A tag made of one acts at once, at Consent Initialization, before
 * any other tag has its turn (https://developers.google.com/tag-platform/tag-manager/templates/consent-apis); a Custom HTML tag
 * there waits for the page's body, and what it pushes comes too late.
 */
import type { ConsentType } from '../plan/plan.ts'

const INFO = {
  type: 'TAG',
  id: 'cvt_temp_public_id',
  version: 1,
  securityGroups: [],
  displayName: 'Consent defaults of the measurement plan',
  description:
    'Sets what holds before a visitor has chosen, for each region. The plan writes it: change it there.',
  containerContexts: ['WEB'],
}

const column = (name: string, displayName: string): object => ({
  name,
  displayName,
  type: 'TEXT',
  defaultValue: '',
})

const PARAMETERS = [
  {
    type: 'SIMPLE_TABLE',
    name: 'defaults',
    displayName: 'Defaults',
    simpleTableColumns: [
      column('regions', 'Regions (empty: everywhere else)'),
      column('granted', 'Granted'),
      column('denied', 'Denied'),
    ],
  },
  {
    type: 'TEXT',
    name: 'wait',
    displayName: 'Milliseconds to wait for the consent tool',
    simpleValueType: true,
  },
]

const CODE = `const setDefaultConsentState = require('setDefaultConsentState');
const makeNumber = require('makeNumber');

const listOf = (text) => (text || '').split(',').filter((part) => part !== '');

(data.defaults || []).forEach((row) => {
  const state = {};
  listOf(row.granted).forEach((type) => { state[type] = 'granted'; });
  listOf(row.denied).forEach((type) => { state[type] = 'denied'; });
  const regions = listOf(row.regions);
  if (regions.length > 0) state.region = regions;
  if (row.denied) state.wait_for_update = makeNumber(data.wait);
  setDefaultConsentState(state);
});

data.gtmOnSuccess();`

// All of them, so that the compiler names one that comes to the language and not here.
const MAY_SET: { readonly [T in ConsentType]: true } = {
  ad_personalization: true,
  ad_storage: true,
  ad_user_data: true,
  analytics_storage: true,
  functionality_storage: true,
  personalization_storage: true,
  security_storage: true,
}

const text = (string: string): object => ({ type: 1, string })

const PERMISSIONS = [
  {
    instance: {
      key: { publicId: 'access_consent', versionId: '1' },
      param: [
        {
          key: 'consentTypes',
          value: {
            type: 2,
            listItem: Object.keys(MAY_SET).map((type) => ({
              type: 3,
              mapKey: ['consentType', 'read', 'write'].map(text),
              mapValue: [text(type), { type: 8, boolean: false }, { type: 8, boolean: true }],
            })),
          },
        },
      ],
    },
    clientAnnotations: { isEditedByUser: true },
    isRequired: true,
  },
]

/** The template's whole text but for its notes. */
export const CONSENT_TEMPLATE = [
  '___INFO___',
  JSON.stringify(INFO, null, 2),
  '___TEMPLATE_PARAMETERS___',
  JSON.stringify(PARAMETERS, null, 2),
  '___SANDBOXED_JS_FOR_WEB_TEMPLATE___',
  CODE,
  '___WEB_PERMISSIONS___',
  JSON.stringify(PERMISSIONS, null, 2),
].join('\n\n')
