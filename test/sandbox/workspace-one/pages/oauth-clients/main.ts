/**
 * The newer pages of the console, built with Angular Material. The real ones are Angular with Clarity, which is not among the project's packages; what
 * is the same is how such pages work: zones, reactive forms, a list of options and a dialog at the end of the document.
 */
import 'zone.js';
import { ChangeDetectionStrategy, Component, provideZoneChangeDetection } from '@angular/core';
import { MatPaginatorIntl } from '@angular/material/paginator';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter, RouterLink, RouterOutlet, withHashLocation } from '@angular/router';
import { words } from './calls.ts';
import { ClientList } from './list.ts';
import './main.css';

@Component({ selector: 'aa-root', changeDetection: ChangeDetectionStrategy.Eager, imports: [RouterOutlet], template: `<router-outlet />` })
class App {}

/** unverified: this page, and where it lies. */
@Component({
  changeDetection: ChangeDetectionStrategy.Eager,
  imports: [RouterLink],
  template: `
    <h1>{{ words.configurations }}</h1>
    <ul class="configurations">
      <li><a routerLink="/configurations/oauth-clients">{{ words.oauthTitle }}</a></li>
    </ul>
  `,
})
class Configurations {
  readonly words = words;
}

void bootstrapApplication(App, {
  providers: [
    provideZoneChangeDetection(),
    { provide: MatPaginatorIntl, useFactory: () => Object.assign(new MatPaginatorIntl(), { itemsPerPageLabel: words.pageSize }) },
    provideRouter(
      [
        { path: 'configurations', pathMatch: 'full', component: Configurations },
        { path: 'configurations/oauth-clients', component: ClientList },
        { path: '**', redirectTo: '/configurations' },
      ],
      withHashLocation(),
    ),
  ],
});
