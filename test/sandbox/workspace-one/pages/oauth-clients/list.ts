import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { MatPaginatorModule } from '@angular/material/paginator';
import { MatRadioModule } from '@angular/material/radio';
import { MatTableModule } from '@angular/material/table';
import { RouterLink } from '@angular/router';
import { loadClients, words } from './calls.ts';
import type { ClientRow } from './data.ts';
import { RegisterClient } from './register.ts';

/** OAuth Client Management, as on Omnissa's screenshot 76200-1119-175655-9.png (euc-dev/ws1-uem-apis). */
@Component({
  changeDetection: ChangeDetectionStrategy.Eager,
  imports: [MatButtonModule, MatPaginatorModule, MatRadioModule, MatTableModule, RouterLink],
  template: `
    <nav class="crumbs"><a routerLink="/configurations">{{ words.groupsAndSettings }}</a> ❯</nav>
    <h1>{{ words.oauthTitle }}</h1>
    <p>{{ words.oauthAbout }}</p>
    <button matButton="filled" class="add" (click)="register()">{{ words.add }}</button>
    <mat-radio-group>
      <table mat-table [dataSource]="rows">
        <ng-container matColumnDef="choice">
          <th mat-header-cell *matHeaderCellDef></th>
          <td mat-cell *matCellDef="let row"><mat-radio-button [value]="row.id" /></td>
        </ng-container>
        @for (column of columns; track column.key) {
          <ng-container [matColumnDef]="column.key">
            <th mat-header-cell *matHeaderCellDef>{{ column.title }}</th>
            <td mat-cell *matCellDef="let row">
              @if (column.key === 'name') {
                <a routerLink=".">{{ row.name }}</a>
              } @else {
                {{ cellOf(row, column.key) }}
              }
            </td>
          </ng-container>
        }
        <tr mat-header-row *matHeaderRowDef="keys"></tr>
        <tr mat-row *matRowDef="let row; columns: keys"></tr>
        <tr *matNoDataRow><td class="empty" [attr.colspan]="keys.length">{{ words.nothing }}</td></tr>
      </table>
    </mat-radio-group>
    <mat-paginator [length]="rows.length" [pageSize]="10" [pageSizeOptions]="[10, 20, 50]" />
  `,
})
export class ClientList {
  readonly words = words;
  readonly columns = [
    { key: 'name', title: words.name },
    { key: 'description', title: words.description },
    { key: 'enabled', title: words.status },
    { key: 'organizationGroup', title: words.organizationGroup },
    { key: 'role', title: words.role },
  ] as const;
  readonly keys = ['choice', ...this.columns.map(({ key }) => key)];
  rows: ClientRow[] = [];
  private readonly dialog = inject(MatDialog);

  ngOnInit(): Promise<void> {
    return this.refresh();
  }

  cellOf(row: ClientRow, key: (typeof this.columns)[number]['key']): string {
    return key === 'enabled' ? (row.enabled ? words.enabled : words.disabled) : row[key];
  }

  register(): void {
    this.dialog.open(RegisterClient, { width: '1100px', maxWidth: '92vw', disableClose: true, ariaLabel: words.registerClient }).afterClosed().subscribe(() => void this.refresh());
  }

  private async refresh(): Promise<void> {
    this.rows = await loadClients();
  }
}
