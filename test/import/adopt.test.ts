/** A team takes its container over: import, adopt, and nothing differs any more. */
import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts'
import { inNewFolder, plan, type Outcome } from '../scenarios/run-plan.ts'
import { customEvent, dataLayerVariable, entities, eventTag, exportOf, text } from './exports.ts'

inNewFolder()

const row = (parameter: string, value: string): object => ({
  type: 'MAP',
  map: [text('parameter', parameter), text('parameterValue', value)],
})
const table = (...list: readonly object[]) => ({ type: 'LIST', key: 'eventSettingsTable', list })
const HARBOUR = exportOf({
  tag: [
    eventTag('1', 'purchase', ['11'], {
      name: 'Sale',
      notes: 'Asked for by Finance.',
      parameter: [table(row('plan', '{{their plan}}'), row('coupon', '{{their coupon}}'))],
    }),
    eventTag('2', '{{Event}}', ['12'], { name: 'All ecommerce' }),
    {
      tagId: '3',
      name: 'Pixel',
      type: 'img',
      parameter: [text('url', 'https://pixel.example/?c={{their coupon}}')],
      firingTriggerId: ['11'],
    },
    {
      tagId: '4',
      name: 'Ads sale',
      type: 'awct',
      parameter: [text('conversionId', '123456789'), text('conversionLabel', 'AbC-D_efG-h12_34-567')],
      firingTriggerId: ['11'],
    },
    {
      tagId: '5',
      name: 'Hint',
      type: 'html',
      parameter: [text('html', '<b>{{their plan}}</b>')],
      firingTriggerId: ['2147479553'],
    },
  ],
  trigger: [
    { ...customEvent('11', 'purchase'), name: 'Order placed' },
    customEvent('12', '^(view_item|add_to_cart)$', 'MATCH_REGEX'),
  ],
  variable: [
    dataLayerVariable('21', 'their plan', 'plan.type'),
    dataLayerVariable('22', 'their coupon', 'coupon'),
  ],
  builtInVariable: [{ type: 'EVENT', name: 'Event' }],
})

async function descriptions(url: string, list = 'customDimensions'): Promise<readonly unknown[]> {
  const state = (await (await fetch(`${url}/_sandbox/state`)).json()) as {
    ga4: { collections: { [list: string]: { description?: string }[] | undefined } }
  }
  return (state.ga4.collections[`properties/345000001/${list}`] ?? []).map(({ description }) => description)
}

