/** Name of this backend in errors, metrics and `/readyz`. */
export const RADAR = 'radar';
