import { ChangeDetectionStrategy, Component, input, viewChild } from '@angular/core';
import type { ElementRef } from '@angular/core';
import { FormControl, ReactiveFormsModule } from '@angular/forms';
import { MatAutocompleteModule } from '@angular/material/autocomplete';
import type { MatAutocompleteSelectedEvent } from '@angular/material/autocomplete';
import { MatChipsModule } from '@angular/material/chips';
import { MatFormFieldModule } from '@angular/material/form-field';
import { words } from '../console.ts';

/** Type-ahead for several: Angular Material's chips with autocomplete. */
@Component({
  selector: 'chip-choice',
  changeDetection: ChangeDetectionStrategy.Eager,
  imports: [MatAutocompleteModule, MatChipsModule, MatFormFieldModule, ReactiveFormsModule],
  template: `
    <mat-form-field appearance="outline">
      <mat-label>{{ label() }}</mat-label>
      <mat-chip-grid #grid [formControl]="control()">
        @for (name of control().value; track name) {
          <mat-chip-row (removed)="remove(name)">{{ name }}<button matChipRemove [attr.aria-label]="words.remove(name)">×</button></mat-chip-row>
        }
      </mat-chip-grid>
      <input #field [placeholder]="words.typeToSearch" [formControl]="search" [matChipInputFor]="grid" [matAutocomplete]="auto" />
      <mat-autocomplete #auto="matAutocomplete" (optionSelected)="add($event)">
        @for (name of matches; track name) {
          <mat-option [value]="name">{{ name }}</mat-option>
        }
      </mat-autocomplete>
    </mat-form-field>
  `,
})
export class ChipChoice {
  readonly label = input.required<string>();
  readonly names = input.required<readonly string[]>();
  readonly control = input.required<FormControl<string[]>>();
  readonly words = words;
  readonly search = new FormControl('', { nonNullable: true });
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  get matches(): string[] {
    const text = this.search.value.trim().toLowerCase();
    return this.names().filter((name) => !this.control().value.includes(name) && name.toLowerCase().includes(text));
  }

  add({ option }: MatAutocompleteSelectedEvent): void {
    this.control().setValue([...this.control().value, option.value as string]);
    this.field().nativeElement.value = '';
    this.search.setValue('');
  }

  remove(name: string): void {
    this.control().setValue(this.control().value.filter((one) => one !== name));
  }
}
