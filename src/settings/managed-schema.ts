// The policy as Chrome reads it (`storage.managed_schema`); made from the valibot schema, never by hand.
// Chrome knows JSON Schema draft 3: no `$schema`, `default`, `required` or unions.
import { toJsonSchema } from '@valibot/to-json-schema';
import { Policy } from './policy';

export function managedJsonSchema(): object {
  const { properties = {} } = toJsonSchema(Policy, { typeMode: 'input' });
  const plain = Object.entries(properties).map(([key, property]) => {
    const { default: _default, ...rest } = property as Record<string, unknown>; // none of ours is a bare boolean
    return [key, rest] as const;
  });
  return { type: 'object', properties: Object.fromEntries(plain) };
}
