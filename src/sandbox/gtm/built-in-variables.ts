/** Built-in variables: no ids, chosen by `?type=` (repeated). */
import type { Handlers } from '../call.ts'
import { page } from '../paging.ts'
import { disableBuiltIn, enableBuiltIn } from './edit.ts'
import { findOpenWorkspace, findWorkspace } from './find.ts'
import { baseContent } from './merge.ts'
import { copyContent } from '../state.ts'
import { entityView } from './view.ts'

const prefix = 'accounts.containers.workspaces.built_in_variables'

export const builtInVariableHandlers: Handlers = {
  [`${prefix}.list`]: (call) => {
    const { container, workspace } = findWorkspace(call)
    const views = [...workspace.content.builtInVariable.values()].map((entity) =>
      entityView(container, workspace, 'builtInVariable', entity),
    )
    return page(views, 'builtInVariable', call.query, call.store.behaviour.pageSize)
  },

  [`${prefix}.create`]: (call) => {
    const { container, workspace } = findOpenWorkspace(call)
    const content = copyContent(workspace.content)
    const edit = { store: call.store, container, content }
    const enabled = call.query.getAll('type').map((type) => enableBuiltIn(edit, type))
    workspace.content = content
    const views = enabled.map((entity) => entityView(container, workspace, 'builtInVariable', entity))
    return views.length > 0 ? { builtInVariable: views } : {}
  },

  [`${prefix}.delete`]: (call) => {
    const { container, workspace } = findOpenWorkspace(call)
    const edit = { store: call.store, container, content: workspace.content }
    for (const type of call.query.getAll('type')) disableBuiltIn(edit, type)
    return undefined
  },

  [`${prefix}.revert`]: (call) => {
    const { container, workspace } = findOpenWorkspace(call)
    const edit = { store: call.store, container, content: workspace.content }
    const type = call.query.get('type') ?? ''
    const enabled = baseContent(container, workspace).builtInVariable.has(type)
    if (enabled) enableBuiltIn(edit, type)
    else disableBuiltIn(edit, type)
    return enabled ? { enabled } : {}
  },
}
