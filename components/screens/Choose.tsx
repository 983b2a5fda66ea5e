import { useId, useState, type JSX } from 'react';
import { Button } from '../parts/Button.tsx';
import { DataChoice, type Group } from '../parts/DataChoice.tsx';
import { Field } from '../parts/Field.tsx';
import { Fold } from '../parts/Fold.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Screen } from '../parts/Screen.tsx';
import { useMessages } from '../text/context.tsx';
import { isOwnHost } from '../../lib/consoles/console.ts';
import type { DataSetId } from '../../lib/recipes/recipe.ts';
import type { ScreenOf } from './screen-props.ts';

interface Choice {
  dataSets: DataSetId[];
  group: Group;
  name: string;
}

/** What to connect: one look, one button. */
export function Choose({ view, notice, working, isBlocked, onIntent }: ScreenOf<'choose'>): JSX.Element {
  const text = useMessages();
  const id = useId();
  // From the first change on what is shown is what was chosen here: the way through storage must not undo a keystroke.
  const [changed, setChanged] = useState<Choice>();
  const choice = changed ?? { dataSets: view.dataSets.filter((set) => set.checked).map((set) => set.id), group: view.group, name: view.name };
  const change = (part: Partial<Choice>): void => {
    const next = { ...choice, ...part };
    setChanged(next);
    const name = next.name.trim();
    if (name !== '') onIntent({ type: 'choose', ...next, name });
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
            <div className="key-line">
              <label htmlFor={`${id}-key`}>{isOwnHost(view.tenant) ? text.common.address : text.common.workspaceKey}</label>
              <input id={`${id}-key`} value={view.tenant.key} readOnly />
            </div>
          </div>
        </div>
        <div className="end">
          <Icon name="service" />
          <div className="end-main">
            <p className="end-name">{view.service.organization}</p>
            <p className="end-detail">{new URL(view.service.address).host}</p>
          </div>
          <Button look="text" isBlocked={isBlocked} onClick={() => onIntent({ type: 'change-service' })}>
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
              label={text.choose.name}
              hint={text.choose.nameHint}
              value={choice.name}
              maxLength={100}
              autoComplete="off"
              onValue={(name) => change({ name })}
              onBlur={() => {
                if (choice.name.trim() === '') setChanged({ ...choice, name: view.name });
              }}
            />
            <p>
              <strong>{text.choose.role}</strong> {text.choose.privileges(view.privileges.length)}
            </p>
            <ul className="privileges">
              {view.privileges.map((privilege) => (
                <li key={privilege}>{privilege}</li>
              ))}
            </ul>
            <p>
              <strong>{text.choose.client}</strong> {text.choose.clientHint}
            </p>
          </div>
        </Fold>
      </form>
    </Screen>
  );
}
