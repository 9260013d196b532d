import type { DestinationModule } from './module.ts'
import {
  event,
  loader,
  putCarried,
  putKnown,
  routes,
  saidBy,
  saidInScript,
  type NamesOfUserData,
} from './vendor-script.ts'

/** HubSpot's names of a contact's properties. */
const CONTACT: NamesOfUserData = [
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
  regions: ['eu', 'us'],
  carries: ['value', 'currency', 'transactionId'],
  userData: 'fields',
  plain: true,
  reads: () => [],
  base: (given) => [
    loader(
      'hubspot',
      given,
      'w._hsq=w._hsq||[];',
      given.plan.site.singlePageApp ? 'w._hsq.push(["setPath",location.pathname+location.search]);' : '',
      `load("https://${given.options.region === 'eu' ? 'js-eu1' : 'js'}.hs-scripts.com/"+id+".js").id="hs-script-loader";`,
    ),
    ...routes(
      'hubspot',
      given,
      'if(w._hsq){w._hsq.push(["setPath",location.pathname+location.search]);w._hsq.push(["trackPageView"])}',
    ),
  ],
  event: (given) =>
    event(
      'hubspot',
      given,
      'if(!w._hsq)return;var known={};',
      ...putKnown(given, CONTACT),
      given.userData?.fields.email === undefined ? '' : 'if(known.email)w._hsq.push(["identify",known]);',
      ...putCarried(given, { transactionId: 'transaction_id' }),
      'w._hsq.push(["trackCustomBehavioralEvent",{name:/^pe\\d+_/.test(name)?name:"pe"+id+"_"+name,properties:said}]);',
    ),
  fromGtm: saidBy('hubspot'),
  said: (spec) => ({
    ...saidInScript(spec, CONTACT),
    ...(String(spec.parameters.html).includes('//js-eu1.') ? { region: 'eu' } : {}),
  }),
  types: {},
  labels: {},
  rows: {},
  examples: [
    { kind: 'hubspot', event: 'generate_lead', send: true, name: 'generate_lead' },
    { kind: 'hubspot', event: 'purchase', send: 'pe8000000_order', name: 'pe8000000_order' },
  ],
}
