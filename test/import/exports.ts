/** Real containers, which lie outside of the project; a test that reads them says so where they are not there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../../../shared/gtm-exports')

export const REAL_EXPORTS: readonly string[] = existsSync(FOLDER)
  ? readdirSync(FOLDER).filter((file) => file.endsWith('.json') && file !== 'CATALOGUE.json')
  : []

export function realExport(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8')
}

interface Entity {
  readonly [field: string]: unknown
}

/** The text of an export that holds these entities, all in GTM's own form. */
export function exportOf(entities: { readonly [list: string]: unknown }): string {
  return JSON.stringify({
    exportFormatVersion: 2,
    exportTime: '2026-01-01 00:00:00',
    containerVersion: {
      accountId: '6001',
      containerId: '1',
      containerVersionId: '0',
      container: { accountId: '6001', publicId: 'GTM-TEST01', name: 'Harbour', usageContext: ['WEB'] },
      ...entities,
    },
  })
}

export const text = (key: string, value: string): Entity => ({ type: 'TEMPLATE', key, value })

/** A GA4 event tag. */
export function eventTag(
  tagId: string,
  event: string,
  firingTriggerId: readonly string[],
  more: Entity & { readonly parameter?: readonly Entity[] } = {},
): Entity {
  const { parameter = [], ...fields } = more
  return {
    accountId: '6001',
    containerId: '1',
    tagId,
    name: `GA4 - ${event}`,
    type: 'gaawe',
    firingTriggerId,
    tagFiringOption: 'ONCE_PER_EVENT',
    ...fields,
    parameter: [text('eventName', event), text('measurementIdOverride', 'G-TEST000001'), ...parameter],
  }
}

/** A custom event trigger. */
export function customEvent(triggerId: string, event: string, type = 'EQUALS'): Entity {
  return {
    accountId: '6001',
    containerId: '1',
    triggerId,
    name: `CE - ${event}`,
    type: 'CUSTOM_EVENT',
    customEventFilter: [{ type, parameter: [text('arg0', '{{_event}}'), text('arg1', event)] }],
  }
}

/** A variable that reads the data layer. */
export function dataLayerVariable(variableId: string, name: string, key: string): Entity {
  return {
    variableId,
    name,
    type: 'v',
    parameter: [{ type: 'INTEGER', key: 'dataLayerVersion', value: '2' }, text('name', key)],
  }
}

interface Kept {
  readonly name: string
  readonly notes?: string
  readonly tagId?: string
  readonly variableId?: string
  readonly templateData?: string
  readonly firingTriggerId?: readonly string[]
}

/** What a sandbox's newest version of its first container holds. */
export async function entities(url: string): Promise<{ readonly [list: string]: readonly Kept[] }> {
  interface State {
    readonly gtm: readonly {
      readonly containers: readonly {
        readonly latestVersionId: string
        readonly versions: readonly {
          readonly containerVersionId: string
          readonly content: { readonly [list: string]: readonly Kept[] }
        }[]
      }[]
    }[]
  }
  const { gtm } = (await (await fetch(`${url}/_sandbox/state`)).json()) as State
  const [container] = gtm.flatMap(({ containers }) => containers)
  const newest = container?.versions.find((each) => each.containerVersionId === container.latestVersionId)
  return newest?.content ?? {}
}
