import path from 'node:path';
import { Bundle } from '../bundling/bundle.ts';

/** Script and style of the web application; whoever tests it lets it be built before. */
export const APP_BUNDLE = new Bundle({ name: 'admina', entry: path.join(import.meta.dirname, 'app/main.tsx'), sources: [] });

/** Paths on the application's host. */
export const APP_FILES = { script: '/static/app/main.js', style: '/static/app/main.css' } as const;
