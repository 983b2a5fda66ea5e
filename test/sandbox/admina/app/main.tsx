/** The web application, built with React and Ant Design. unverified: layout, routes and most words; see words.ts. */
import { App, Button, ConfigProvider, Layout, Menu } from 'antd';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { call } from './api.ts';
import type { FrameData } from './data.ts';
import { Integrations } from './integrations.tsx';
import { WORDS } from './words.ts';
import './main.css';

const routed = 'admina:route';
/** The page's own router: no page is loaded. */
export function navigate(path: string): void {
  history.pushState(null, '', path);
  dispatchEvent(new Event(routed));
}
const usePath = (): string =>
  useSyncExternalStore(
    (listener) => {
      for (const type of [routed, 'popstate']) addEventListener(type, listener);
      return () => {
        for (const type of [routed, 'popstate']) removeEventListener(type, listener);
      };
    },
    () => location.pathname,
  );

function Admina() {
  const path = usePath();
  const [frame, setFrame] = useState<FrameData>();
  useEffect(() => void call<FrameData>('GET', '/frame').then(setFrame), []);
  if (frame === undefined) return null;
  document.documentElement.lang = frame.language;
  const words = WORDS[frame.language];
  const { menu } = words;
  const base = `/${frame.organization.uniqueName}`;
  const route = path.slice(base.length + 1).split('/')[0] ?? '';
  const link = (key: string, label: string): { key: string; label: ReactElement } => ({
    key,
    label: (
      <a href={`${base}/${key}`} onClick={(event) => {
        event.preventDefault();
        navigate(`${base}/${key}`);
      }}>{label}</a>
    ),
  });
  const entries = [
    link('dashboard', menu.dashboard),
    link('services', menu.services),
    link('accounts', menu.accounts),
    link('devices', menu.devices),
    { key: 'integration-menu', label: menu.integrations, children: [link('integrations', menu.integrations), link('alerts', menu.alerts)] },
    link('settings', menu.settings),
  ];
  return (
    <Layout className="frame">
      <Layout.Header className="top">
        <span className="brand">Admina <small>by Money Forward</small></span>
        <form method="post" action="/logout"><span>{frame.organization.name}</span> <span>{frame.email}</span> <Button htmlType="submit" size="small">{words.signOut}</Button></form>
      </Layout.Header>
      <Layout>
        <Layout.Sider width={230} theme="light" className="side">
          <nav><Menu mode="inline" selectedKeys={[route]} {...(route === 'integrations' ? { defaultOpenKeys: ['integration-menu'] } : {})} items={entries} /></nav>
        </Layout.Sider>
        <Layout.Content className="content" role="main">
          {route === 'integrations' ? <Integrations frame={frame} words={words} /> : <p>{words.nothing}</p>}
        </Layout.Content>
      </Layout>
    </Layout>
  );
}

const mount = document.querySelector('#root');
if (mount !== null) {
  createRoot(mount).render(
    <ConfigProvider theme={{ token: { colorPrimary: '#2f6fdd', borderRadius: 6 }, components: { Layout: { headerBg: '#fff' } } }}>
      <App><Admina /></App>
    </ConfigProvider>,
  );
}
