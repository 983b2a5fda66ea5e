import { ChangeDetectionStrategy, Component } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatAutocompleteModule } from '@angular/material/autocomplete';
import type { MatAutocompleteSelectedEvent } from '@angular/material/autocomplete';
import { MatButtonModule } from '@angular/material/button';
import { MatDialogModule } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatSelectModule } from '@angular/material/select';
import { MatSlideToggleModule } from '@angular/material/slide-toggle';
import { addClient, loadGroups, loadRoles, words } from './calls.ts';
import type { Choice, MadeClient } from './data.ts';

/** Register a New Client: the form, then id and secret this one time (screenshots 76200-1119-175655-10.png and -11.png of euc-dev/ws1-uem-apis). */
@Component({
  changeDetection: ChangeDetectionStrategy.Eager,
  imports: [MatAutocompleteModule, MatButtonModule, MatDialogModule, MatFormFieldModule, MatInputModule, MatSelectModule, MatSlideToggleModule, ReactiveFormsModule],
  template: `
    <h2 mat-dialog-title>{{ words.registerClient }}<button class="close" mat-dialog-close [attr.aria-label]="words.close">×</button></h2>
    @if (made; as made) {
      <mat-dialog-content>
        <div class="facts">
          <span>{{ words.name }}</span><b>{{ made.row.name }}</b> <span>{{ words.organizationGroup }}</span><b>{{ made.row.organizationGroup }}</b>
          <span>{{ words.description }}</span><b>{{ made.row.description }}</b> <span>{{ words.role }}</span><b>{{ made.row.role }}</b>
          <i></i><i></i> <span>{{ words.status }}</span><b>{{ made.row.enabled ? words.enabled : words.disabled }}</b>
        </div>
        <div class="secret-box">
          <p><b>{{ words.secretFor }} {{ made.row.name }}.</b></p>
          <div class="pair"><span>{{ words.clientId }}:</span><span class="client-id">{{ made.clientId }}</span></div>
          <div class="pair">
            <span>{{ words.clientSecret }}:</span><span class="client-secret">{{ isShown ? made.clientSecret : '*'.repeat(made.clientSecret.length) }}</span>
            <button class="icon" [title]="words.showSecret" (click)="isShown = !isShown"><svg viewBox="0 0 16 16"><path d="M1 8q7-9 14 0-7 9-14 0z" /><circle cx="8" cy="8" r="2" /></svg></button>
            <button class="icon" [title]="words.copySecret" (click)="copy()"><svg viewBox="0 0 16 16"><path d="M3 3h7v10H3zM6 3V1h7v9h-3" /></svg></button>
          </div>
          <p>{{ words.secretUse }}</p>
          <p>{{ words.secretOnce }}</p>
        </div>
      </mat-dialog-content>
      <mat-dialog-actions align="end"><button matButton="filled" mat-dialog-close>{{ words.close }}</button></mat-dialog-actions>
    } @else {
      <form [formGroup]="form" (ngSubmit)="submit()">
        <mat-dialog-content>
          @if (error !== '') {
            <p role="alert" class="error">{{ error }}</p>
          }
          <div class="line">
            <label for="client-name" class="required">{{ words.name }}</label>
            <mat-form-field><input matInput id="client-name" formControlName="name" autocomplete="off" /></mat-form-field>
          </div>
          <div class="line">
            <label for="client-description" class="required">{{ words.description }}</label>
            <mat-form-field appearance="outline"><textarea matInput id="client-description" formControlName="description"></textarea></mat-form-field>
          </div>
          <div class="line">
            <label for="client-group" class="required">{{ words.organizationGroup }}</label>
            <mat-form-field class="wide">
              <input matInput id="client-group" formControlName="group" [matAutocomplete]="groupList" autocomplete="off" />
              <mat-autocomplete #groupList="matAutocomplete" (optionSelected)="chooseGroup($event)">
                @for (group of matches; track group.id) {
                  <mat-option [value]="group.title">{{ group.title }}</mat-option>
                }
              </mat-autocomplete>
            </mat-form-field>
          </div>
          <div class="line">
            <span id="client-role-label" class="required">{{ words.role }}</span>
            <mat-form-field>
              <mat-select aria-labelledby="client-role-label" formControlName="role">
                @for (role of roles; track role.id) {
                  <mat-option [value]="role.id">{{ role.title }}</mat-option>
                }
              </mat-select>
              <mat-hint>{{ words.roleHint }}</mat-hint>
            </mat-form-field>
          </div>
          <div class="line">
            <span>{{ words.status }}</span>
            <div>
              <mat-slide-toggle formControlName="enabled">{{ form.controls.enabled.value ? words.enabled : words.disabled }}</mat-slide-toggle>
              <p class="hint">{{ words.statusHint }}</p>
            </div>
          </div>
        </mat-dialog-content>
        <mat-dialog-actions align="end">
          <button matButton="outlined" type="button" mat-dialog-close>{{ words.cancel }}</button>
          <button matButton="filled" type="submit" [disabled]="form.invalid || isSaving">{{ words.save }}</button>
        </mat-dialog-actions>
      </form>
    }
  `,
})
export class RegisterClient {
  readonly words = words;
  readonly form = new FormGroup({
    name: new FormControl('', { nonNullable: true, validators: [Validators.required] }),
    description: new FormControl('', { nonNullable: true, validators: [Validators.required] }),
    group: new FormControl('', { nonNullable: true, validators: [Validators.required] }),
    role: new FormControl<number | undefined>({ value: undefined, disabled: true }, { nonNullable: true, validators: [Validators.required] }),
    enabled: new FormControl(true, { nonNullable: true }),
  });
  roles: Choice[] = [];
  made: MadeClient | undefined;
  error = '';
  isSaving = false;
  isShown = false;
  private groups: Choice[] = [];

  async ngOnInit(): Promise<void> {
    this.groups = await loadGroups();
  }

  get matches(): Choice[] {
    const text = this.form.controls.group.value.trim().toLowerCase();
    return this.groups.filter(({ title }) => title.toLowerCase().includes(text));
  }

  async chooseGroup({ option }: MatAutocompleteSelectedEvent): Promise<void> {
    const group = this.groups.find(({ title }) => title === option.value);
    if (group === undefined) return;
    this.roles = await loadRoles(group.id);
    this.form.controls.role.enable();
  }

  async submit(): Promise<void> {
    const { name, description, group, role, enabled } = this.form.getRawValue();
    const organizationGroupId = this.groups.find(({ title }) => title === group)?.id ?? 0;
    this.isSaving = true;
    try {
      this.made = await addClient({ name, description, organizationGroupId, roleId: role ?? 0, enabled });
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
      this.isSaving = false;
    }
  }

  copy(): void {
    void navigator.clipboard.writeText(this.made?.clientSecret ?? '');
  }
}
