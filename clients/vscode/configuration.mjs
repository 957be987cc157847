// The settings page, made from the schema of the configuration file: one source for both.

/** Set by the extension itself, or only meaningful in the file. */
const notSettings = ['$schema', 'events', 'joinsUndo'];

/**
 * A workspace may set these: they can only tighten, or say how and not where. Everything else has machine scope: a cloned repository must not be able
 * to send code or a key somewhere, to run something, or to loosen a guardrail.
 */
const workspaceMay = ['delivery', 'format', 'ignore'];

/** `contributes.configuration` from the parsed schema.json. */
export function configuration(schema) {
  const inlined = (value) => inline(value, schema.definitions);
  const properties = {};
  for (const [key, value] of Object.entries(schema.properties)) {
    if (notSettings.includes(key)) continue;
    const scope = workspaceMay.includes(key) ? 'resource' : 'machine';
    for (const [path, leaf] of leaves(`quickhand.${key}`, inlined(value))) properties[path] = { scope, ...leaf };
  }
  properties['quickhand.client.command'] = {
    scope: 'machine',
    type: 'array',
    items: { type: 'string' },
    default: [],
    description: 'A command and its arguments, started in place of the server that comes with the extension.',
  };
  return { title: 'Quickhand', properties };
}

/** A setting for each member of a closed object, so that the page shows a field for it. */
function leaves(path, { title, ...schema }) {
  const closed = schema.additionalProperties === false && schema.properties;
  if (!closed) return [[path, schema]];
  return Object.entries(schema.properties).map(([name, member]) => [`${path}.${name}`, member]);
}

/** The page resolves no references into another file. */
function inline(value, definitions) {
  if (Array.isArray(value)) return value.map((item) => inline(item, definitions));
  if (typeof value !== 'object' || value === null) return value;
  const { $ref, ...rest } = value;
  const name = /^#\/definitions\/(.+)$/.exec($ref ?? '')?.[1];
  const own = Object.entries(rest).filter(([key]) => !key.startsWith('x-'));
  return {
    ...(name && inline(definitions[name], definitions)),
    ...Object.fromEntries(own.map(([key, member]) => [key, inline(member, definitions)])),
  };
}
