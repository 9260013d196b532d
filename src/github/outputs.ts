/**
 * Lines for the file at GITHUB_OUTPUT.
 * @param delimiter a random word, so that no value can end its own block and begin another output:
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#multiline-strings
 */
export function outputLines(
  outputs: Readonly<Record<string, string | number | boolean>>,
  delimiter: string,
): string {
  return Object.entries(outputs)
    .map(([name, value]) => {
      if (String(value).includes(delimiter)) throw new Error(`The delimiter stands in the output ${name}.`)
      return `${name}<<${delimiter}\n${value}\n${delimiter}\n`
    })
    .join('')
}
