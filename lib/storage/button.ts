import * as z from 'zod/mini';
import { defineItem } from './item.ts';

export const buttonPlaces = ['popup', 'panel'] as const;
export type ButtonPlace = (typeof buttonPlaces)[number];

/** What the toolbar button opens. */
export const buttonOpens = defineItem<ButtonPlace>({ area: 'local', key: 'button', schema: z.enum(buttonPlaces), version: 1, fallback: 'popup' });
