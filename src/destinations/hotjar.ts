import type { DestinationModule } from './module.ts'
import { script, textIn } from './script.ts'
import { routes } from './vendor-script.ts'

/**
 * Hotjar: its tag in GTM loads it; events have a name and nothing else.
 * https://help.hotjar.com/hc/en-us/articles/4405109971095-Events-API-Reference
 */
export const hotjar: DestinationModule<'hotjar'> = {
  title: 'Hotjar',
  id: { pattern: /^\d{5,10}$/, example: '1234567' },
  says: 'a name',
  consent: ['analytics_storage'],
  adapts: false,
  oneAccount: true,
  names: {},
  options: ['loader'],
  carries: [],
  parameters: [],
  userData: 'none',
  reads: () => [],
  base: (given) => [
    { template: 'hotjar', values: { id: given.id } },
    ...routes('hotjar', given, 'if(w.hj)w.hj("stateChange",location.pathname+location.search);'),
  ],
  event: ({ name }) => ({
    template: 'custom-html',
    values: {
      // Hotjar's own queue: an event that comes before the loader waits in it, and without one it harms nobody.
      html: script(
        'window.hj=window.hj||function(){(window.hj.q=window.hj.q||[]).push(arguments)};',
        `window.hj("event",`,
        textIn(name),
        ');',
      ),
    },
  }),
  fromGtm: ({ type, parameters }) => {
    if (type === 'hjtc') return { id: String(parameters.hotjar_site_id ?? '') }
    const [, event] = /window\.hj\("event",("(?:[^"\\]|\\.)*")\)/.exec(String(parameters.html ?? '')) ?? []
    return type === 'html' && event !== undefined ? { event: JSON.parse(event) as string } : undefined
  },
  types: {
    hjtc: { title: 'Hotjar', words: "Hotjar's tag" },
  },
  labels: { hotjar_site_id: 'Hotjar site' },
  rows: {},
  examples: [
    { kind: 'hotjar', event: 'add_to_cart', send: true, name: 'add_to_cart' },
    { kind: 'hotjar', event: 'purchase', send: 'order_done', name: 'order_done' },
  ],
}
