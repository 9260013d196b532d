import type { DestinationModule, UserDataField } from './module.ts'
import { event, idOfLoader, loader, put, putCarried, route, saidByEvent } from './vendor-script.ts'

/** HubSpot's names of a contact's properties. */
const CONTACT: readonly (readonly [UserDataField, string])[] = [
  ['email', 'email'],
  ['phone', 'phone'],
  ['firstName', 'firstname'],
  ['lastName', 'lastname'],
  ['street', 'address'],
  ['city', 'city'],
  ['region', 'state'],
  ['postalCode', 'zip'],
  ['country', 'country'],
]

/**
 * HubSpot: custom behavioral events, which have to be defined there first and belong to its Enterprise edition. Their full name
 * begins with the account. https://developers.hubspot.com/docs/api-reference (tracking code, custom events)
 */
export const hubspot: DestinationModule<'hubspot'> = {
  title: 'HubSpot',
  id: { pattern: /^\d{5,12}$/, example: '8000000' },
  says: 'a name',
  // What it stores is a profile in a customer database.
  consent: ['ad_storage', 'analytics_storage'],
  adapts: false,
  names: {},
  options: ['region'],
  carries: ['value', 'currency', 'transactionId'],
  userData: 'fields',
  plain: true,
  reads: () => [],
  base: ({ id, options, plan }) => [
    {
      template: 'custom-html',
      guarded: true,
      view: {
        html: loader(
          'hubspot',
          id,
          'w._hsq=w._hsq||[];',
          plan.site.singlePageApp ? 'w._hsq.push(["setPath",location.pathname+location.search]);' : '',
          `load("https://${options.region === 'eu' ? 'js-eu1' : 'js'}.hs-scripts.com/"+id+".js").id="hs-script-loader";`,
        ),
      },
    },
    ...(plan.site.singlePageApp
      ? [
          {
            template: 'custom-html',
            part: 'routes',
            on: 'route',
            guarded: true,
            view: {
              html: route(
                'hubspot',
                id,
                'if(w._hsq){w._hsq.push(["setPath",location.pathname+location.search]);w._hsq.push(["trackPageView"])}',
              ),
            },
          } as const,
        ]
      : []),
  ],
  event: ({ id, name, carried, parameters, userData, textOf }) => ({
    template: 'custom-html',
    view: {
      html: event(
        'hubspot',
        id,
        name,
        'if(!w._hsq)return;var known={};',
        ...put(
          'known',
          CONTACT.map(([field, property]) => [property, userData?.fields[field]]),
          textOf,
        ),
        userData?.fields.email === undefined ? '' : 'if(known.email)w._hsq.push(["identify",known]);',
        ...putCarried(carried, parameters, { transactionId: 'transaction_id' }, textOf),
        'w._hsq.push(["trackCustomBehavioralEvent",{name:/^pe\\d+_/.test(name)?name:"pe"+id+"_"+name,properties:said}]);',
      ),
    },
  }),
  fromGtm: ({ type, parameters }) => {
    if (type !== 'html') return undefined
    const html = String(parameters.html ?? '')
    const id = idOfLoader('hubspot', html)
    return id === undefined ? saidByEvent('hubspot', html) : { id }
  },
  labels: {},
  rows: {},
  examples: [
    { kind: 'hubspot', event: 'generate_lead', send: true, name: 'generate_lead' },
    { kind: 'hubspot', event: 'purchase', send: 'pe8000000_order', name: 'pe8000000_order' },
  ],
}
