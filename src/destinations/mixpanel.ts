import type { DestinationModule, Given } from './module.ts'
import { ofGallery, rowsSaid, textFrom } from './of-gallery.ts'
import { event, loader, onceAs, put, putCarried, saidBy, saidInScript } from './vendor-script.ts'

/** Where a project's data are kept decides where they are sent: https://docs.mixpanel.com/docs/privacy/eu-residency */
const HOSTS: { readonly [region: string]: string } = {
  eu: 'https://api-eu.mixpanel.com',
  in: 'https://api-in.mixpanel.com',
}

function ofTemplate({ id, plan, options: { region } }: Given, type: 'init' | 'track') {
  return {
    texts: { token: id, type, initOptions: 'manual' },
    tables: {
      initManualOptions: {
        name: 'key',
        value: 'value',
        rows: [
          ['api_host', HOSTS[region ?? '']],
          ['persistence', 'localStorage'],
          ['track_pageview', plan.site.singlePageApp ? 'url-with-path' : 'true'],
        ] as const,
      },
    },
  }
}

/** Mixpanel: GA4's names of events as they are. https://docs.mixpanel.com/docs/tracking-methods/sdks/javascript */
export const mixpanel: DestinationModule<'mixpanel'> = {
  title: 'Mixpanel',
  id: { pattern: /^[0-9a-f]{32}$/, example: '0123456789abcdef0123456789abcdef' },
  says: 'a name',
  consent: ['analytics_storage'],
  adapts: false,
  oneAccount: true,
  names: {},
  options: ['region'],
  carries: ['value', 'currency', 'items', 'transactionId', 'eventId'],
  userData: 'none',
  reads: () => [],
  base: (given) => [
    loader(
      'mixpanel',
      given,
      // What waits until the library has come, as its own snippet keeps it.
      'if(!w.mixpanel){var m=w.mixpanel=[],defer=function(to,name){to[name]=function(){to.push([name].concat([].slice.call(arguments)))}};',
      'm.__SV=1.2;m._i=[];m.init=function(token,config){var names="track track_pageview identify register reset opt_in_tracking opt_out_tracking".split(" ");',
      'm.people=m.people||[];for(var i=0;i<names.length;i++)defer(m,names[i]);m._i.push([token,config,"mixpanel"])};',
      'load("https://cdn.mxpnl.com/libs/mixpanel-2-latest.min.js")}',
      `var config={persistence:"localStorage",track_pageview:${given.plan.site.singlePageApp ? '"url-with-path"' : 'true'}};`,
      given.options.region === undefined || HOSTS[given.options.region] === undefined
        ? ''
        : `config.api_host="${HOSTS[given.options.region] ?? ''}";`,
      'w.mixpanel.init(id,config);',
    ),
  ],
  event: (given) =>
    event(
      'mixpanel',
      given,
      'if(!w.mixpanel||!w.mixpanel.track)return;',
      ...putCarried(given, { transactionId: 'transaction_id' }),
      ...put('said', [['items', given.carried.items]], given.textOf),
      ...onceAs('$insert_id', 'said', given.carried.eventId, given.textOf),
      'w.mixpanel.track(name,said);',
    ),
  fromGtm: saidBy('mixpanel'),
  said: (spec) => {
    const html = String(spec.parameters.html)
    const region = (['eu', 'in'] as const).find((each) => html.includes(HOSTS[each] ?? ' '))
    return { ...saidInScript(spec), ...(region === undefined ? {} : { region }) }
  },
  types: {},
  labels: { token: 'Mixpanel project', trackEventName: 'Event' },
  rows: {
    trackParameters: { label: 'Parameter', name: 'name', value: 'value' },
    initManualOptions: { label: 'Setting', name: 'key', value: 'value' },
  },
  // Whichever of its tags comes first starts the library, so each says how (template.tpl at d8a6134).
  gallery: {
    owner: 'mixpanel',
    repository: 'mixpanel-gtm-template',
    bytes: 10_000,
    base: (given) => [ofGallery(ofTemplate(given, 'init'))],
    event: (given) => {
      const { value, currency, items, transactionId, eventId } = given.carried
      const { texts, tables } = ofTemplate(given, 'track')
      return ofGallery({
        texts: { ...texts, trackEventName: given.name },
        tables: {
          ...tables,
          trackParameters: {
            name: 'name',
            value: 'value',
            rows: [
              ['value', textFrom(value, given)],
              ['currency', textFrom(currency, given)],
              ['transaction_id', textFrom(transactionId, given)],
              ['items', textFrom(items, given)],
              ['$insert_id', textFrom(eventId, given)],
              ...rowsSaid(given),
            ],
          },
        },
      })
    },
    fromGtm: ({ token, type, trackEventName }) =>
      token === undefined
        ? undefined
        : { id: String(token), ...(type === 'track' ? { event: String(trackEventName) } : {}) },
  },
  examples: [{ kind: 'mixpanel', event: 'add_to_cart', send: true, name: 'add_to_cart' }],
}
