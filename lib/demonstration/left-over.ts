/**
 * Services of the demonstration whose last quarter is left for a visitor to upload: one with
 * mistakes to fix, one with words to explain.
 */
export const LEFT_OVER = ['natural-thinkers', 'family-nutrition'] as const
