/** Tags of others that may send what is not shown. */
import { expect, test } from 'vitest'
import { foreignSenders } from '../../src/proof/foreign.ts'
import type { Level } from '../../src/proof/report.ts'
import type { ContainerVersion } from '../../src/runtime/core/container.ts'

const GALLERY = { templateId: '7', templateData: '___SANDBOXED_JS___ createQueue("dataLayer")' }
const CHAT = { templateId: '8', templateData: '___SANDBOXED_JS___ injectScript("https://chat.example/x.js")' }

function sender(type: string, parameters: Readonly<Record<string, string>> = {}, level: Level = 'emulated') {
  const parameter = Object.entries(parameters).map(([key, value]) => ({ type: 'template', key, value }))
  const tag = [{ tagId: '5', name: 'Old', type, parameter }]
  const version = { tag, customTemplate: [GALLERY, CHAT] } as ContainerVersion
  const { senders, others } = foreignSenders(version, () => false, level)
  return senders.get('5') ?? others
}

test('a template that may reach GA4 is open, one that shows no way is named, one without its code is open', () => {
  expect(sender('cvt_1_7')).toMatchObject({ what: expect.stringContaining('template') })
  expect(sender('cvt_1_8')).toEqual(['Old'])
  expect(sender('cvt_ABCDE')).toMatchObject({ what: expect.stringContaining('template') })
})

test.each([
  [`<script>gtag('event', 'sign_up', {})</script>`, ['sign_up']],
  [`<script>gtag("config", "G-1"); gtag('event', 'sign_up')</script>`, ['page_view', 'sign_up']],
  [`<script>gtag('event', name)</script>`, undefined],
  [`<script>gtag(...all)</script>`, undefined],
  [`<script>gtag('event', 'sign_' + way)</script>`, undefined],
  [`<script>window.gtag?.('event', 'sign_up')</script>`, ['sign_up']],
  [`<script>window['gtag']('event', 'sign_up')</script>`, ['sign_up']],
  [`<script>gtag.apply(null, ['event', 'sign_up'])</script>`, undefined],
  [`<script>const tell = gtag; tell('event', 'sign_up')</script>`, undefined],
])('Custom HTML that calls gtag may send what it names: %s', (html, events) => {
  const found = sender('html', { html })
  expect(found).toMatchObject({ what: expect.stringContaining('gtag') })
  expect('events' in found ? found.events : undefined).toEqual(events)
})

test('a script that calls gtag and sends in another way too may send any event', () => {
  const call = `gtag('event', 'sign_up')`
  const define = 'function gtag() { dataLayer.push(arguments) }'
  expect(sender('html', { html: `<script>${define}; ${call}</script>` }, 'logic')).toMatchObject({
    events: ['sign_up'],
  })
  const beacon = `<script>${call}; fetch('https://www.google-analytics.com/g/collect?en=' + name)</script>`
  expect(sender('html', { html: beacon })).not.toHaveProperty('events')
  const push = `<script>${define}; ${call}; dataLayer.push({ event: 'joined' })</script>`
  expect(sender('html', { html: push }, 'logic')).not.toHaveProperty('events')
  expect(sender('html', { html: push })).toMatchObject({ events: ['sign_up'] })
})

test('what a script pushes is seen in a browser only; consent and a definition send nothing', () => {
  const html = `<script>window.dataLayer.push({ event: 'sign_up' })</script>`
  expect(sender('html', { html }, 'logic')).toMatchObject({ what: expect.stringContaining('only a browser') })
  expect(sender('html', { html })).toEqual([])
  expect(
    sender('html', {
      html: `<script>function gtag(){}; if (window.gtag) gtag('consent', 'default', {})</script>`,
    }),
  ).toEqual([])
})

test('what a GA4 tag may send is open only where whether it runs is; of a plan’s tags only Custom HTML, which is a team’s own code', () => {
  expect(sender('googtag', { tagId: 'G-1' })).toMatchObject({ events: ['page_view'], isModelled: true })
  expect(sender('gaawe', { eventName: 'sign_up' })).toMatchObject({ events: ['sign_up'], isModelled: true })
  expect(sender('gaawe', { eventName: '{{Event}}' })).not.toHaveProperty('events')
  const version = { tag: [{ tagId: '5', name: 'Ours', type: 'cvt_ABCDE' }] }
  expect(foreignSenders(version, () => true, 'logic').senders.size).toBe(0)
  const parameter = [{ type: 'template', key: 'html', value: `<script>gtag('event', 'sign_up')</script>` }]
  const own = { tag: [{ tagId: '5', name: 'Chat', type: 'html', parameter }] }
  expect(foreignSenders(own, () => true, 'logic').senders.get('5')).toMatchObject({ events: ['sign_up'] })
})

test('an image of GA4’s address is seen in a browser only; a script that loads another container is open', () => {
  const url = 'https://www.google-analytics.com/g/collect?v=2&tid=G-1&en=sign_up'
  expect(sender('img', { url }, 'logic')).toMatchObject({ what: expect.stringContaining('image') })
  expect(sender('img', { url })).toEqual([])
  expect(sender('img', { url: 'https://ads.example/p.gif' }, 'logic')).toEqual([])
  const html = `<script>s.src = 'https://www.googletagmanager.com/gtm.js?id=GTM-OTHER01'</script>`
  expect(sender('html', { html })).toMatchObject({ what: expect.stringContaining('another container') })
})
