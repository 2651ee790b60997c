// "Chrome 126 · Windows" out of what a browser says of itself. Pure.

const browsers: [RegExp, string][] = [
  [/MicroMessenger\/(\d+)/, "微信"],
  [/wxwork\/(\d+)/i, "企业微信"],
  [/Edg\w*\/(\d+)/, "Edge"],
  [/QQBrowser\/(\d+)/, "QQ"],
  [/Firefox\/(\d+)/, "Firefox"],
  [/(?:Headless)?Chrome\/(\d+)/, "Chrome"],
  [/Version\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari/, "Safari"],
];
const systems: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, "HarmonyOS"],
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** The text itself where nothing of it is known. */
export function browserName(agent: string): string {
  const browser = browsers.map(([pattern, name]) => ({ name, version: pattern.exec(agent)?.[1] })).find(({ version }) => version);
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1];
  if (!browser) return agent.slice(0, 60);
  return [`${browser.name} ${browser.version}`, system].filter(Boolean).join(" · ");
}
