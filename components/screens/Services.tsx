import type { JSX } from 'react';
import type { ServiceOffer, SetUpService } from '../../lib/run/services-view.ts';
import { Button } from '../parts/Button.tsx';
import { Fold } from '../parts/Fold.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Screen } from '../parts/Screen.tsx';
import { useMessages } from '../text/context.tsx';
import type { ScreenOf, ScreenProps } from './screen-props.ts';

/** Which service: those that are set up, then all that take this console. */
export function Services(props: ScreenOf<'services'>): JSX.Element {
  const text = useMessages();
  const { view, notice, isBlocked, onIntent } = props;
  return (
    <Screen
      title={text.services.title(text.consoles[view.tenant.console])}
      lead={text.services.lead}
      notice={notice}
      actions={
        view.canGoBack ? (
          <Button isBlocked={isBlocked} onClick={() => onIntent({ type: 'show' })}>
            {text.common.back}
          </Button>
        ) : undefined
      }
    >
      {view.setUp.length > 0 && (
        <section className="group">
          <h2>{text.services.setUp}</h2>
          <ul className="card ends">
            {view.setUp.map((service) => (
              <SetUp key={service.access} service={service} {...props} />
            ))}
          </ul>
        </section>
      )}
      <section className="group">
        <h2 className={view.setUp.length > 0 ? undefined : 'only-read'}>{text.services.others}</h2>
        <ul className="card ends">
          {view.offers.map((offer) => (
            <Offer key={offer.id} offer={offer} {...props} />
          ))}
        </ul>
      </section>
    </Screen>
  );
}

function SetUp({ service, isBlocked, onIntent }: ScreenProps<unknown> & { service: SetUpService }): JSX.Element {
  const text = useMessages();
  const { id, access, organization, name, host } = service;
  return (
    <li className="end">
      <Icon name="service" />
      <div className="end-main">
        <p className="end-name">{organization === '' ? name : organization}</p>
        <p className="end-detail">{name === '' || name === organization ? host : name}</p>
      </div>
      {service.connection === undefined ? (
        <Button look="text" isBlocked={isBlocked} label={text.services.connectNamed(organization)} onClick={() => onIntent({ type: 'choose-service', id, access })}>
          {text.choose.connect}
        </Button>
      ) : (
        <Button look="text" isBlocked={isBlocked} label={text.services.showNamed(organization)} onClick={() => onIntent({ type: 'show', place: { at: 'connection', id: service.connection! } })}>
          {text.services.show}
        </Button>
      )}
    </li>
  );
}

function Offer({ offer, isBlocked, onIntent }: ScreenProps<unknown> & { offer: ServiceOffer }): JSX.Element {
  const text = useMessages();
  const words = text.services;
  const { id, key, help, gets, builtInRole } = offer;
  const name = offer.name === '' ? words.open : offer.name;
  return (
    <li className="end offer">
      <Icon name="service" />
      <div className="end-main">
        <h3 className="end-name">{name}</h3>
        <p className="end-detail">{offer.name === '' ? words.openHint : words.takes[offer.delivery](gets.map(({ set }) => text.dataSets[set].name))}</p>
      </div>
      <Button look="text" isBlocked={isBlocked} label={words.chooseNamed(name)} onClick={() => onIntent({ type: 'choose-service', id, access: '' })}>
        {words.choose}
      </Button>
      <Fold title={words.about}>
        <div className="fold-body">
          {builtInRole !== undefined && <p>{words.builtInRole(builtInRole)}</p>}
          <dl className="gets">
            {gets.map(({ set, isRequired, privileges }) => (
              <div key={set}>
                <dt>{isRequired ? text.dataSets[set].name : words.ifChosen(text.dataSets[set].name)}</dt>
                {text.privileges(privileges).map((sentence) => (
                  <dd key={sentence}>{sentence}</dd>
                ))}
              </div>
            ))}
          </dl>
          <p className="hint">{key ? (key.isOptional ? words.keyOptional : words.key)(key.name, key.madeAt) : words.noKey}</p>
          {gets.some(({ exact }) => exact.length > 0) && (
            <Fold title={words.exact}>
              <ul className="privileges">
                {[...new Set(gets.flatMap(({ exact }) => exact))].map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </Fold>
          )}
          {help.startsWith('https://') && (
            <a className="link" href={help} target="_blank" rel="noopener noreferrer">
              {words.help}
              <span className="only-read">
                {name} ({text.common.newTab})
              </span>
            </a>
          )}
        </div>
      </Fold>
    </li>
  );
}
