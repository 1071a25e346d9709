import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ESTree, parseSync, Visitor } from 'vite'
import { root } from './source-files.ts'

/** One change of one place of a source: `[start, end)` in UTF-16 units of the file, `code` the line as it stands, without indentation. */
export type Mutant = {
  readonly file: string
  readonly line: number
  readonly code: string
  readonly operator: string
  readonly start: number
  readonly end: number
  readonly from: string
  readonly to: string
}

/** The source of a mutant's file with its change made. */
export function mutated(source: string, { start, end, to }: Mutant): string {
  return source.slice(0, start) + to + source.slice(end)
}

/** Every mutant of a source that its operators make. */
export function mutantsOf(file: string): Mutant[] {
  const source = readFileSync(join(root, file), 'utf8')
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file} cannot be parsed`)
  const lines = source.split('\n')
  const found: Mutant[] = []
  const types: Span[] = []
  const change: Change = ({ start, end }, operator, to) => {
    const from = source.slice(start, end)
    const line = source.slice(0, start).split('\n').length
    if (from !== to) found.push({ file, line, code: (lines[line - 1] ?? '').trim(), operator, start, end, from, to })
  }
  const text = ({ start, end }: Span) => source.slice(start, end)
  const skip = (node: Span) => types.push({ start: node.start, end: node.end })
  new Visitor({
    ImportDeclaration: skip,
    TSTypeAnnotation: skip,
    TSTypeAliasDeclaration: skip,
    TSTypeParameterInstantiation: skip,
    TSTypeParameterDeclaration: skip,
    TSAsExpression: node => skip(node.typeAnnotation),
    ...operatorsOf({ change, text, source }),
  }).visit(program)
  return found.filter(({ start, end }) => !types.some(type => type.start <= start && end <= type.end))
}

type Span = { readonly start: number; readonly end: number }
type Change = (node: Span, operator: string, to: string) => void
type Making = { readonly change: Change; readonly text: (node: Span) => string; readonly source: string }

const otherOperators: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
}
const otherMethods: Readonly<Record<string, string>> = {
  min: 'max',
  max: 'min',
  every: 'some',
  some: 'every',
  strictObject: 'object',
}
const droppedCalls = new Set(['filter', 'sort', 'optional', 'slice', 'exclude', 'transform'])
const otherNames: Readonly<Record<string, string>> = { yes: 'no', no: 'yes' }

function operatorsOf({ change, text, source }: Making): NonNullable<ConstructorParameters<typeof Visitor>[0]> {
  const swapOperator = (node: Span & { operator: string }, left: Span, right: Span) => {
    for (const other of otherOperators[node.operator] ?? []) {
      const at = source.indexOf(node.operator, left.end)
      if (at >= 0 && at < right.start) change({ start: at, end: at + node.operator.length }, 'operator', other)
    }
  }
  const emptied = (node: Span & { type: string; value?: unknown }) => {
    if (node.type === 'Literal' && typeof node.value === 'string') change(node, 'emptied word', "''")
  }
  const block = (node: ESTree.Node) => (node.type === 'BlockStatement' ? node.body : [node])
  return {
    BinaryExpression: node => {
      swapOperator(node, node.left, node.right)
      emptied(node.left)
      emptied(node.right)
    },
    LogicalExpression: node => {
      if (node.operator !== '??') swapOperator(node, node.left, node.right)
      const what = node.operator === '??' ? 'default' : 'removed term'
      change(node, what, `(${text(node.left)})`)
      change(node, what, `(${text(node.right)})`)
    },
    AssignmentExpression: node => swapOperator(node, node.left, node.right),
    UnaryExpression: node => {
      if (node.operator === '!' || node.operator === '-') change(node, 'removed sign', text(node.argument))
    },
    ConditionalExpression: node => {
      change(node.test, 'condition', 'true')
      change(node.test, 'condition', 'false')
      change(
        { start: node.consequent.start, end: node.alternate.end },
        'swapped arms',
        `${text(node.alternate)} : ${text(node.consequent)}`,
      )
    },
    IfStatement: node => {
      change(node.test, 'condition', 'true')
      change(node.test, 'condition', 'false')
    },
    CallExpression: node => {
      const { callee } = node
      if (callee.type !== 'MemberExpression' || callee.computed) return
      const name = text(callee.property)
      const other = otherMethods[name]
      const isBound = (name === 'min' || name === 'max') && text(callee.object) !== 'Math'
      if (other !== undefined && !isBound) change(callee.property, 'other method', other)
      if (droppedCalls.has(name) || isBound) change({ start: callee.object.end, end: node.end }, 'dropped call', '')
    },
    Literal: node => {
      if (typeof node.value === 'boolean') change(node, 'flag', String(!node.value))
      if (typeof node.value !== 'number') return
      change(node, 'off by one', String(node.value + 1))
      change(node, 'off by one', `(${node.value - 1})`)
    },
    ArrayExpression: node => {
      for (const [index, item] of node.elements.entries()) {
        if (item === null || node.elements.length < 2) continue
        const next = node.elements[index + 1]
        const previous = node.elements[index - 1]
        const span = next
          ? { start: item.start, end: next.start }
          : { start: previous?.end ?? item.start, end: item.end }
        change(span, 'removed element', '')
      }
    },
    AssignmentPattern: node => emptied(node.right),
    SwitchCase: node => {
      if (node.test !== null) emptied(node.test)
    },
    SpreadElement: node => {
      if (node.argument.type === 'ObjectExpression') change(node, 'removed spread', '...{}')
    },
    ReturnStatement: node => {
      if (node.argument === null) return
      const other = otherNames[text(node.argument)]
      if (other !== undefined) change(node.argument, 'other return', other)
      if (node.argument.type === 'ArrayExpression' && node.argument.elements.length > 0)
        change(node.argument, 'other return', '[]')
    },
    ArrowFunctionExpression: node => {
      if (node.body.type === 'ArrayExpression' && node.body.elements.length > 0) change(node.body, 'other return', '[]')
    },
    BlockStatement: node => {
      for (const item of node.body) removeStatement(item, change)
    },
    ForOfStatement: node => {
      for (const item of block(node.body)) if (node.body.type !== 'BlockStatement') removeStatement(item, change)
    },
  }
}

function removeStatement(node: ESTree.Node, change: Change): void {
  const removable = ['ExpressionStatement', 'IfStatement', 'ForOfStatement', 'ForStatement', 'ContinueStatement']
  if (removable.includes(node.type)) change(node, 'removed statement', '{}')
}

/**
 * A seeded choice, spread over all files and lines: one mutant of every line, of as many lines as are wanted, and of every file one at
 * least. What is chosen of a line depends on its own text and the seed alone, so that a change elsewhere leaves the choice as it was.
 */
export function chooseMutants(mutants: readonly Mutant[], seed: number, most: number): Mutant[] {
  const byLine = new Map<string, Mutant[]>()
  for (const mutant of mutants) {
    const key = `${mutant.file}:${mutant.line}`
    byLine.set(key, [...(byLine.get(key) ?? []), mutant])
  }
  const chosen = [...byLine.values()].flatMap(list => {
    const lot = lotOf(`${seed} ${list[0]?.file} ${list[0]?.code}`)
    return list
      .slice(lot % list.length)
      .slice(0, 1)
      .map(mutant => ({ mutant, lot }))
  })
  const inLot = chosen.toSorted((one, other) => one.lot - other.lot)
  const last = inLot[most - 1]?.lot ?? Number.POSITIVE_INFINITY
  const firstOf = (file: string) => inLot.find(({ mutant }) => mutant.file === file)?.mutant
  return chosen.filter(({ mutant, lot }) => lot <= last || firstOf(mutant.file) === mutant).map(({ mutant }) => mutant)
}

/** FNV-1a of a text: 32 bits that its every letter moves. */
function lotOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
