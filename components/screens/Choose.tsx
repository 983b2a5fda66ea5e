import { useId, useState, type JSX } from 'react';
import { answersOf, Asks } from '../parts/Asks.tsx';
import { Button } from '../parts/Button.tsx';
import { DataChoice, type Group } from '../parts/DataChoice.tsx';
import { Field } from '../parts/Field.tsx';
import { Fold } from '../parts/Fold.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Screen } from '../parts/Screen.tsx';
import { Select } from '../parts/Select.tsx';
import { useMessages } from '../text/context.tsx';
import { isOwnHost } from '../../lib/consoles/console.ts';
import type { DataSetId } from '../../lib/recipes/recipe.ts';
import type { ScreenOf } from './screen-props.ts';

interface Choice {
  dataSets: DataSetId[];
  group: Group;
  name: string;
  answers: Record<string, string>;
  region?: string | undefined;
}

/** What to connect: one look, one button. */
export function Choose({ view, notice, working, isBlocked, onIntent }: ScreenOf<'choose'>): JSX.Element {
  const text = useMessages();
  const id = useId();
  // From the first change on what is shown is what was chosen here: the way through storage must not undo a keystroke.
  const [changed, setChanged] = useState<Choice>();
  const choice: Choice = changed ?? {
    dataSets: view.dataSets.filter((set) => set.checked).map((set) => set.id),
    group: view.group,
    name: view.name,
    answers: answersOf(view.asks),
    region: view.regions?.chosen,
  };
  const objects = text.objects[view.tenant.console];
  const change = (part: Partial<Choice>): void => {
    const next = { ...choice, ...part };
    setChanged(next);
    onIntent({ type: 'choose', ...next, name: next.name.trim() || view.name });
  };
  return (
    <Screen
      title={text.choose.title(text.consoles[view.tenant.console])}
      notice={notice}
      actions={
        <Button look="primary" form={`${id}-form`} isBusy={working === 'connect'} isBlocked={isBlocked}>
          {text.choose.connect}
        </Button>
      }
    >
      <div className="card ends">
        <div className="end">
          <Icon name="console" />
          <div className="end-main">
            <p className="end-name">{text.consoles[view.tenant.console]}</p>
            {view.tenant.console === 'jamf-pro' ? (
              <div className="key-line">
                <label htmlFor={`${id}-key`}>{isOwnHost(view.tenant) ? text.common.address : text.common.workspaceKey}</label>
                <input id={`${id}-key`} value={view.tenant.key} readOnly />
              </div>
            ) : (
              <p className="end-detail">{new URL(view.tenant.base).host}</p>
            )}
          </div>
        </div>
        <div className="end">
          <Icon name="service" />
          <div className="end-main">
            <p className="end-name">{view.service.organization}</p>
            <p className="end-detail">{new URL(view.service.address).host}</p>
          </div>
          <Button look="text" isBlocked={isBlocked} onClick={() => onIntent({ type: 'show', place: { at: 'services' } })}>
            {text.common.change}
          </Button>
        </div>
      </div>
      <form
        id={`${id}-form`}
        className="form"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          onIntent({ type: 'connect' });
        }}
      >
        <Asks asks={view.asks} answers={choice.answers} onChange={(answers) => change({ answers })} />
        {view.regions && (
          <Select label={text.choose.region} hint={text.choose.regionHint} value={choice.region ?? ''} required onValue={(region) => change({ region })}>
            <option value="">{text.choose.regionMissing}</option>
            {view.regions.options.map((region) => (
              <option key={region} value={region}>
                {text.choose.regions[region] ?? region}
              </option>
            ))}
          </Select>
        )}
        <DataChoice
          sets={view.dataSets}
          chosen={choice.dataSets}
          group={choice.group}
          groups={view.groups}
          onChange={(dataSets, group) => change({ dataSets, group })}
          onIntent={onIntent}
        />
        <Fold title={text.choose.creates}>
          <div className="fold-body">
            <Field
              label={text.choose.name(text.consoles[view.tenant.console])}
              hint={text.choose.nameHint(objects.role, objects.client)}
              value={choice.name}
              maxLength={100}
              autoComplete="off"
              onValue={(name) => change({ name })}
              onBlur={() => {
                if (choice.name.trim() === '') setChanged({ ...choice, name: view.name });
              }}
            />
            <p>
              <strong>{objects.role}</strong> {view.builtInRole === undefined ? text.choose.privileges(view.privileges.length) : text.choose.builtIn(view.builtInRole)}
            </p>
            {view.builtInRole === undefined && (
              <ul className="privileges">
                {view.privileges.map((privilege) => (
                  <li key={privilege}>{privilege}</li>
                ))}
              </ul>
            )}
            <p>
              <strong>{objects.client}</strong> {text.choose.clientHint}
            </p>
          </div>
        </Fold>
      </form>
    </Screen>
  );
}
