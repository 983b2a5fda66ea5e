import { useId, type JSX } from 'react';
import type { DataSetId } from '../../lib/recipes/recipe.ts';
import type { Intent, View } from '../../lib/run/view.ts';
import { Icon } from './Icon.tsx';
import { useMessages } from '../text/context.tsx';

export type Group = { id: string; name: string } | null;
export type Groups = Extract<View, { kind: 'choose' }>['groups'];

export interface DataChoiceProps {
  sets: readonly { id: DataSetId; required: boolean }[];
  chosen: DataSetId[];
  group: Group;
  /** `undefined` where the choice has no group filter. */
  groups: Groups;
  onChange: (chosen: DataSetId[], group: Group) => void;
  onIntent: (intent: Intent) => void;
}

/** Which data, and of which part of the fleet. */
export function DataChoice({ sets, chosen, group, groups, onChange, onIntent }: DataChoiceProps): JSX.Element | null {
  const text = useMessages();
  const id = useId();
  const filter = groups && <GroupFilter group={group} groups={groups} onGroup={(next) => onChange(chosen, next)} onIntent={onIntent} />;
  // What is always included is no choice.
  if (sets.every((set) => set.required)) return filter ?? null;
  return (
    <fieldset className="choice">
      <legend>{text.choose.data}</legend>
      {sets.map((set) => {
        const isChosen = set.required || chosen.includes(set.id);
        const { name, hint } = text.dataSets[set.id];
        return (
          <div key={set.id} className="check">
            <input
              type="checkbox"
              id={`${id}-${set.id}`}
              checked={isChosen}
              disabled={set.required}
              aria-describedby={`${id}-${set.id}-hint`}
              onChange={(event) => {
                const { checked } = event.target;
                onChange(sets.map((other) => other.id).filter((other) => (other === set.id ? checked : chosen.includes(other))), group);
              }}
            />
            <div className="check-name">
              <label htmlFor={`${id}-${set.id}`}>{name}</label>
              {set.required && <span className="tag">{text.choose.always}</span>}
            </div>
            <p className="hint" id={`${id}-${set.id}-hint`}>
              {hint}
            </p>
          </div>
        );
      })}
      {filter}
    </fieldset>
  );
}

interface GroupFilterProps {
  group: Group;
  groups: NonNullable<Groups>;
  onGroup: (group: Group) => void;
  onIntent: (intent: Intent) => void;
}

function GroupFilter({ group, groups, onGroup, onIntent }: GroupFilterProps): JSX.Element {
  const text = useMessages();
  const id = useId();
  const listed = groups.state === 'ready' ? groups.options : [];
  const options = group && !listed.some((option) => option.id === group.id) ? [group, ...listed] : listed;
  return (
    <div className="field field-inset">
      <label htmlFor={id}>{text.choose.group}</label>
      <div className="select">
        <select
          id={id}
          value={group?.id ?? ''}
          aria-describedby={groups.state === 'ready' ? undefined : `${id}-state`}
          onChange={(event) => onGroup(options.find((option) => option.id === event.target.value) ?? null)}
        >
          <option value="">{text.choose.allDevices}</option>
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.name}
            </option>
          ))}
        </select>
        <Icon name="chevron" />
      </div>
      {groups.state === 'loading' && (
        <p className="hint hint-busy" id={`${id}-state`}>
          <span className="spinner" />
          {text.choose.groupsLoading}
        </p>
      )}
      {groups.state === 'failed' && (
        <div className="hint hint-danger" id={`${id}-state`}>
          <p>
            {text.choose.groupsFailed} {text.failures[groups.failure.code].cause(groups.failure.params)}
          </p>
          <button type="button" className="link" onClick={() => onIntent({ type: 'load-groups' })}>
            {text.choose.groupsRetry}
          </button>
        </div>
      )}
    </div>
  );
}
