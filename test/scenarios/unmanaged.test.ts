/** What is not the plan's, with what each does: other people's things and other plans'. */
import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import type { Unmanaged } from '../../src/resources/unmanaged.ts'
import { startSandbox } from '../../src/sandbox/server.ts'
import { inNewFolder, plan } from './run-plan.ts'
import { IDS, theirContainer } from './their-container.ts'

const isValid = new Ajv2020().compile(
  JSON.parse(readFileSync('schemas/unmanaged.schema.json', 'utf8')) as object,
)
inNewFolder()

const FILE = 'plans/outfitters.yaml'
const text = (key: string, value: string): object => ({ type: 'TEMPLATE', key, value })
const THEIRS = theirContainer({
  tag: [
    {
      ...IDS,
      tagId: '7',
      name: 'Chat',
      type: 'html',
      parameter: [text('html', `<script>\n  start("${'x'.repeat(90)}")\n</script>`)],
      firingTriggerId: ['2147479553'],
      tagFiringOption: 'ONCE_PER_EVENT',
    },
    {
      ...IDS,
      tagId: '8',
      name: 'GA4 lead',
      type: 'gaawe',
      parameter: [text('eventName', 'lead'), text('measurementIdOverride', '{{Measurement}}')],
      firingTriggerId: ['9'],
      paused: true,
    },
    { ...IDS, tagId: '13', name: 'Talk', type: `cvt_${IDS.containerId}_12`, firingTriggerId: ['9'] },
    {
      ...IDS,
      tagId: '14',
      name: 'Ads lead',
      type: 'awct',
      parameter: [text('conversionId', '123456789'), text('conversionLabel', 'AbC-D_efG')],
      firingTriggerId: ['9'],
    },
  ],
  trigger: [
    {
      ...IDS,
      triggerId: '9',
      name: 'Lead sent',
      type: 'CUSTOM_EVENT',
      customEventFilter: [{ type: 'EQUALS', parameter: [text('arg0', '{{_event}}'), text('arg1', 'lead')] }],
    },
  ],
  variable: [
    {
      ...IDS,
      variableId: '10',
      name: 'Measurement',
      type: 'c',
      parameter: [text('value', 'G-THEIRS0001')],
    },
    {
      ...IDS,
      variableId: '11',
      name: 'DLV - method',
      type: 'v',
      parameter: [{ type: 'INTEGER', key: 'dataLayerVersion', value: '2' }, text('name', 'method')],
    },
  ],
  customTemplate: [{ ...IDS, templateId: '12', name: 'Chat template', templateData: '' }],
})

test('each thing is listed with what it does, at 80 columns; what the plan uses is marked', async () => {
  writeFileSync('theirs.json', JSON.stringify(THEIRS))
  const { exitCode, out } = await plan('unmanaged', FILE, '--against', 'theirs.json')
  expect(exitCode).toBe(0)
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
  expect(out).toMatchInlineSnapshot(`
    "Not made by a plan

      tag Ads lead
          Type                Google Ads conversion
          Sent to Google Ads  as AbC-D_efG
          Google Ads account  123456789
          Label               AbC-D_efG
          Fires on            Lead sent

      tag Chat
          Type      Custom HTML
          HTML      <script> start("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
          Fires on  All Pages

      tag GA4 lead
          Type            GA4 event
          Event           lead
          Measurement id  G-THEIRS0001
          Fires on        Lead sent
          Paused          yes

      tag Talk
          Type      template Chat template
          Fires on  Lead sent

      trigger Lead sent
          Trigger  data layer event lead

      variable DLV - method  used by the plan
          Value  data layer key method

      variable Measurement
          Value  G-THEIRS0001

      template Chat template

    8 things in GTM-STAGE01, version 3 are not the plan outfitters's, which uses 1
    of them.
    "
  `)
})

test('JSON keeps to its schema; other plans’ things and GA4’s are named with whose they are', async () => {
  const sandbox = await startSandbox({ seed: THEIRS })
  try {
    const at = ['--sandbox', sandbox.url] as const
    await plan('apply', FILE, ...at, '--auto-approve')
    const own = await plan('unmanaged', FILE, ...at, '--format', 'json')
    const mine = JSON.parse(own.out) as Unmanaged
    expect(isValid(mine), JSON.stringify(isValid.errors)).toBe(true)
    expect(mine).toMatchObject({ container: 'GTM-STAGE01', property: '345000001' })
    expect(mine.things.map(({ name, used }) => `${name}${used ? ' (used)' : ''}`)).toEqual([
      'Ads lead',
      'Chat',
      'GA4 lead',
      'Talk',
      'Lead sent',
      'DLV - method (used)',
      'Measurement',
      'Chat template',
    ])

    writeFileSync('plans/other.yaml', readFileSync(FILE, 'utf8').replace('plan: outfitters', 'plan: other'))
    const others = JSON.parse(
      (await plan('unmanaged', 'plans/other.yaml', ...at, '--format', 'json')).out,
    ) as Unmanaged
    const owners = new Map(others.things.map((each) => [`${each.kind} ${each.name}`, each.plan]))
    expect(owners.get('gtm/tag GA4 Event - purchase')).toBe('outfitters')
    expect(owners.get('ga4/key-event purchase')).toBe('outfitters')
    expect(owners.get('ga4/custom-dimension Coupon status')).toBe('outfitters')
    expect(owners.get('gtm/tag Chat')).toBeUndefined()
  } finally {
    await sandbox.close()
  }
})
