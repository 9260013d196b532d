/** Every imitated method of the Tag Manager API v2, by the name that Google's documentation gives it. */
import type { Handlers } from '../call.ts'
import { builtInVariableHandlers } from './built-in-variables.ts'
import { containerHandlers } from './containers.ts'
import { destinationHandlers } from './destinations.ts'
import { entityHandlers } from './entities.ts'
import { environmentHandlers } from './environments.ts'
import { folderHandlers } from './folders.ts'
import { galleryHandlers } from './gallery.ts'
import { withRights } from './permissions.ts'
import { userPermissionHandlers } from './user-permissions.ts'
import { versionHandlers } from './versions.ts'
import { workspaceHandlers } from './workspaces.ts'

export const gtmHandlers: Handlers = withRights({
  ...containerHandlers,
  ...entityHandlers,
  ...builtInVariableHandlers,
  ...folderHandlers,
  ...versionHandlers,
  ...workspaceHandlers,
  ...environmentHandlers,
  ...destinationHandlers,
  ...galleryHandlers,
  ...userPermissionHandlers,
})
