/** Other people's things in a container, as an export that the sandbox is started from. */
import { CONTAINER } from './harness.ts'

export interface Foreign {
  readonly tags: number
  /** Names of data layer variables. */
  readonly variables?: readonly string[]
  /** A variable that a tag of theirs reads, there or not. */
  readonly reads?: string
}

export function containerExport(foreign: Foreign): object {
  const ids = { accountId: '6001', containerId: '77' }
  const numbers = Array.from({ length: foreign.tags }, (_, index) => index)
  const template = (key: string, value: string): object => ({ type: 'TEMPLATE', key, value })
  return {
    exportFormatVersion: 2,
    containerVersion: {
      ...ids,
      containerVersionId: '5',
      container: { ...ids, name: 'Shop', publicId: CONTAINER, usageContext: ['WEB'] },
      tag: [
        ...numbers.map((number) => ({
          ...ids,
          tagId: String(1000 + number),
          name: `Theirs ${number}`,
          type: 'html',
          notes: number % 3 === 0 ? 'Do not touch. Ask Dana.' : '',
          parameter: [template('html', `<script>/* ${number} {{Their variable}} */</script>`)],
          firingTriggerId: ['2147479553', '900'],
          tagFiringOption: 'ONCE_PER_EVENT',
        })),
        ...(foreign.reads === undefined
          ? []
          : [
              {
                ...ids,
                tagId: '999',
                name: 'Reader',
                type: 'html',
                parameter: [template('html', `{{${foreign.reads}}}`)],
              },
            ]),
      ],
      trigger: [
        {
          ...ids,
          triggerId: '900',
          name: 'Their trigger',
          type: 'CUSTOM_EVENT',
          customEventFilter: [
            { type: 'EQUALS', parameter: [template('arg0', '{{_event}}'), template('arg1', 'theirs')] },
          ],
        },
      ],
      variable: ['Their variable', ...(foreign.variables ?? [])].map((name, index) => ({
        ...ids,
        variableId: String(800 + index),
        name,
        type: 'v',
        parameter: [
          { type: 'INTEGER', key: 'dataLayerVersion', value: '2' },
          { type: 'BOOLEAN', key: 'setDefaultValue', value: 'false' },
          template('name', name.replace(/^DLV - /, '')),
        ],
      })),
      folder: [{ ...ids, folderId: '700', name: 'Their folder' }],
      builtInVariable: [{ ...ids, type: 'PAGE_URL', name: 'Page URL' }],
    },
  }
}
