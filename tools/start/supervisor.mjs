/**
 * The programs of one machine, in the order they need each other: database, schema, the programs
 * around the server, then the server itself. Everything that was started is ended, in reverse.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child, LEASH } from './child.mjs';
import { recordChildren } from './leftovers.mjs';
import { phase, say } from './phases.mjs';
import { inProject, Plain, readJson, sha256 } from './project.mjs';
import { keepSettings } from './settings.mjs';

/** @typedef {import('./ports.mjs').Ports} Ports */
/** @typedef {{ cluster: { process: import('node:child_process').ChildProcess,
 *   stop(): Promise<void> }, url: string }} HomeDatabase */
/** @typedef {{ dir: string, secrets: { oidcClientSecret: string } }} Home */

const EMULATOR = 'dist/tools/psc-emulator/main.js';
const MAIL_CATCHER = 'dist/tools/mail-catcher/main.js';
const MIGRATE = 'dist/src/migrate.js';
const STORY = 'dist/tools/first-start/main.js';
const DATABASE_PAUSE_MS = 500;

/** What decides whether there is anything to migrate: our migrations and the queues' own. */
function schemaStamp() {
  const names = readdirSync(inProject('dist/migrations')).filter((name) => name.endsWith('.js'));
  const texts = names
    .sort()
    .map((name) => readFileSync(inProject('dist/migrations', name), 'utf8'));
  const queues = readJson(inProject('node_modules/bullmq/package.json'))?.version;
  return sha256([queues, ...names, ...texts].join('\n'));
}

const loadHome = () =>
  import(new URL('../../dist/src/platform/embedded/home.js', import.meta.url).href);

/** The start was given up because somebody asked to stop: nothing failed. */
export class Interrupted extends Error {}

export class Supervisor {
  /** @type {Child[]} */
  #children = [];
  /** @type {HomeDatabase | undefined} */
  #database;
  #stopping = false;

  /** @param {string} dir @param {Ports} ports */
  constructor(dir, ports) {
    this.dir = dir;
    this.ports = ports;
  }

  /** @returns {Promise<void>} once everything serves */
  async start() {
    try {
      await this.#startAll();
    } catch (error) {
      throw this.#stopping ? new Interrupted() : error;
    }
  }

