/** The rings to choose from; how they sound: src/sound/patterns.ts. */
export const RING_TONES = ['chime', 'classic', 'marimba', 'soft'] as const;
export type RingTone = (typeof RING_TONES)[number];
