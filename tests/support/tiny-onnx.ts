/**
 * A tiny network in ONNX (onnx.proto3, opset 13), written byte by byte: a picture of `size` pixels in, the mean of each of 4 x 4 fields and
 * three channels out: 48 numbers.
 */
export function tinyOnnx(size: number): Uint8Array<ArrayBuffer> {
  const field = size / 4
  const picture = valueInfo('picture', [1, 3, size, size])
  const numbers = valueInfo('numbers', [1, 48])
  const pool = node('AveragePool', 'picture', 'fields', [
    ints('kernel_shape', [field, field]),
    ints('strides', [field, field]),
  ])
  const flatten = node('Flatten', 'fields', 'numbers', [])
  const graph = [block(1, pool), block(1, flatten), text(2, 'tiny'), block(11, picture), block(12, numbers)].flat()
  return Uint8Array.from([...number(1, 8), ...block(7, graph), ...block(8, [...text(1, ''), ...number(2, 13)])])
}

/** How many numbers `tinyOnnx` gives. */
export const tinyNumbers = 48

function node(operator: string, input: string, output: string, attributes: number[][]): number[] {
  return [text(1, input), text(2, output), text(4, operator), ...attributes.map(each => block(5, each))].flat()
}

const intsType = 7

function ints(name: string, values: readonly number[]): number[] {
  return [...text(1, name), ...values.flatMap(value => number(8, value)), ...number(20, intsType)]
}

const floatType = 1

function valueInfo(name: string, shape: readonly number[]): number[] {
  const dimensions = shape.flatMap(length => block(1, number(1, length)))
  return [...text(1, name), ...block(2, block(1, [...number(1, floatType), ...block(2, dimensions)]))]
}

/** Protocol Buffers: a whole number, and a block with its length. */
function number(field: number, value: number): number[] {
  return [...varint(field << 3), ...varint(value)]
}

function block(field: number, bytes: readonly number[]): number[] {
  return [...varint((field << 3) | 2), ...varint(bytes.length), ...bytes]
}

function text(field: number, value: string): number[] {
  return block(field, [...Buffer.from(value)])
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]
}
