import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatListModule } from '@angular/material/list';
import { MatSidenavModule } from '@angular/material/sidenav';
import { MatToolbarModule } from '@angular/material/toolbar';
import { NavigationEnd, Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { loadFrame, NAVIGATION, refreshFrame, words } from '../console.ts';
import { ConsoleState } from './state.ts';

@Component({
  selector: 'console-app',
  changeDetection: ChangeDetectionStrategy.Eager,
  imports: [MatButtonModule, MatListModule, MatSidenavModule, MatToolbarModule, RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    @if (state.frame; as frame) {
      <mat-toolbar class="top">
        <a class="brand" routerLink="/view/dashboard">{{ words.product }} · {{ frame.organization }}</a>
        <form method="post" action="/logout" ngNoForm>
          <span>{{ words.accountMenu }} <b>{{ frame.username }}</b></span> <button matButton type="submit">{{ words.logOut }}</button>
        </form>
      </mat-toolbar>
      <mat-sidenav-container>
        <mat-sidenav mode="side" opened class="side">
          <mat-nav-list [attr.aria-label]="words.mainNavigation">
            @for (entry of navigation; track entry.href) {
              @if (entry.document) {
                <a mat-list-item [href]="entry.href">{{ entry.title }}</a>
              } @else {
                <a mat-list-item [routerLink]="entry.href" routerLinkActive #link="routerLinkActive" [activated]="link.isActive">{{ entry.title }}</a>
              }
            }
          </mat-nav-list>
          <p class="version">{{ frame.version }}</p>
        </mat-sidenav>
        <mat-sidenav-content role="main" class="content"><router-outlet /></mat-sidenav-content>
      </mat-sidenav-container>
    }
  `,
})
export class ConsoleApp {
  readonly words = words;
  readonly navigation = NAVIGATION;
  readonly state = inject(ConsoleState);

  constructor() {
    void loadFrame().then((frame) => (this.state.frame = frame));
    inject(Router).events.subscribe((event) => {
      if (event instanceof NavigationEnd) void this.refresh();
    });
  }

  private async refresh(): Promise<void> {
    const frame = await refreshFrame(this.state.frame ?? (await loadFrame()));
    this.state.frame = frame;
  }
}
