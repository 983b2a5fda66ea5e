import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { Clipboard } from '@angular/cdk/clipboard';
import { MatButtonModule } from '@angular/material/button';
import { MatChipsModule } from '@angular/material/chips';
import { MAT_DIALOG_DATA, MatDialog, MatDialogModule } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Router } from '@angular/router';
import { load, messagesOf, mintSecret, pathOf, remove, tabPath, words } from '../console.ts';
import type { Rows, Secret, Tab } from '../data.ts';
import { PageHead } from './overview.ts';
import { ConsoleState } from './state.ts';

interface Question {
  title: string;
  text: string;
  confirm: string;
}

/** Closes with true where the answer is yes. */
@Component({
  changeDetection: ChangeDetectionStrategy.Eager,
  imports: [MatButtonModule, MatDialogModule],
  template: `
    <h2 mat-dialog-title>{{ question.title }}</h2>
    <mat-dialog-content>{{ question.text }}</mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton mat-dialog-close>{{ words.cancel }}</button>
      <button matButton="filled" [mat-dialog-close]="true">{{ question.confirm }}</button>
    </mat-dialog-actions>
  `,
})
class QuestionDialog {
  readonly words = words;
  readonly question = inject<Question>(MAT_DIALOG_DATA);
}

@Component({
  changeDetection: ChangeDetectionStrategy.Eager,
  imports: [MatButtonModule, MatDialogModule, MatFormFieldModule, MatInputModule],
  template: `
    <h2 mat-dialog-title>{{ words.secretTitle }}</h2>
    <mat-dialog-content>
      <p>{{ words.secretOnce }}</p>
      @for (field of fields; track field.label) {
        <div class="copyable">
          <mat-form-field appearance="outline">
            <mat-label>{{ field.label }}</mat-label>
            <input matInput readonly [value]="field.value" />
          </mat-form-field>
          <button matButton [attr.aria-label]="words.copyOf(field.label)" (click)="clipboard.copy(field.value)">{{ words.copy }}</button>
        </div>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end"><button matButton="filled" mat-dialog-close>{{ words.close }}</button></mat-dialog-actions>
  `,
})
class SecretDialog {
  readonly words = words;
  readonly clipboard = inject(Clipboard);
  private readonly secret = inject<Secret>(MAT_DIALOG_DATA);
  readonly fields = [
    { label: words.clientId, value: this.secret.clientId },
    { label: words.clientSecret, value: this.secret.clientSecret },
  ];
}

@Component({
  changeDetection: ChangeDetectionStrategy.Eager,
  imports: [MatButtonModule, MatChipsModule, PageHead],
  template: `
    <page-head [title]="row?.displayName ?? words.apiRolesAndClients" [tab]="tab()" [errors]="errors" />
    @if (row) {
      <dl>
        <dt>{{ words.displayName }}</dt>
        <dd>{{ row.displayName }}</dd>
        <dt>{{ tab() === 'api-roles' ? words.rolePrivileges : words.rolesOfClient }}</dt>
        <dd>
          <mat-chip-set>
            @for (name of names; track name) {
              <mat-chip>{{ name }}</mat-chip>
            }
          </mat-chip-set>
        </dd>
        @for (fact of facts; track fact.label) {
          <dt>{{ fact.label }}</dt>
          <dd>{{ fact.value }}</dd>
        }
      </dl>
      <div class="actions">
        @if (may?.delete) {
          <button matButton="outlined" (click)="askToDelete()">{{ words.delete }}</button>
        }
        @if (tab() === 'api-clients' && may?.create) {
          <button matButton="outlined" (click)="askForSecret()">{{ words.generateSecret }}</button>
        }
        @if (may?.update) {
          <button matButton="filled" (click)="edit()">{{ words.edit }}</button>
        }
      </div>
    }
  `,
})
export class ShowPage {
  /** Of the route. */
  readonly tab = input.required<Tab>();
  readonly id = input.required<string>();
  readonly words = words;
  row: Rows[Tab] | undefined;
  errors: string[] = [];
  private readonly dialog = inject(MatDialog);
  private readonly router = inject(Router);
  private readonly state = inject(ConsoleState);

  ngOnInit(): void {
    void this.attempt(async () => {
      this.row = await load(this.tab(), this.id());
    });
  }

  get may() {
    return this.state.frame?.may[this.tab()];
  }

  get names(): string[] {
    if (this.row === undefined) return [];
    return 'privileges' in this.row ? this.row.privileges : this.row.authorizationScopes;
  }

  get facts(): { label: string; value: string | number }[] {
    const { row } = this;
    if (row === undefined || 'privileges' in row) return [];
    return [
      { label: words.lifetime, value: row.accessTokenLifetimeSeconds },
      { label: words.status, value: row.enabled ? words.enabled : words.disabled },
      { label: words.clientId, value: row.clientId },
    ];
  }

  askToDelete(): void {
    const question = { title: words.confirmDeleteTitle(this.row?.displayName ?? ''), text: words.confirmDelete, confirm: words.delete };
    this.ask(question, async () => {
      await remove(this.tab(), this.id());
      await this.router.navigateByUrl(tabPath(this.tab()));
    });
  }

  askForSecret(): void {
    this.ask({ title: words.confirmSecretTitle, text: words.confirmSecret, confirm: words.createSecret }, async () => {
      this.dialog.open(SecretDialog, { data: await mintSecret(this.id()), disableClose: true, width: '640px' });
    });
  }

  edit(): void {
    void this.router.navigateByUrl(pathOf(this.tab(), this.id(), '/edit'));
  }

  private ask(question: Question, work: () => Promise<void>): void {
    this.dialog
      .open<QuestionDialog, Question, boolean>(QuestionDialog, { data: question })
      .afterClosed()
      .subscribe((yes) => {
        if (yes === true) void this.attempt(work);
      });
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.errors = messagesOf(error);
    }
  }
}