describe('a container that is taken over', () => {
  let sandbox: Sandbox
  const run = (...argv: readonly string[]): Promise<Outcome> =>
    plan(...argv, 'site/plan.yaml', '-e', 'production', '--sandbox', sandbox.url)
  beforeEach(async () => {
    sandbox = await startSandbox({ seed: JSON.parse(HARBOUR) as object })
    writeFileSync('export.json', HARBOUR)
    await plan('import', '--from', 'export.json', '--out', 'site/plan.yaml')
    const written = readFileSync('site/plan.yaml', 'utf8')
    writeFileSync('site/plan.yaml', written.replace('property: TODO', 'property: "345000001"'))
  }, 60_000)
  afterEach(() => sandbox.close())

  test('what adopting would do is shown of an exported container, and nothing is written', async () => {
    const shown = await plan('adopt', 'site/plan.yaml', '-e', 'production', '--against', 'export.json')
    expect(shown).toMatchObject({ exitCode: 0 })
    expect(shown.out.replace(/\s+/g, ' ')).toContain('adopt tag Sale, tag Ads sale')
    // What the pixel reads as well stays its own, and the plan refers to it.
    expect(shown.out.replace(/\s+/g, ' ')).toContain(
      'Uses what is there: trigger Order placed, variable their coupon',
    )
    expect(shown.err).not.toContain('shared-things-stay-theirs')
    expect(await run('diff', '--detailed-exitcode')).toMatchObject({ exitCode: 2 })
  })

  test('nothing differs once it is adopted, and what people called and wrote stays', async () => {
    const adopted = await run('adopt', '--auto-approve')
    expect(adopted.err + adopted.out).toContain('adopt')
    expect(adopted.exitCode).toBe(0)
    expect(await run('diff', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })
    const { tag = [], variable = [], trigger = [] } = await entities(sandbox.url)
    const sale = tag.find(({ name }) => name === 'Sale')
    expect(sale).toMatchObject({ tagId: '1' })
    for (const name of ['Ads sale', 'Hint'])
      expect(tag.find((each) => each.name === name)?.notes).toContain('[measurement-plan]')
    expect(tag.find(({ name }) => name === 'Hint')).toMatchObject({ tagId: '5' })
    expect(sale?.notes).toMatch(/^Asked for by Finance\.\n\n\[measurement-plan\]/)
    // The tag for two events is the first one's now, and the other has its own.
    expect(tag.map(({ name }) => name).sort()).toEqual([
      'Ads sale',
      'All ecommerce',
      'GA4 Event - view_item',
      'Hint',
      'Pixel',
      'Sale',
    ])
    // Only tags that are the plan's read the first; the pixel reads the second.
    expect(variable.find(({ name }) => name === 'their plan')?.notes).toContain('#variable')
    expect(variable.find(({ name }) => name === 'their coupon')?.notes).toBeUndefined()
    expect(trigger.find(({ name }) => name === 'Order placed')?.notes).toBeUndefined()
    // Nothing is made beside what is used by reference.
    expect(variable.map(({ name }) => name).sort()).toEqual([
      'CONST - GA4 measurement id',
      'CONST - measurement plan harbour',
      'their coupon',
      'their plan',
    ])
    expect(sale?.firingTriggerId).toEqual(['11'])
    expect(trigger.filter(({ name }) => name.includes('purchase'))).toEqual([])
  })

  test('what is used by reference stays theirs when the plan says something else', async () => {
    await run('adopt', '--auto-approve')
    const written = readFileSync('site/plan.yaml', 'utf8')
    writeFileSync(
      'site/plan.yaml',
      written
        .replace('dataLayer: purchase', 'dataLayer: order_confirmed')
        .replace('dataLayer: coupon', 'dataLayer: voucher'),
    )
    const applied = await run('apply', '--auto-approve')
    expect(applied.exitCode).toBe(0)
    expect(await run('diff', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })
    const { tag = [], variable = [], trigger = [] } = await entities(sandbox.url)
    expect(JSON.stringify(trigger.find(({ name }) => name === 'Order placed'))).toContain('"purchase"')
    expect(JSON.stringify(variable.find(({ name }) => name === 'their coupon'))).toContain('"coupon"')
    expect(tag.find(({ name }) => name === 'Sale')?.firingTriggerId).not.toContain('11')
    expect(tag.find(({ name }) => name === 'Pixel')?.firingTriggerId).toEqual(['11'])
    expect(JSON.stringify(tag.find(({ name }) => name === 'Pixel'))).toContain('{{their coupon}}')
  })

  test('asked to, what was adopted gets the names that the plan gives', async () => {
    await run('adopt', '--auto-approve')
    const renamed = await run('adopt', '--rename', '--auto-approve')
    expect(renamed).toMatchObject({ exitCode: 0 })
    expect(renamed.out).toContain('GA4 Event - purchase')
    expect(await run('diff', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })
    const { tag = [] } = await entities(sandbox.url)
    expect(tag.find(({ tagId }) => tagId === '1')).toMatchObject({ name: 'GA4 Event - purchase' })
    expect(tag.map(({ name }) => name).sort()).toEqual([
      'GA4 Event - add_to_cart',
      'GA4 Event - purchase',
      'GA4 Event - view_item',
      'Google Ads - purchase',
      'HTML - hint',
      'Pixel',
    ])
  })

  test('a pair is taken as it is said, and one that is not there is refused', async () => {
    const written = readFileSync('site/plan.yaml', 'utf8')
    writeFileSync('site/plan.yaml', written.replace('dataLayer: purchase', 'dataLayer: order_confirmed'))
    const refused = await run(
      ...[
        'adopt',
        '--auto-approve',
        '--map',
        'Sael=purchase',
        '--map',
        'Hint=purchase',
        '--map',
        'Sale=sold',
      ],
    )
    expect(refused.exitCode).toBe(1)
    expect(refused.err).toContain('--map "Sael=purchase" cannot be: there is no tag "Sael" in the container.')
    expect(refused.err).toContain(
      '--map "Hint=purchase" cannot be: the tag "Hint" is custom HTML, and purchase sends with a GA4 event: it would be lost for another.',
    )
    expect(refused.err).toContain('the plan has no conversion sold with a tag of its own.')
    const adopted = await run('adopt', '--auto-approve', '--map', 'Sale=purchase')
    expect(adopted.exitCode).toBe(0)
    const { tag = [] } = await entities(sandbox.url)
    expect(tag.find(({ name }) => name === 'Sale')).toMatchObject({ tagId: '1' })
    expect(await run('diff', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })
    // Asked for again it is as it was; another tag comes too late.
    expect(await run('adopt', '--map', 'Sale=purchase')).toMatchObject({ exitCode: 0 })
    expect((await run('adopt', '--map', 'Pixel=purchase')).err).toContain(
      'purchase has its tag already, "Sale".',
    )
  })

  test('what is released is as it was before, but for where it lies', async () => {
    const written = readFileSync('site/plan.yaml', 'utf8')
    const dictionary = 'parameters: { coupon: { register: event, description: Which coupon } }'
    const property = `property:
  calculated: { rate: { title: Rate, description: A rate, formula: keyEvents/sessions } }
  channels: { own: { title: Own, description: Ours, rules: { Chat: { source: { equals: chat } } } } }`
    writeFileSync('site/plan.yaml', `${written}\n${dictionary}\n${property}\n`)
    await run('adopt', '--auto-approve')
    expect(await descriptions(sandbox.url)).toEqual([
      expect.stringMatching(/^Which coupon \[measurement-plan \S+ [0-9a-f]{12}\]$/),
    ])
    const released = await run('release', '--auto-approve')
    expect(released.err).not.toContain('error')
    expect(released.exitCode).toBe(0)
    const { tag = [], variable = [], trigger = [] } = await entities(sandbox.url)
    const notes = [...tag, ...variable, ...trigger].map((each) => each.notes ?? '')
    expect(notes.filter((each) => each.includes('measurement-plan'))).toEqual([])
    expect(tag.find(({ name }) => name === 'Sale')?.notes).toBe('Asked for by Finance.')
    expect(released.out).toContain('custom dimension "Coupon"')
    expect(await descriptions(sandbox.url)).toEqual(['Which coupon'])
    expect(await descriptions(sandbox.url, 'calculatedMetrics')).toEqual(['A rate'])
    expect(await descriptions(sandbox.url, 'channelGroups')).toEqual(['Ours'])
    expect(await run('release', '--auto-approve')).toMatchObject({ exitCode: 0 })
    // Adopted again, it refers to other people's things as before, and makes nothing beside them.
    expect(await run('adopt', '--auto-approve')).toMatchObject({ exitCode: 0 })
    expect(await run('diff', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })
    const { variable: again = [] } = await entities(sandbox.url)
    expect(again.map(({ name }) => name).sort()).toEqual(variable.map(({ name }) => name).sort())
  })

  test('the live container of an environment is read as well as an export, with what the property knows', async () => {
    await run('adopt', '--auto-approve')
    const again = await plan(
      ...[
        'import',
        'site/plan.yaml',
        '-e',
        'production',
        '--sandbox',
        sandbox.url,
        '--out',
        'site/again.yaml',
      ],
    )
    expect(again.exitCode).toBe(0)
    const written = readFileSync('site/again.yaml', 'utf8')
    expect(written).toContain('property: "345000001"')
    expect(await plan('validate', 'site/again.yaml')).toMatchObject({ exitCode: 0 })
    const offline = await plan(
      ...['import', '--from', 'export.json', '--property', '345000001', '--sandbox', sandbox.url],
    )
    expect(offline.out).toContain('property: "345000001"')
    expect(await plan('import')).toMatchObject({ exitCode: 64 })
    expect(await plan('import', '--from', 'export.json', '--out', 'site/plan.yaml')).toMatchObject({
      exitCode: 1,
    })
  })

  test('what is still TODO is asked for before anything is asked of Google', async () => {
    const written = readFileSync('site/plan.yaml', 'utf8')
    writeFileSync('site/plan.yaml', written.replace('property: "345000001"', 'property: TODO'))
    const adopted = await run('adopt', '--auto-approve')
    expect(adopted.exitCode).toBe(1)
    expect(adopted.err).toContain('still has TODO as its property')
  })
})
