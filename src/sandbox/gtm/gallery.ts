/**
 * Templates from the community gallery. The sandbox reaches no network: it makes a template that refers to the right
 * repository and holds a stand-in for its text (assumed throughout, but for the parameters).
 */
import type { Handlers } from '../call.ts'
import { badRequest } from '../errors.ts'
import { createEntity } from './edit.ts'
import { findOpenWorkspace } from './find.ts'
import { stableNumber } from './fresh.ts'
import { entityView } from './view.ts'

export const galleryHandlers: Handlers = {
  'accounts.containers.workspaces.templates.import_from_gallery': (call) => {
    const { container, workspace } = findOpenWorkspace(call)
    const owner = call.query.get('galleryOwner')
    const repository = call.query.get('galleryRepository')
    if (!owner || !repository) throw badRequest('galleryOwner and galleryRepository are required.')
    if (call.query.get('acknowledgePermissions') !== 'true') {
      throw badRequest('The permissions of the template must be acknowledged.')
    }
    const galleryTemplateId = Number(stableNumber(`${owner}/${repository}`, 9))
      .toString(36)
      .toUpperCase()
    const edit = { store: call.store, container, content: workspace.content }
    const template = createEntity(edit, 'customTemplate', {
      name: repository,
      templateData: `___INFO___\n\n${JSON.stringify({ type: 'TAG', id: `cvt_${galleryTemplateId}`, displayName: repository }, null, 2)}\n`,
      galleryReference: {
        host: 'github.com',
        owner,
        repository,
        version: call.query.get('gallerySha') ?? '0'.repeat(40),
        galleryTemplateId,
      },
    })
    return entityView(container, workspace, 'customTemplate', template)
  },
}
