/** The console built with Angular and Angular Material: zone change detection, reactive forms, layers at the end of the document. */
import 'zone.js';
import { provideZoneChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import { ROLES_AND_CLIENTS_PATH, SETTINGS_PATH } from '../../pages/paths.ts';
import { DASHBOARD_PATH } from '../console.ts';
import type { Tab } from '../data.ts';
import { ConsoleApp } from './app.ts';
import { DashboardPage, NotFoundPage, SettingsPage } from './overview.ts';
import { FormPage } from './form.ts';
import { ListPage } from './list.ts';
import { ShowPage } from './show.ts';
import './main.css';

const at = (path: string): string => path.slice(1);
const tabs: readonly Tab[] = ['api-roles', 'api-clients'];

void bootstrapApplication(ConsoleApp, {
  providers: [
    provideZoneChangeDetection(),
    provideRouter(
      [
        { path: at(DASHBOARD_PATH), component: DashboardPage },
        { path: at(SETTINGS_PATH), component: SettingsPage },
        { path: at(ROLES_AND_CLIENTS_PATH), component: ListPage },
        ...tabs.flatMap((tab) => {
          const data = { tab };
          const path = `${at(ROLES_AND_CLIENTS_PATH)}/${tab}`;
          return [
            { path, pathMatch: 'full' as const, redirectTo: () => `${ROLES_AND_CLIENTS_PATH}?tab=${tab}` },
            { path: `${path}/new`, component: FormPage, data },
            { path: `${path}/:id`, component: ShowPage, data },
            { path: `${path}/:id/edit`, component: FormPage, data },
          ];
        }),
        { path: '**', component: NotFoundPage },
      ],
      withComponentInputBinding(),
    ),
  ],
});
