import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatSlideToggleModule } from '@angular/material/slide-toggle';
import { Router } from '@angular/router';
import { formTitle, load, loadPrivileges, loadRoleNames, messagesOf, pathOf, save, tabPath, words } from '../console.ts';
import { BLANK } from '../data.ts';
import type { Inputs, Tab } from '../data.ts';
import { ChipChoice } from './choice.ts';
import { PageHead } from './overview.ts';

/** Of a role or a client; the control `choice` holds the privileges of the one and the roles of the other. */
@Component({
  changeDetection: ChangeDetectionStrategy.Eager,
  imports: [ChipChoice, MatButtonModule, MatFormFieldModule, MatInputModule, MatSlideToggleModule, PageHead, ReactiveFormsModule],
  template: `
    <page-head [title]="title" [tab]="tab()" [errors]="errors" />
    <form class="form" [formGroup]="form" (ngSubmit)="submit()">
      <mat-form-field appearance="outline">
        <mat-label>{{ words.displayName }}</mat-label>
        <input matInput formControlName="displayName" autocomplete="off" />
      </mat-form-field>
      <chip-choice [label]="tab() === 'api-roles' ? words.rolePrivileges : words.rolesOfClient" [names]="names" [control]="form.controls.choice" />
      @if (tab() === 'api-clients') {
        <mat-form-field appearance="outline">
          <mat-label>{{ words.lifetime }}</mat-label>
          <input matInput type="number" min="1" formControlName="lifetime" />
          <mat-hint>{{ words.lifetimeHint }}</mat-hint>
        </mat-form-field>
        <mat-slide-toggle formControlName="enabled">{{ words.enableClient }}</mat-slide-toggle>
      }
      <div class="actions">
        <button matButton type="button" (click)="cancel()">{{ words.cancel }}</button>
        <button matButton="filled" type="submit" [disabled]="form.invalid || saving">{{ words.save }}</button>
      </div>
    </form>
  `,
})
export class FormPage {
  /** Of the route. */
  readonly tab = input.required<Tab>();
  readonly id = input<string>();
  readonly words = words;
  readonly form = new FormGroup({
    displayName: new FormControl('', { nonNullable: true, validators: [Validators.required] }),
    choice: new FormControl<string[]>([], { nonNullable: true }),
    lifetime: new FormControl(0, { nonNullable: true, validators: [Validators.required, Validators.min(1)] }),
    enabled: new FormControl(false, { nonNullable: true }),
  });
  names: readonly string[] = [];
  errors: string[] = [];
  saving = false;
  private readonly router = inject(Router);

  get title(): string {
    return formTitle(this.tab(), this.id());
  }

  async ngOnInit(): Promise<void> {
    const id = this.id();
    const tab = this.tab();
    try {
      const blank: Inputs[Tab] = BLANK[tab];
      this.show(id === undefined ? blank : await load(tab, id));
      this.names = await (tab === 'api-roles' ? loadPrivileges() : loadRoleNames());
    } catch (error) {
      this.errors = messagesOf(error);
    }
  }

  async submit(): Promise<void> {
    this.saving = true;
    const { displayName, choice, lifetime, enabled } = this.form.getRawValue();
    const role: Inputs['api-roles'] = { displayName, privileges: choice };
    const client: Inputs['api-clients'] = { displayName, authorizationScopes: choice, accessTokenLifetimeSeconds: lifetime, enabled };
    try {
      const row = this.tab() === 'api-roles' ? await save('api-roles', this.id(), role) : await save('api-clients', this.id(), client);
      await this.router.navigateByUrl(pathOf(this.tab(), row.id));
    } catch (error) {
      this.errors = messagesOf(error);
      this.saving = false;
    }
  }

  cancel(): void {
    const id = this.id();
    void this.router.navigateByUrl(id === undefined ? tabPath(this.tab()) : pathOf(this.tab(), id));
  }

  private show(object: Inputs[Tab]): void {
    const { displayName } = object;
    if ('privileges' in object) this.form.setValue({ displayName, choice: object.privileges, lifetime: 1, enabled: false });
    else this.form.setValue({ displayName, choice: object.authorizationScopes, lifetime: object.accessTokenLifetimeSeconds, enabled: object.enabled });
  }
}
