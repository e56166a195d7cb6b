/** How the machine's programs order names: by code unit, as in the C locale (LANG=C.UTF-8). */
export const byName = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
