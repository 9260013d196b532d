/** Two exported containers: told by content, whatever ids and stamps they have. */
import { expect, test } from 'vitest'
import { containerDifferences } from '../../src/diff/container-differences.ts'
import { containerOf, type SentContainer } from '../../src/live/container.ts'
import type { ContainerDifference } from '../../src/resources/container-differences.ts'

const arg = (key: string, value: string): object => ({ type: 'template', key, value })

/** A tag that fires on a trigger, with ids and stamps of its own. */
function container(id: number, change: { event?: string; tag?: string; notes?: string } = {}): SentContainer {
  const stamps = {
    accountId: String(id),
    containerId: String(id),
    fingerprint: String(id * 17),
    path: `x/${id}`,
  }
  return {
    tag: [
      {
        ...stamps,
        tagId: `${id}1`,
        name: change.tag ?? 'Lead',
        type: 'gaawe',
        parameter: [arg('eventName', 'lead'), arg('measurementIdOverride', '{{Id}}')],
        firingTriggerId: [`${id}2`],
        ...(change.notes !== undefined && { notes: change.notes }),
      },
    ],
    trigger: [
      {
        ...stamps,
        triggerId: `${id}2`,
        name: 'Lead sent',
        type: 'customEvent',
        customEventFilter: [
          { type: 'equals', parameter: [arg('arg0', '{{_event}}'), arg('arg1', change.event ?? 'lead')] },
        ],
      },
    ],
    variable: [{ ...stamps, variableId: `${id}3`, name: 'Id', type: 'c', parameter: [arg('value', 'G-1')] }],
    zone: [{ ...stamps, zoneId: `${id}4`, name: 'Agency', childContainer: [{ publicId: 'GTM-A' }] }],
  }
}

function between(
  before: SentContainer,
  after: SentContainer,
  isSameContainer = false,
): readonly ContainerDifference[] {
  return containerDifferences(containerOf(before, undefined), containerOf(after, undefined), isSameContainer)
}

test('the same things under other ids do not differ', () => {
  expect(between(container(1), container(2))).toEqual([])
})

test('a field that differs is named on both sides, a note too', () => {
  expect(between(container(1), container(2, { event: 'enquiry', notes: 'Asked for by sales' }))).toEqual([
    {
      status: 'changed',
      kind: 'gtm/tag',
      name: 'Lead',
      fields: [{ path: 'notes', after: 'Asked for by sales' }],
    },
    {
      status: 'changed',
      kind: 'gtm/trigger',
      name: 'Lead sent',
      fields: [{ path: 'customEventFilter[0].arg1', before: 'lead', after: 'enquiry' }],
    },
  ])
})

test('what only one has is there by its name; in one container the same id under another name is renamed', () => {
  const [before, after] = [container(1), container(1, { tag: 'Enquiry' })]
  expect(between(before, after).map(({ status, name }) => [status, name])).toEqual([
    ['added', 'Enquiry'],
    ['deleted', 'Lead'],
  ])
  expect(between(before, after, true)).toEqual([
    { status: 'changed', kind: 'gtm/tag', name: 'Enquiry', was: 'Lead', fields: [] },
  ])
})

test('what the product never writes is compared as Google sent it', () => {
  const other = container(2)
  const [zone] = other['zone'] as readonly object[]
  const changed = { ...other, zone: [{ ...zone, childContainer: [{ publicId: 'GTM-B' }] }] }
  expect(between(container(1), changed)).toMatchObject([{ status: 'changed', kind: 'zone', name: 'Agency' }])
  expect(JSON.stringify(between(container(1), changed))).toContain('GTM-B')
})
