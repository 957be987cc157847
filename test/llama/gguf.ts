// Writes a tiny llama model with random weights: a grammar makes it say anything, so it stands in for a real one with nothing to download.

import { writeFileSync } from 'node:fs';

const context = 16_384;
const width = 64;
const heads = 4;
const layers = 2;
const feedForward = 128;
/** `<unk>`, `<s>`, `</s>`, and one token for each byte. */
const specials = ['<unk>', '<s>', '</s>'];
const vocabulary = specials.length + 256;
/** Of tensor data, as the format wants it. */
const alignment = 32;

// Type numbers of the GGUF format, version 3, and of its tokenizers.
const typeU32 = 4;
const typeF32 = 6;
const typeBool = 7;
const typeString = 8;
const typeArray = 9;
const i32 = 5;
const token = { unknown: 2, control: 3, byte: 6 };

type Tensor = readonly [name: string, shape: readonly number[]];

/** The file's bytes, in order. */
class Writer {
  readonly #pieces: Buffer[] = [];
  length = 0;

  bytes(bytes: Buffer): this {
    this.#pieces.push(bytes);
    this.length += bytes.length;
    return this;
  }

  u32(value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return this.bytes(bytes);
  }

  u64(value: number): this {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    return this.bytes(bytes);
  }

  f32(value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(value);
    return this.bytes(bytes);
  }

  string(text: string): this {
    return this.u64(Buffer.byteLength(text)).bytes(Buffer.from(text));
  }

  align(): this {
    return this.bytes(Buffer.alloc((alignment - (this.length % alignment)) % alignment));
  }

  result(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}

/** Writes the model to `path`; always the same one. */
export function writeModel(path: string): void {
  const tensors = tensorsOf();
  const pairs = metadata();
  const file = new Writer().bytes(Buffer.from('GGUF')).u32(3).u64(tensors.length).u64(pairs.length);
  for (const pair of pairs) pair(file);
  let offset = 0;
  for (const [name, shape] of tensors) {
    file.string(name).u32(shape.length);
    for (const size of shape) file.u64(size);
    // All are 32-bit floats, and so a multiple of the alignment.
    file.u32(0).u64(offset);
    offset += 4 * countOf(shape);
  }
  file.align();
  const random = generator(1);
  for (const [name, shape] of tensors) file.bytes(weights(name, countOf(shape), random));
  writeFileSync(path, file.result());
}

function metadata(): ((file: Writer) => void)[] {
  const key = (name: string, type: number) => (file: Writer) => file.string(name).u32(type);
  const u32 = (name: string, value: number) => (file: Writer) => key(name, typeU32)(file).u32(value);
  const string = (name: string, value: string) => (file: Writer) => key(name, typeString)(file).string(value);
  const f32 = (name: string, value: number) => (file: Writer) => key(name, typeF32)(file).f32(value);
  const bool = (name: string, value: boolean) => (file: Writer) =>
    key(name, typeBool)(file).bytes(Buffer.from([Number(value)]));
  const array = (name: string, type: number, count: number) => (file: Writer) =>
    key(name, typeArray)(file).u32(type).u64(count);
  const all = Array.from({ length: vocabulary }, (_, i) => i);
  const tokenOf = (i: number) =>
    specials[i] ?? `<0x${(i - specials.length).toString(16).toUpperCase().padStart(2, '0')}>`;
  const typeOf = (i: number) => (i === 0 ? token.unknown : i < specials.length ? token.control : token.byte);
  return [
    string('general.architecture', 'llama'),
    string('general.name', 'random'),
    u32('llama.context_length', context),
    u32('llama.embedding_length', width),
    u32('llama.block_count', layers),
    u32('llama.feed_forward_length', feedForward),
    u32('llama.attention.head_count', heads),
    u32('llama.rope.dimension_count', width / heads),
    f32('llama.attention.layer_norm_rms_epsilon', 1e-5),
    string('tokenizer.ggml.model', 'llama'),
    (file) => {
      array('tokenizer.ggml.tokens', typeString, vocabulary)(file);
      for (const i of all) file.string(tokenOf(i));
    },
    (file) => {
      array('tokenizer.ggml.scores', typeF32, vocabulary)(file);
      for (const _ of all) file.f32(0);
    },
    (file) => {
      array('tokenizer.ggml.token_type', i32, vocabulary)(file);
      for (const i of all) file.u32(typeOf(i));
    },
    u32('tokenizer.ggml.unknown_token_id', 0),
    u32('tokenizer.ggml.bos_token_id', 1),
    u32('tokenizer.ggml.eos_token_id', 2),
    bool('tokenizer.ggml.add_space_prefix', false),
    string('tokenizer.chat_template', '{% for message in messages %}{{ message.content }}\n{% endfor %}'),
  ];
}

function tensorsOf(): Tensor[] {
  const layer = (i: number): Tensor[] => [
    [`blk.${i}.attn_norm.weight`, [width]],
    [`blk.${i}.attn_q.weight`, [width, width]],
    [`blk.${i}.attn_k.weight`, [width, width]],
    [`blk.${i}.attn_v.weight`, [width, width]],
    [`blk.${i}.attn_output.weight`, [width, width]],
    [`blk.${i}.ffn_norm.weight`, [width]],
    [`blk.${i}.ffn_gate.weight`, [width, feedForward]],
    [`blk.${i}.ffn_up.weight`, [width, feedForward]],
    [`blk.${i}.ffn_down.weight`, [feedForward, width]],
  ];
  return [
    ['token_embd.weight', [width, vocabulary]],
    ...Array.from({ length: layers }, (_, i) => layer(i)).flat(),
    ['output_norm.weight', [width]],
    ['output.weight', [width, vocabulary]],
  ];
}

function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Norms are ones, the rest is small noise. */
function weights(name: string, count: number, random: () => number): Buffer {
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = name.includes('norm') ? 1 : (random() - 0.5) * 0.2;
  return Buffer.from(values.buffer);
}

/** mulberry32: a small generator of numbers in [0, 1). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
