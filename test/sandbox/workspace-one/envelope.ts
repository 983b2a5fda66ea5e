/** The one JSON body that the console answers every AJAX POST with. Recorded by rsjorslev/aw-acc-status, README. */
export interface Envelope {
  RedirectUrl: string | null;
  IsSuccess: boolean;
  Message: string | null;
  CustomMessage: string | null;
  Errors: Record<string, string[]>;
  Messages: Record<string, string>;
  HasView: boolean;
  ViewHtml: string | null;
  ViewUrl: string | null;
  IsValidationException: boolean;
  IsValidationWarning: boolean;
  ReloadPage: boolean;
  IsSessionExpired: boolean;
  Script: string | null;
  NextWizardUrl: string | null;
  PreviousWizardUrl: string | null;
  ShowDialog: boolean;
}

export const envelope = (part: Partial<Envelope>): Envelope => ({
  RedirectUrl: null,
  IsSuccess: true,
  Message: null,
  CustomMessage: null,
  Errors: {},
  Messages: {},
  HasView: false,
  ViewHtml: null,
  ViewUrl: null,
  IsValidationException: false,
  IsValidationWarning: false,
  ReloadPage: false,
  IsSessionExpired: false,
  Script: null,
  NextWizardUrl: null,
  PreviousWizardUrl: null,
  ShowDialog: false,
  ...part,
});

export const failed = (message: string, errors: Record<string, string[]> = {}): Envelope =>
  envelope({ IsSuccess: false, Message: message, Errors: errors, IsValidationException: Object.keys(errors).length > 0 });
