import type { DestinationModule } from './module.ts'
import { ofGallery, textFrom } from './of-gallery.ts'
import { script, textIn } from './script.ts'

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
  carries: [],
  userData: 'none',
  reads: () => [],
  base: ({ id }) => [{ template: 'linkedin', values: { id } }],
  event: ({ name }) => ({
    template: 'custom-html',
    values: {
      // LinkedIn's own queue, as in its snippet: what comes before the loader waits in it.
      html: script(
        'if(!window.lintrk){window.lintrk=function(a,b){window.lintrk.q.push([a,b])};window.lintrk.q=[]}',
        'window.lintrk("track",{conversion_id:',
        textIn(name),
        '});',
      ),
    },
  }),
  fromGtm: ({ type, parameters }) => {
    if (type === 'bzi') return { id: String(parameters.id ?? '') }
    const [, event] =
      /window\.lintrk\("track",\{conversion_id:"(\d+)"\}\)/.exec(String(parameters.html ?? '')) ?? []
    return type === 'html' && event !== undefined ? { event } : undefined
  },
  labels: { partnerId: 'LinkedIn partner', conversionId: 'Rule', eventId: 'Event id' },
  rows: {},
  // Each of its tags loads the script, and one without a rule counts the page (template.tpl at b27413a).
  gallery: {
    owner: 'linkedin',
    repository: 'linkedin-gtm-community-template',
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
