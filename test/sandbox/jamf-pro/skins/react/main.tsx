/** The console built with React and Ant Design: controlled fields, virtualised lists in a layer of their own. */
import { Alert, App, Breadcrumb, Button, Card, Col, ConfigProvider, Descriptions, Form, Input, InputNumber, Layout, Menu, Modal, Row, Select, Space, Switch, Table, Tabs, Tag, Typography } from 'antd';
import enUS from 'antd/locale/en_US';
import jaJP from 'antd/locale/ja_JP';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { SETTINGS_PATH } from '../../pages/paths.ts';
import {
  cellsOf, columnsOf, DASHBOARD_PATH, dashboardCards, formTitle, language, load, loadAll, loadFrame, loadPrivileges, loadRoleNames, messagesOf, mintSecret, NAVIGATION,
  pathOf, refreshFrame, remove, routeOf, save, SETTINGS_SECTIONS, tabPath, TABS, words,
} from '../console.ts';
import { BLANK } from '../data.ts';
import type { FrameData, Inputs, Rows, Secret, Tab } from '../data.ts';
import './main.css';

// ---- Addresses ----

const listeners = new Set<() => void>();
const changed = (): void => listeners.forEach((listener) => listener());
addEventListener('popstate', changed);
function go(href: string): void {
  history.pushState(null, '', href);
  changed();
}
const useAddress = (): string =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => location.pathname + location.search,
  );

function Link({ href, children, className }: { href: string; children: ReactNode; className?: string }) {
  const follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(href);
  };
  return <a href={href} onClick={follow} className={className}>{children}</a>;
}
const LinkTo = ({ to, children }: { to: { href: string; document?: true }; children: ReactNode }) => (to.document ? <a href={to.href}>{children}</a> : <Link href={to.href}>{children}</Link>);

/** Loads once per `key`; undefined until it is there. */
function useLoaded<T>(key: string, loader: () => Promise<T>): { value: T | undefined; errors: string[] } {
  const [state, setState] = useState<{ key: string; value?: T; errors: string[] }>({ key, errors: [] });
  useEffect(() => {
    let current = true;
    loader().then(
      (value) => current && setState({ key, value, errors: [] }),
      (error: unknown) => current && setState({ key, errors: messagesOf(error) }),
    );
    return () => {
      current = false;
    };
  }, [key]);
  return state.key === key ? { value: state.value, errors: state.errors } : { value: undefined, errors: [] };
}

const Errors = ({ messages }: { messages: string[] }) => messages.map((message) => <Alert key={message} type="error" title={message} showIcon />);

// ---- Pages ----

