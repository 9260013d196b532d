/** `plan diff --against A.json B.json`: two exported containers, without a plan, offline. */
import { containerDifferences } from '../diff/container-differences.ts'
import { containerOf } from '../live/container.ts'
import type { ContainerVersion } from '../lift/parse-export.ts'
import { renderContainerDifferencesText } from '../render/container-differences-text.ts'
import type { ContainerDifferences, ContainerSide } from '../resources/container-differences.ts'
import { exportIn } from './export-in.ts'
import type { ExitCode, Io } from './io.ts'
import { paintOf } from './paint.ts'
import { readBytes } from './read-named.ts'

export interface DiffExportsOptions {
  readonly against: string
  readonly format: 'text' | 'json' | 'markdown'
  readonly detailedExitcode?: boolean
}

/** What the file has that `against` has not, has otherwise, or has no longer. */
export async function diffExports(file: string, options: DiffExportsOptions, io: Io): Promise<ExitCode> {
  const [before, after] = [await readExport(options.against), await readExport(file)]
  const id = publicIdOf(before)
  const compared: ContainerDifferences = {
    formatVersion: 1,
    before: sideOf(options.against, before),
    after: sideOf(file, after),
    differences: containerDifferences(
      containerOf(before, undefined),
      containerOf(after, undefined),
      id !== undefined && id === publicIdOf(after),
    ),
  }
  io.out(render(compared, options, io))
  return options.detailedExitcode === true && compared.differences.length > 0 ? 2 : 0
}

async function readExport(file: string): Promise<ContainerVersion> {
  return exportIn(await readBytes(file), file)
}

function publicIdOf(version: ContainerVersion): string | undefined {
  return version.container?.publicId
}

function sideOf(file: string, version: ContainerVersion): ContainerSide {
  const container = publicIdOf(version)
  return { file, ...(container !== undefined && { container }) }
}

function render(compared: ContainerDifferences, { format }: DiffExportsOptions, io: Io): string {
  switch (format) {
    case 'text':
      return renderContainerDifferencesText(compared, paintOf(io))
    case 'json':
      return `${JSON.stringify(compared, null, 2)}\n`
    case 'markdown':
      return `\`\`\`diff\n${renderContainerDifferencesText(compared).replaceAll('```', "'''")}\`\`\`\n`
  }
}
