import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatTableModule } from '@angular/material/table';
import { MatTabsModule } from '@angular/material/tabs';
import { Router, RouterLink } from '@angular/router';
import { cellsOf, columnsOf, loadAll, messagesOf, pathOf, tabPath, TABS, words } from '../console.ts';
import type { Rows, Tab } from '../data.ts';
import { PageHead } from './overview.ts';
import { ConsoleState } from './state.ts';

/** One tab's list; made when its tab is opened. */
@Component({
  selector: 'object-list',
  changeDetection: ChangeDetectionStrategy.Eager,
  imports: [MatButtonModule, MatTableModule, RouterLink],
  template: `
    @if (may.create) {
      <button matButton="filled" class="above" (click)="openNew()">{{ words.new }}</button>
    }
    @for (message of errors; track message) {
      <p role="alert" class="error">{{ message }}</p>
    }
    <table mat-table [dataSource]="rows">
      @for (title of columns; track title; let index = $index) {
        <ng-container [matColumnDef]="title">
          <th mat-header-cell *matHeaderCellDef>{{ title }}</th>
          <td mat-cell *matCellDef="let row">
            @if (index === 0) {
              <a [routerLink]="pathOf(tab(), row.id)">{{ row.displayName }}</a>
            } @else {
              {{ cellsOf(row)[index - 1] }}
            }
          </td>
        </ng-container>
      }
      <tr mat-header-row *matHeaderRowDef="columns"></tr>
      <tr mat-row *matRowDef="let row; columns: columns"></tr>
      <tr *matNoDataRow><td [attr.colspan]="columns.length" class="empty">{{ words.nothingYet }}</td></tr>
    </table>
  `,
})
export class ObjectList {
  readonly tab = input.required<Tab>();
  readonly words = words;
  readonly pathOf = pathOf;
  readonly cellsOf = cellsOf;
  rows: Rows[Tab][] = [];
  columns: string[] = [];
  errors: string[] = [];
  may = { create: false };
  private readonly router = inject(Router);
  private readonly state = inject(ConsoleState);

  async ngOnInit(): Promise<void> {
    this.columns = columnsOf(this.tab());
    this.may = this.state.frame?.may[this.tab()] ?? this.may;
    try {
      this.rows = await loadAll(this.tab());
    } catch (error) {
      this.errors = messagesOf(error);
    }
  }

  openNew(): void {
    void this.router.navigateByUrl(pathOf(this.tab(), 'new'));
  }
}

@Component({
  changeDetection: ChangeDetectionStrategy.Eager,
  imports: [MatTabsModule, ObjectList, PageHead],
  template: `
    <page-head [title]="words.apiRolesAndClients" />
    <mat-tab-group [selectedIndex]="tab() === 'api-clients' ? 1 : 0" (selectedIndexChange)="open($event)" animationDuration="150ms">
      @for (one of tabs; track one.tab) {
        <mat-tab [label]="one.title"><ng-template matTabContent><object-list [tab]="one.tab" /></ng-template></mat-tab>
      }
    </mat-tab-group>
  `,
})
export class ListPage {
  /** Of the address. */
  readonly tab = input<string>();
  readonly words = words;
  readonly tabs = TABS;
  private readonly router = inject(Router);

  open(index: number): void {
    const chosen = TABS[index];
    if (chosen !== undefined && chosen.tab !== (this.tab() ?? 'api-roles')) void this.router.navigateByUrl(tabPath(chosen.tab));
  }
}
