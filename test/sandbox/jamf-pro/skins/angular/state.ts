import { Injectable } from '@angular/core';
import type { FrameData } from '../data.ts';

/** What all pages share. */
@Injectable({ providedIn: 'root' })
export class ConsoleState {
  frame: FrameData | undefined;
}