function Page({ title, tab, children }: { title: string; tab?: Tab | 'none'; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} - ${words.product}`;
  }, [title]);
  const trail = [{ href: SETTINGS_PATH, title: words.settings }, ...(tab === undefined || tab === 'none' ? [] : [{ href: tabPath(tab), title: words.apiRolesAndClients }])];
  return (
    <>
      {tab !== undefined && <Breadcrumb items={trail.map((one) => ({ title: <Link href={one.href}>{one.title}</Link> }))} />}
      <Typography.Title level={2}>{title}</Typography.Title>
      {children}
    </>
  );
}

function Dashboard({ frame }: { frame: FrameData }) {
  return (
    <Page title={words.dashboard}>
      <Row gutter={[16, 16]}>
        {dashboardCards(frame).map((card) => (
          <Col span={6} key={card.title}>
            <Card hoverable><LinkTo to={card}><b>{card.count}</b> {card.title}</LinkTo></Card>
          </Col>
        ))}
      </Row>
    </Page>
  );
}

function Settings() {
  return (
    <Page title={words.settings}>
      {SETTINGS_SECTIONS.map((section) => (
        <section key={section.title}>
          <Typography.Title level={4}>{section.title}</Typography.Title>
          <Row gutter={[16, 16]}>
            {section.cards.map((card) => (
              <Col span={8} key={card.href}>
                <LinkTo to={card}><Card hoverable><Card.Meta title={card.title} description={card.about} /></Card></LinkTo>
              </Col>
            ))}
          </Row>
        </section>
      ))}
    </Page>
  );
}

function ListPage({ tab, frame }: { tab: Tab; frame: FrameData }) {
  return (
    <Page title={words.apiRolesAndClients} tab="none">
      <Tabs
        activeKey={tab}
        onChange={(key) => go(tabPath(key as Tab))}
        destroyOnHidden
        items={TABS.map((one) => ({ key: one.tab, label: one.title, children: <List tab={one.tab} may={frame.may[one.tab]} /> }))}
      />
    </Page>
  );
}

function List({ tab, may }: { tab: Tab; may: FrameData['may'][Tab] }) {
  const { value: rows, errors } = useLoaded<Rows[Tab][]>(tab, () => loadAll(tab));
  const columns = columnsOf(tab).map((title, index) => ({
    title,
    render: (_: unknown, row: Rows[Tab]) => (index === 0 ? <Link href={pathOf(tab, row.id)}>{row.displayName}</Link> : cellsOf(row)[index - 1]),
  }));
  return (
    <>
      {may.create && <Button type="primary" className="above" onClick={() => go(pathOf(tab, 'new'))}>{words.new}</Button>}
      <Errors messages={errors} />
      <Table rowKey="id" loading={rows === undefined && errors.length === 0} dataSource={rows ?? []} columns={columns} pagination={{ hideOnSinglePage: true }} locale={{ emptyText: words.nothingYet }} />
    </>
  );
}

function FormPage({ tab, id }: { tab: Tab; id: string | undefined }) {
  const { value: input, errors } = useLoaded<Inputs[Tab]>(`${tab}/${id}`, async () => (id === undefined ? BLANK[tab] : await load(tab, id)));
  return (
    <Page title={formTitle(tab, id)} tab={tab}>
      <Errors messages={errors} />
      {input !== undefined && <ObjectForm tab={tab} id={id} input={input} />}
    </Page>
  );
}

function ObjectForm({ tab, id, input }: { tab: Tab; id: string | undefined; input: Inputs[Tab] }) {
  const [errors, setErrors] = useState<string[]>([]);
  const [saving, setSaving] = useState(false);
  const submit = async (values: Inputs[Tab]): Promise<void> => {
    setSaving(true);
    try {
      const row = await save(tab, id, { ...input, ...values });
      go(pathOf(tab, row.id));
    } catch (error) {
      setErrors(messagesOf(error));
      setSaving(false);
    }
  };
  return (
    <Form layout="vertical" className="form" initialValues={input} onFinish={(values: Inputs[Tab]) => void submit(values)}>
      <Errors messages={errors} />
      <Form.Item name="displayName" label={words.displayName} rules={[{ required: true }]}><Input autoComplete="off" /></Form.Item>
      {tab === 'api-roles' ? (
        <Form.Item name="privileges" label={words.rolePrivileges}><Choice name="privileges" load={loadPrivileges} /></Form.Item>
      ) : (
        <>
          <Form.Item name="authorizationScopes" label={words.rolesOfClient}><Choice name="roles" load={loadRoleNames} /></Form.Item>
          <Form.Item name="accessTokenLifetimeSeconds" label={words.lifetime} extra={words.lifetimeHint}><InputNumber min={1} precision={0} /></Form.Item>
          <Form.Item name="enabled" label={words.enableClient} valuePropName="checked"><Switch /></Form.Item>
        </>
      )}
      <Space>
        <Button onClick={() => go(id === undefined ? tabPath(tab) : pathOf(tab, id))}>{words.cancel}</Button>
        <Button type="primary" htmlType="submit" loading={saving}>{words.save}</Button>
      </Space>
    </Form>
  );
}

/** Type-ahead for several; only the options in view are in the document. */
function Choice({ name, load: loader, ...field }: { name: string; load: () => Promise<string[]>; id?: string; value?: string[]; onChange?: (value: string[]) => void }) {
  const { value: names } = useLoaded(name, loader);
  return <Select {...field} mode="multiple" virtual allowClear placeholder={words.typeToSearch} loading={names === undefined} options={(names ?? []).map((name) => ({ value: name, label: name }))} notFoundContent={words.noMatches} />;
}

function ShowPage({ tab, id, frame }: { tab: Tab; id: string; frame: FrameData }) {
  const { value: row, errors } = useLoaded<Rows[Tab]>(`${tab}/${id}`, () => load(tab, id));
  const [refused, setRefused] = useState<string[]>([]);
  const [secret, setSecret] = useState<Secret>();
  const { modal } = App.useApp();
  const may = frame.may[tab];
  if (row === undefined) return <Page title={words.apiRolesAndClients} tab={tab}><Errors messages={errors} /></Page>;

  const attempt = (work: () => Promise<void>) => async (): Promise<void> => work().catch((error: unknown) => setRefused(messagesOf(error)));
  const askToDelete = (): void =>
    void modal.confirm({
      title: words.confirmDeleteTitle(row.displayName), content: words.confirmDelete, okText: words.delete, okButtonProps: { danger: true }, cancelText: words.cancel,
      onOk: attempt(() => remove(tab, id).then(() => go(tabPath(tab)))),
    });
  const askForSecret = (): void =>
    void modal.confirm({
      title: words.confirmSecretTitle, content: words.confirmSecret, okText: words.createSecret, cancelText: words.cancel,
      onOk: attempt(() => mintSecret(id).then(setSecret)),
    });
  const tags = (names: string[]) => <Space wrap size={4}>{names.map((name) => <Tag key={name}>{name}</Tag>)}</Space>;
  const facts =
    'privileges' in row
      ? [{ label: words.rolePrivileges, children: tags(row.privileges) }]
      : [
          { label: words.rolesOfClient, children: tags(row.authorizationScopes) },
          { label: words.lifetime, children: row.accessTokenLifetimeSeconds },
          { label: words.status, children: row.enabled ? words.enabled : words.disabled },
          { label: words.clientId, children: <code>{row.clientId}</code> },
        ];
  return (
    <Page title={row.displayName} tab={tab}>
      <Errors messages={refused} />
      <Descriptions bordered column={1} items={[{ label: words.displayName, children: row.displayName }, ...facts]} />
      <Space className="below">
        {may.delete && <Button danger onClick={askToDelete}>{words.delete}</Button>}
        {tab === 'api-clients' && may.create && <Button onClick={askForSecret}>{words.generateSecret}</Button>}
        {may.update && <Button type="primary" onClick={() => go(pathOf(tab, id, '/edit'))}>{words.edit}</Button>}
      </Space>
      {secret !== undefined && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
    </Page>
  );
}

function SecretDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const fields = [
    { label: words.clientId, value: secret.clientId },
    { label: words.clientSecret, value: secret.clientSecret },
  ];
  return (
    <Modal open title={words.secretTitle} onCancel={onClose} footer={<Button type="primary" onClick={onClose}>{words.close}</Button>} mask={{ closable: false }}>
      <p>{words.secretOnce}</p>
      <Descriptions column={1} layout="vertical" items={fields.map(({ label, value }) => ({ label, children: <Typography.Text code copyable={{ text: value, tooltips: words.copyOf(label) }}>{value}</Typography.Text> }))} />
    </Modal>
  );
}

// ---- Frame ----

function Console() {
  const address = useAddress();
  const { value: loaded, errors } = useLoaded('frame', loadFrame);
  const [facts, setFacts] = useState<FrameData>();
  const refresh = useCallback(async (frame: FrameData) => setFacts(await refreshFrame(frame)), []);
  useEffect(() => {
    if (loaded !== undefined) void refresh(loaded);
  }, [loaded, address, refresh]);
  const frame = facts ?? loaded;
  if (frame === undefined) return <Errors messages={errors} />;
  const route = routeOf(location);
  const active = route.page === 'dashboard' ? DASHBOARD_PATH : SETTINGS_PATH;
  return (
    <Layout className="console">
      <Layout.Header className="top">
        <Link href={DASHBOARD_PATH} className="brand">{words.product} · {frame.organization}</Link>
        <form method="post" action="/logout">
          <span>{words.accountMenu} <b>{frame.username}</b></span> <Button htmlType="submit" size="small" ghost>{words.logOut}</Button>
        </form>
      </Layout.Header>
      <Layout>
        <Layout.Sider theme="light" width={264}>
          <nav aria-label={words.mainNavigation}>
            <Menu selectedKeys={[active]} items={NAVIGATION.map((entry) => ({ key: entry.href, label: <LinkTo to={entry}>{entry.title}</LinkTo> }))} />
          </nav>
          <p className="version">{frame.version}</p>
        </Layout.Sider>
        <Layout.Content className="content" role="main">
          {route.page === 'dashboard' && <Dashboard frame={frame} />}
          {route.page === 'settings' && <Settings />}
          {route.page === 'list' && <ListPage tab={route.tab} frame={frame} />}
          {route.page === 'form' && <FormPage key={address} tab={route.tab} id={route.id} />}
          {route.page === 'show' && <ShowPage key={address} tab={route.tab} id={route.id} frame={frame} />}
          {route.page === 'none' && <Errors messages={[words.notFound]} />}
        </Layout.Content>
      </Layout>
    </Layout>
  );
}

const mount = document.querySelector('console-app');
if (mount !== null) {
  createRoot(mount).render(
    <ConfigProvider locale={language === 'ja' ? jaJP : enUS} theme={{ token: { colorPrimary: '#2c5ea8' } }}>
      <App><Console /></App>
    </ConfigProvider>,
  );
}
