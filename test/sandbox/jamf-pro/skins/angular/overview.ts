import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MatCardModule } from '@angular/material/card';
import { Title } from '@angular/platform-browser';
import { RouterLink } from '@angular/router';
import { ROLES_AND_CLIENTS_PATH, SETTINGS_PATH } from '../../pages/paths.ts';
import { dashboardCards, SETTINGS_SECTIONS, words } from '../console.ts';
import type { Tab } from '../data.ts';
import { ConsoleState } from './state.ts';

/** Where the page came from, and its title. */
@Component({
  selector: 'page-head',
  changeDetection: ChangeDetectionStrategy.Eager,
  imports: [RouterLink],
  template: `
    @if (trail()) {
      <p class="trail">
        <a [routerLink]="settingsPath">{{ words.settings }}</a> /
        @if (tab(); as tab) {
          <a [routerLink]="listPath" [queryParams]="{ tab }">{{ words.apiRolesAndClients }}</a> /
        }
      </p>
    }
    <h1>{{ title() }}</h1>
    @for (message of errors(); track message) {
      <p role="alert" class="error">{{ message }}</p>
    }
  `,
})
export class PageHead {
  readonly title = input.required<string>();
  readonly trail = input(true);
  readonly tab = input<Tab>();
  readonly errors = input<readonly string[]>([]);
  readonly words = words;
  readonly settingsPath = SETTINGS_PATH;
  readonly listPath = ROLES_AND_CLIENTS_PATH;
  private readonly documentTitle = inject(Title);

  ngOnChanges(): void {
    this.documentTitle.setTitle(`${this.title()} - ${words.product}`);
  }
}

@Component({
  changeDetection: ChangeDetectionStrategy.Eager,
  imports: [MatCardModule, PageHead],
  template: `
    <page-head [title]="words.dashboard" [trail]="false" />
    <div class="cards">
      @for (card of cards; track card.title) {
        <a [href]="card.href"><mat-card appearance="outlined"><mat-card-header><mat-card-title>{{ card.count }}</mat-card-title></mat-card-header><mat-card-content>{{ card.title }}</mat-card-content></mat-card></a>
      }
    </div>
  `,
})
export class DashboardPage {
  readonly words = words;
  private readonly state = inject(ConsoleState);
  readonly cards = this.state.frame === undefined ? [] : dashboardCards(this.state.frame);
}

@Component({
  changeDetection: ChangeDetectionStrategy.Eager,
  imports: [MatCardModule, PageHead, RouterLink],
  template: `
    <page-head [title]="words.settings" [trail]="false" />
    @for (section of sections; track section.title) {
      <h2>{{ section.title }}</h2>
      <div class="cards">
        @for (card of section.cards; track card.href) {
          @if (card.document) {
            <a [href]="card.href"><mat-card appearance="outlined"><mat-card-header><mat-card-title>{{ card.title }}</mat-card-title></mat-card-header></mat-card></a>
          } @else {
            <a [routerLink]="card.href">
              <mat-card appearance="outlined"><mat-card-header><mat-card-title>{{ card.title }}</mat-card-title></mat-card-header><mat-card-content>{{ card.about }}</mat-card-content></mat-card>
            </a>
          }
        }
      </div>
    }
  `,
})
export class SettingsPage {
  readonly words = words;
  readonly sections = SETTINGS_SECTIONS;
}

@Component({ changeDetection: ChangeDetectionStrategy.Eager, imports: [PageHead], template: `<page-head [title]="words.notFound" />` })
export class NotFoundPage {
  readonly words = words;
}
