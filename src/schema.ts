/** Every table's entity and every migration, in the order of the areas; each area adds its own lines. */
export const entities: Function[] = [];

export const migrations: Function[] = [];
