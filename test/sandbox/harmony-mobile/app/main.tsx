/** The Harmony Mobile dashboard and the API keys in the Infinity Portal, built with React and Ant Design. unverified: layout, routes and words beyond the integration guide's. */
import { App, Button, ConfigProvider, Layout, Menu } from 'antd';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { call } from './api.ts';
import { ApiKeys } from './api-keys.tsx';
import { API_KEYS_PATH, DASHBOARD_PATH } from './data.ts';
import type { FrameData } from './data.ts';
import { Devices } from './devices.tsx';
import { Integrations } from './integrations.tsx';
import { Overview } from './overview.tsx';
import './main.css';

const NAVIGATION = [
  { key: '/overview', label: 'Overview' },
  { key: '/devices', label: 'Devices' },
  { key: '/events', label: 'Events & Alerts' },
  { key: '/policy', label: 'Policy' },
  { key: '/forensics', label: 'Forensics' },
  { key: '/settings/integrations', label: 'Settings' },
];
const SETTINGS = [
  { key: '/settings/audit-trail', label: 'Audit Trail' },
  { key: '/settings/customization', label: 'Customization' },
  { key: '/settings/device-management', label: 'Device Management' },
  { key: '/settings/integrations', label: 'Integrations' },
  { key: '/settings/privacy', label: 'Privacy' },
];

const useRoute = (): string =>
  useSyncExternalStore(
    (listener) => {
      addEventListener('hashchange', listener);
      return () => removeEventListener('hashchange', listener);
    },
    () => location.hash.replace(/^#/, '') || '/overview',
  );
const GLOBAL_SETTINGS = [{ key: API_KEYS_PATH, label: 'API Keys' }];
const isGlobal = location.pathname === API_KEYS_PATH;
const linked = (entries: typeof NAVIGATION) => entries.map(({ key, label }) => ({ key, label: <a href={key.startsWith('/dashboard') ? key : `#${key}`}>{label}</a> }));

function DashboardPage({ route, frame, onChanged }: { route: string; frame: FrameData; onChanged: () => void }) {
  if (route === '/overview') return <Overview />;
  if (route === '/devices') return <Devices onDeleted={onChanged} />;
  if (route === '/settings/integrations') return <Integrations frame={frame} />;
  return <p>There is nothing to show here yet.</p>;
}

function Portal() {
  const route = useRoute();
  const [frame, setFrame] = useState<FrameData>();
  const load = (): void => void call<FrameData>('GET', '/frame').then(setFrame);
  useEffect(load, [route]);
  if (frame === undefined) return null;
  const inSettings = !isGlobal && route.startsWith('/settings');
  const active = isGlobal ? API_KEYS_PATH : inSettings ? '/settings/integrations' : route;
  return (
    <Layout className="portal">
      <Layout.Header className="top">
        <span className="brand"><b>CHECK POINT</b> Infinity Portal</span>
        <span className="product"><a href={DASHBOARD_PATH}>Harmony Mobile</a></span>
        <a href={API_KEYS_PATH}>Global Settings</a>
        <form method="post" action="/signout">
          <span>{frame.organization}</span> <span>{frame.email}</span> <Button htmlType="submit" size="small" ghost>Sign out</Button>
        </form>
      </Layout.Header>
      <Layout>
        <Layout.Sider width={200} className="side">
          <nav aria-label="Main"><Menu theme="dark" selectedKeys={[active]} items={linked(isGlobal ? GLOBAL_SETTINGS : NAVIGATION)} /></nav>
        </Layout.Sider>
        {inSettings && (
          <Layout.Sider width={210} theme="light" className="second">
            <nav aria-label="Settings"><Menu selectedKeys={[route]} items={linked(SETTINGS)} /></nav>
          </Layout.Sider>
        )}
        <Layout.Content className="content" role="main">
          {isGlobal ? <ApiKeys /> : <DashboardPage route={route} frame={frame} onChanged={load} />}
        </Layout.Content>
      </Layout>
    </Layout>
  );
}

const mount = document.querySelector('#root');
if (mount !== null) {
  createRoot(mount).render(
    <ConfigProvider theme={{ token: { colorPrimary: '#c8356b', borderRadius: 4 }, components: { Layout: { headerBg: '#171a2f', siderBg: '#222642' }, Menu: { darkItemBg: '#222642', darkItemSelectedBg: '#3a4068' } } }}>
      <App><Portal /></App>
    </ConfigProvider>,
  );
}
