/** A value of a row as it stands in a backup: what JSON has, and bytes as `{"base64": "…"}`. */
import { z } from 'zod';

export type Cell = string | number | null | { base64: string };

/** @param value as the database gave it. */
export function cellOf(value: unknown): Cell {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') };
  throw new Error(`A backup cannot hold a value of the kind ${typeof value}.`);
}

const bytesShape = z.strictObject({ base64: z.base64() });

/** @returns whether a value that was read is one. */
export function isCell(value: unknown): value is Cell {
  if (value === null || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  return bytesShape.safeParse(value).success;
}

/** @returns the bytes of a cell that holds some. */
export function bytesOf(cell: Cell): Buffer | Exclude<Cell, object> | null {
  return cell !== null && typeof cell === 'object' ? Buffer.from(cell.base64, 'base64') : cell;
}