  async #startAll() {
    const { openHome, startHomeDatabase, homeVariables } = await loadHome();
    /** @type {Home} */
    const home = openHome(this.dir);
    const [databaseUrl, issuer] = await Promise.all([
      this.#startDatabase(() => startHomeDatabase(home)),
      this.#startSurroundings(home),
    ]);
    const variables = homeVariables(home, {
      databaseUrl,
      issuer,
      webPort: this.ports.PORT,
      smtpPort: this.ports.SMTP_PORT,
    });
    keepSettings(this.dir, variables);
    const env = { ...variables, ...process.env };
    await phase('Server', () =>
      Promise.all([
        this.#run('API', 'dist/src/main.js', env),
        this.#run('Worker', 'dist/src/worker.js', env),
      ]),
    );
    await this.#playStory(env);
  }

  /** @param {() => Promise<HomeDatabase>} open @returns {Promise<string>} */
  async #startDatabase(open) {
    const given = process.env['DATABASE_URL'];
    const url = given || (await phase('Database', () => this.#openDatabase(open)));
    const stamp = schemaStamp();
    const mark = join(this.dir, 'schema-stamp');
    // Only our own database can be known without being asked: it lies beside the mark.
    if (!given && existsSync(mark) && readFileSync(mark, 'utf8') === stamp) return url;
    await phase('Schema', () => this.#runOnce(MIGRATE, { DATABASE_URL: url }));
    if (!given) writeFileSync(mark, stamp);
    return url;
  }

  /** @param {() => Promise<HomeDatabase>} open */
  #openDatabase(open) {
    this.#opening = this.#reallyOpenDatabase(open);
    return this.#opening;
  }

  /** @type {Promise<string> | undefined} */
  #opening;

  /** @param {() => Promise<HomeDatabase>} open */
  async #reallyOpenDatabase(open) {
    if (this.#stopping) throw new Interrupted();
    const database = await open();
    this.#database = database;
    this.#record();
    database.cluster.process.once('exit', () => {
      if (!this.#stopping) this.#reopenDatabase(open);
    });
    return database.url;
  }

  /** PostgreSQL died by itself: it is started again on the same port, and the others find it. */
  #reopenDatabase(/** @type {() => Promise<HomeDatabase>} */ open) {
    say('The database stopped by itself; it is started again.');
    setTimeout(() => {
      if (this.#stopping) return;
      this.#openDatabase(open).catch((error) => {
        process.stderr.write(`${error.message}\n`);
        if (!this.#stopping) this.#reopenDatabase(open);
      });
    }, DATABASE_PAUSE_MS);
  }

  /** @param {Home} home @returns {Promise<string>} the issuer that people sign in with */
  async #startSurroundings(home) {
    const [issuer] = await Promise.all([
      process.env['OIDC_ISSUER'] || this.#startEmulator(home),
      process.env['SMTP_URL'] ? undefined : this.#startMailCatcher(),
    ]);
    return issuer;
  }

  /** @param {Home} home @returns {Promise<string>} */
  async #startEmulator(home) {
    const { PORT, EMULATOR_PORT } = this.ports;
    const address = `http://localhost:${EMULATOR_PORT}`;
    if (!existsSync(inProject(EMULATOR))) return address;
    const ready = await phase('Pro Santé Connect emulator', () =>
      this.#run('Emulator', EMULATOR, {
        ...process.env,
        PORT: String(EMULATOR_PORT),
        LIAISON_DATA_DIR: this.dir,
        CLIENT_ID: 'liaison',
        CLIENT_SECRET: home.secrets.oidcClientSecret,
        REDIRECT_URIS: `http://localhost:${PORT}/api/auth/callback`,
      }),
    );
    return ready.issuer ?? ready.url ?? address;
  }

  async #startMailCatcher() {
    if (!existsSync(inProject(MAIL_CATCHER))) return;
    await phase('Mail catcher', () =>
      this.#run('Mail catcher', MAIL_CATCHER, {
        ...process.env,
        PORT: String(this.ports.MAIL_PORT),
        SMTP_PORT: String(this.ports.SMTP_PORT),
        LIAISON_DATA_DIR: this.dir,
      }),
    );
  }

  /** @param {string} name @param {string} script @param {NodeJS.ProcessEnv} env */
  async #run(name, script, env) {
    if (this.#stopping) throw new Interrupted();
    const logFile = join(this.dir, 'logs', `${name.toLowerCase().replaceAll(' ', '-')}.log`);
    const child = new Child({
      name,
      script,
      env,
      logFile,
      // Also one that was started again: the next start waits for it, should we be killed.
      onStart: () => this.#record(),
      onRestart: (who) => say(`${who} stopped by itself; it is started again. See ${logFile}`),
    });
    this.#children.push(child);
    return child.start();
  }

  #record() {
    const pids = this.#children.map(({ pid }) => pid);
    recordChildren(this.dir, [...pids, this.#database?.cluster.process.pid, this.#passing?.pid]);
  }

  /**
   * A program that does one thing and ends.
   * @param {string} script @param {NodeJS.ProcessEnv} env @param {(text: string) => void} [tell]
   */
  async #runOnce(script, env, tell) {
    const args = ['--enable-source-maps', '--import', LEASH, inProject(script)];
    const child = spawn(process.execPath, args, {
      cwd: inProject(),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let output = '';
    const take = (/** @type {Buffer} */ chunk) => {
      output += chunk;
      tell?.(chunk.toString());
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    this.#passing = child;
    this.#record();
    const [code] = await once(child, 'close');
    this.#passing = undefined;
    this.#record();
    if (this.#stopping) throw new Interrupted();
    if (code !== 0) throw new Plain(`${script} failed:\n${output.trim()}`);
  }

  /** @type {import('node:child_process').ChildProcess | undefined} */
  #passing;

  /**
   * The sample community, played once by real clients on the first start. Its people exist at the
   * emulator only. Without them Liaison works all the same, so their failure is told and no more.
   */
  async #playStory(/** @type {NodeJS.ProcessEnv} */ env) {
    const mark = join(this.dir, 'story-played');
    if (process.env['OIDC_ISSUER'] || existsSync(mark) || this.#stopping) return;
    const indent = (/** @type {string} */ text) => text.replace(/^(?=.)/gm, '    ');
    try {
      await phase('Sample community', () =>
        this.#runOnce(STORY, env, (text) => process.stdout.write(indent(text))),
      );
    } catch (error) {
      if (!(error instanceof Plain)) throw error;
      say('  The sample community is not complete; the next start goes on with it.');
      return;
    }
    writeFileSync(mark, new Date().toISOString());
  }

  async stop() {
    this.#stopping = true;
    this.#passing?.kill('SIGTERM');
    await Promise.all(this.#children.map((child) => child.stop()));
    await this.#opening?.catch(() => undefined);
    await this.#database?.cluster.stop();
  }

  /** A second Ctrl-C: the children at once; the database still in order. */
  kill() {
    for (const child of this.#children) child.kill();
  }
}
