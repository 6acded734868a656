/** Name of this backend in errors, metrics and `/readyz`. */
export const TOY = 'toy';
