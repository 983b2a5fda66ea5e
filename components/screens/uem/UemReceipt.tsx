import type { JSX } from 'react';
import type { Receipt } from '../../../lib/run/run.ts';
import { Icon } from '../../parts/Icon.tsx';
import { useMessages } from '../../text/context.tsx';
import { Row } from '../../parts/Rows.tsx';

/** What was proven, and what the service says. */
export function UemReceipt({ receipt, uem, service }: { receipt: Receipt; uem: NonNullable<Receipt['uem']>; service: string }): JSX.Element {
  const text = useMessages();
  const words = text.uem.receipt;
  const { proof, tags, arrival } = uem;
  const proven = [
    proof.version !== '' && words.version(proof.version),
    words.groups(proof.groups.length),
    words.devices(proof.devices),
    proof.quota && words.quota(text.number(proof.quota.remaining), text.number(proof.quota.limit)),
  ].filter((line) => typeof line === 'string');
  const tagLines = tags
    ? [tags.created.length > 0 && words.tagsCreated(tags.created.length), tags.found.length > 0 && words.tagsFound(tags.found.length), tags.missing.length > 0 && words.tagsMissing(tags.missing.join(', '))]
    : [];
  return (
    <>
      {arrival ? (
        <dl className="card rows">
          <Counts title={words.byStatus} counts={arrival.byStatus} />
          <Counts title={words.byRisk} counts={arrival.byRisk} />
        </dl>
      ) : (
        <p className="aside">{words.notRead(service)}</p>
      )}
      <div className="card">
        <p className="card-title">{words.proven}</p>
        <ul className="plain">
          {proven.map((line) => (
            <li key={line}>
              <Icon name="check" />
              <span>{line}</span>
            </li>
          ))}
        </ul>
      </div>
      <dl className="card rows">
        <Row title={words.server} value={new URL(proof.apiAddress).host} />
        <Row title={text.uem.choose.roleName} value={receipt.role.name} />
        <Row title={words.administrator} value={uem.username} />
        {tagLines.some(Boolean) && <Row title={words.tags} value={tagLines.filter((line) => typeof line === 'string').join('. ')} />}
        <Row title={words.status} value={uem.status} />
      </dl>
    </>
  );
}

function Counts({ title, counts }: { title: string; counts: Record<string, number> }): JSX.Element {
  const text = useMessages();
  // In the order of the words: a browser's storage may sort what it keeps by name.
  const words = text.uem.receipt.counts;
  const names = [...new Set([...Object.keys(words), ...Object.keys(counts)])].filter((name) => (counts[name] ?? 0) > 0);
  return <Row title={title} value={names.map((name) => `${words[name] ?? name}: ${text.number(counts[name] ?? 0)}`).join(', ')} />;
}
