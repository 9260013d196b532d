import type { DestinationModule } from './module.ts'
import { ofGallery, textFrom } from './of-gallery.ts'
import { script, textIn, valueIn } from './script.ts'
import { routes, VALUE } from './vendor-script.ts'

/** What an event of ours tells, without and with what tells one occurrence from another. */
const TOLD = /(?:window\.lintrk\("track",|var said=)\{conversion_id:"(\d+)"\}/
const ONCE = new RegExp(String.raw`,once=${VALUE};if\(once\)said\.event_id`)

/**
 * LinkedIn: the Insight tag in GTM loads it; each conversion has a rule with a number in Campaign Manager.
 * https://www.linkedin.com/help/lms/answer/a425696
 */
export const linkedin: DestinationModule<'linkedin'> = {
  title: 'LinkedIn',
  id: { pattern: /^\d{4,12}$/, example: '123456' },
  says: { pattern: /^\d{4,12}$/, example: '18000001' },
  consent: ['ad_storage'],
  adapts: false,
  names: {},
  options: ['loader'],
  carries: ['eventId'],
  parameters: [],
  userData: 'none',
  reads: () => [],
  // Its script counts the page that it is loaded on; other routes are told, as its template does with `lintrk("track")`.
  base: (given) => [
    { template: 'linkedin', values: { id: given.id } },
    ...routes('linkedin', given, 'if(w.lintrk)w.lintrk("track");'),
  ],
  event: ({ name, carried: { eventId }, textOf }) => ({
    template: 'custom-html',
    values: {
      // LinkedIn's own queue, as in its snippet: what comes before the loader waits in it.
      html: script(
        'if(!window.lintrk){window.lintrk=function(a,b){window.lintrk.q.push([a,b])};window.lintrk.q=[]}',
        ...(eventId === undefined
          ? [`window.lintrk("track",{conversion_id:${textIn(name)}});`]
          : [
              // By it LinkedIn counts once what its Conversions API tells as well.
              `var said={conversion_id:${textIn(name)}},once=`,
              valueIn(eventId, textOf),
              ';if(once)said.event_id=String(once);window.lintrk("track",said);',
            ]),
      ),
    },
  }),
  fromGtm: ({ type, parameters }) => {
    if (type === 'bzi') return { id: String(parameters.id ?? '') }
    const [, event] = TOLD.exec(String(parameters.html ?? '')) ?? []
    return type === 'html' && event !== undefined ? { event } : undefined
  },
  said: ({ parameters }) => {
    const [, id] = ONCE.exec(String(parameters.html ?? '')) ?? []
    return id === undefined ? {} : { id }
  },
  types: {
    bzi: { title: 'LinkedIn Insight', words: "LinkedIn's Insight tag" },
  },
  labels: { partnerId: 'LinkedIn partner', conversionId: 'Rule', eventId: 'Event id' },
  rows: {},
  // Each of its tags loads the script, and one without a rule counts the page (template.tpl at b27413a).
  gallery: {
    owner: 'linkedin',
    repository: 'linkedin-gtm-community-template',
    bytes: 6_000,
    carries: ['eventId'],
    base: ({ id }) => [ofGallery({ texts: { partnerId: id } })],
    event: (given) =>
      ofGallery({
        texts: {
          partnerId: given.id,
          conversionId: given.name,
          eventId: textFrom(given.carried.eventId, given),
        },
      }),
    fromGtm: ({ partnerId, conversionId }) =>
      partnerId === undefined
        ? undefined
        : {
            id: String(partnerId),
            ...(conversionId === undefined ? {} : { event: String(conversionId) }),
          },
  },
  examples: [{ kind: 'linkedin', event: 'generate_lead', send: '18000001', name: '18000001' }],
}
