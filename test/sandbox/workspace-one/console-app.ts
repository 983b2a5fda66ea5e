import { Hono } from 'hono';
import type { Environment } from './environment.ts';
import type { PageEnv } from './page-env.ts';

export function createAppPages(_environment: Environment): Hono<PageEnv> {
  return new Hono<PageEnv>();
}
