/** Tags as people type them: names with commas between, in the order that counts. Pure. */
import { nameKey } from '../../platform/db/name-key.ts';

/** @returns the names, tidy, each once (however spelled), in order. */
export function namesFromField(field: string): string[] {
  const names = new Map<string, string>();
  for (const part of field.split(/[,，、\n]/u)) {
    const name = part.replace(/\s+/gu, ' ').trim();
    if (name !== '' && !names.has(nameKey(name))) names.set(nameKey(name), name);
  }
  return [...names.values()];
}

/** The names as the field shows them. */
export function fieldFromNames(names: readonly string[]): string {
  return names.join(', ');
}
