/** What is in a folder, and moving things there; folder 0 stands for "no folder". */
import type { Call, Handlers } from '../call.ts'
import { gtmNotFound } from '../errors.ts'
import type { Entity } from '../shape.ts'
import { inFolder } from './edit.ts'
import { findOpenWorkspace, findWorkspace } from './find.ts'
import type { Kind } from './kinds.ts'
import { page } from '../paging.ts'
import { entityView } from './view.ts'

const prefix = 'accounts.containers.workspaces.folders'
const FILED: readonly Kind[] = ['tag', 'trigger', 'variable']

export const folderHandlers: Handlers = {
  [`${prefix}.entities`]: (call) => {
    const { container, workspace } = findWorkspace(call)
    const folderId = call.ids['folders'] ?? ''
    if (folderId !== '0' && !workspace.content.folder.has(folderId)) throw gtmNotFound()
    const filed = FILED.flatMap((kind) =>
      [...workspace.content[kind].values()]
        .filter((entity) => (entity['parentFolderId'] ?? '0') === folderId)
        .map((entity) => ({ kind, entity: entityView(container, workspace, kind, entity) })),
    )
    // One page over the three kinds together (assumed).
    const { entities, ...rest } = page(filed, 'entities', call.query, call.store.behaviour.pageSize)
    return { ...byKind((entities as typeof filed | undefined) ?? []), ...rest }
  },

  [`${prefix}.move_entities_to_folder`]: (call) => {
    const { workspace } = findOpenWorkspace(call)
    const folderId = call.ids['folders'] ?? ''
    if (folderId !== '0' && !workspace.content.folder.has(folderId)) throw gtmNotFound()
    const moves = FILED.flatMap((kind) => call.query.getAll(`${kind}Id`).map((id) => ({ kind, id })))
    // All or none: an unknown id moves nothing (assumed).
    if (moves.some(({ kind, id }) => !workspace.content[kind].has(id))) throw gtmNotFound()
    for (const { kind, id } of moves) moveTo(call, workspace.content[kind], id, folderId)
    return undefined
  },
}

function moveTo(call: Call, entities: Map<string, Entity>, id: string, folderId: string): void {
  const entity = entities.get(id)
  if (entity) entities.set(id, inFolder(entity, folderId === '0' ? undefined : folderId, call.store))
}

function byKind(filed: readonly { kind: Kind; entity: Entity }[]): Partial<Record<Kind, Entity[]>> {
  const lists: Partial<Record<Kind, Entity[]>> = {}
  for (const { kind, entity } of filed) lists[kind] = [...(lists[kind] ?? []), entity]
  return lists
}
