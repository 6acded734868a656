/** Name of this backend in errors, metrics and `/readyz`. */
export const AEGISTER = 'aegister';
