/** Services of the demonstration whose last quarter is left for a visitor to upload; the first with mistakes to fix. */
export const LEFT_OVER = ['natural-thinkers', 'family-nutrition'] as const
