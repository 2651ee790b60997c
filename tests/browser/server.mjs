// The real binary on a port of its own with an empty data folder; can be killed and started again on the same data.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const START_MS = 30_000;

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

export class Server {
  static async create(binary) {
    const folder = mkdtempSync(join(tmpdir(), "zhuqi-browser-"));
    return new Server(binary, folder, await freePort(), await freePort());
  }

  constructor(binary, folder, port, opsPort) {
    Object.assign(this, { binary, folder, port, opsPort, process: null, output: "" });
    this.origin = `http://127.0.0.1:${port}`;
    this.config = join(folder, "zhuqi.yaml");
    writeFileSync(this.config, `public_url: ${this.origin}\nembed_origins: ["${this.origin}"]\n`);
  }

  async start() {
    const where = ["--listen", `127.0.0.1:${this.port}`, "--ops-listen", `127.0.0.1:${this.opsPort}`];
    const args = ["serve", "--config", this.config, "--data", join(this.folder, "data"), ...where];
    this.process = spawn(this.binary, args, { stdio: ["ignore", "pipe", "pipe"] });
    const keep = (chunk) => (this.output = (this.output + chunk).slice(-20_000));
    this.process.stdout.on("data", keep);
    this.process.stderr.on("data", keep);
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline) {
      if (this.process.exitCode !== null) break;
      const up = await fetch(`${this.origin}/`).then((r) => r.ok, () => false);
      if (up) return;
      await sleep(50);
    }
    throw new Error(`the server did not start:\n${this.output}`);
  }

  async kill(signal = "SIGKILL") {
    const dying = this.process;
    if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
    const gone = new Promise((resolve) => dying.once("exit", resolve));
    dying.kill(signal);
    await gone;
  }

  async remove() {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
