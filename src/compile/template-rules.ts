/**
 * What a template may hold. These rules are why no value of a plan can break out of its place, also with
 * templates that users write: every value is inserted by a helper that writes a whole JSON string, and never
 * inside a string that the template has opened itself.
 */
import Handlebars from 'handlebars'

export const BLOCKS = ['if', 'unless', 'each']
export const HELPERS = ['text', 'variable']

/** Ours hold 16 at most. Handlebars takes minutes for some thousands within each other. */
const MOST_BRACES = 1000

/** Parses a template; throws an Error that says which rule it breaks, and where. */
export function parseTemplate(text: string): hbs.AST.Program {
  const braces = text.split('{{').length - 1
  if (braces > MOST_BRACES)
    throw new Error(
      `It has {{ ${braces} times; a template of one entity has it at most ${MOST_BRACES} times.`,
    )
  const program = Handlebars.parse(text)
  if (checkProgram(program, false)) throw new Error('A string is opened and never closed.')
  return program
}

/** @returns whether the text after the program stands inside a string, given whether the text before it does. */
function checkProgram(program: hbs.AST.Program | undefined, inString: boolean): boolean {
  return (program?.body ?? []).reduce((inside, statement) => checkStatement(statement, inside), inString)
}

function checkStatement(statement: hbs.AST.Statement, inString: boolean): boolean {
  const refuse = (message: string): never => {
    throw new Error(`Line ${statement.loc.start.line}: ${message}`)
  }
  switch (statement.type) {
    case 'ContentStatement': {
      const { value } = statement as hbs.AST.ContentStatement
      if (value.includes('{{')) refuse('Write {{variable "Name"}} for a variable of GTM, without quotes.')
      return endsInString(value, inString)
    }
    case 'CommentStatement':
      return inString
    case 'MustacheStatement': {
      const { path, params } = statement as hbs.AST.MustacheStatement
      if (!HELPERS.includes(nameOf(path)) || params.length !== 1) {
        refuse('Insert values as {{text name}} or {{variable "Name"}} only.')
      }
      if (params.some((param) => param.type === 'SubExpression')) refuse('Helpers cannot be nested.')
      if (inString) refuse('A helper writes its own quotes; it cannot stand inside a string.')
      return false
    }
    case 'PartialStatement': {
      const { name, params, hash } = statement as hbs.AST.PartialStatement
      if (name.type !== 'PathExpression' || params.length > 0 || hash !== undefined) {
        refuse('Include a partial by its name alone: {{> condition}}.')
      }
      if (inString) refuse('A partial cannot stand inside a string.')
      return false
    }
    case 'BlockStatement': {
      const { path, program, inverse } = statement as hbs.AST.BlockStatement
      if (!BLOCKS.includes(nameOf(path))) refuse('Only if, unless and each are blocks.')
      const ends = [checkProgram(program, inString), checkProgram(inverse, inString)]
      if (ends.some((end) => end !== inString)) refuse('A string must end in the block that it begins in.')
      return inString
    }
    default:
      return refuse('Only text, {{text name}}, {{variable "Name"}}, if, unless, each and partials are known.')
  }
}

function nameOf(path: hbs.AST.Expression): string {
  return path.type === 'PathExpression' ? (path as hbs.AST.PathExpression).original : ''
}

function endsInString(content: string, inString: boolean): boolean {
  const quotes = content.replace(/\\./gs, '').match(/"/g)?.length ?? 0
  return quotes % 2 === 0 ? inString : !inString
}
