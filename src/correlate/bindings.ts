import type { SettingFact } from "../model/fact.ts";
import type { Run } from "./requests.ts";

/**
 * Those of some settings that are of the binding which answers the connections at hand: the one of the name asked for, else the ones of
 * addresses with that port. All of them where no connection is at hand, none fits, or a line does not say whose setting it is.
 */
export function ofAnsweringBinding(settings: readonly SettingFact[], runs: readonly Run[]): readonly SettingFact[] {
  if (settings.some((setting) => (setting.binding ?? null) === null)) return settings;
  const connects = runs.map((run) => run.fact?.connect?.value.toLowerCase() ?? null).filter((connect) => connect !== null);
  if (connects.length === 0) return settings;
  const ports = new Set(connects.map(portOf));
  const names = new Set([...connects, ...runs.flatMap((run) => (run.fact === null || run.fact.serverName === null || run.fact.connect === null ? [] : [`${run.fact.serverName.value.toLowerCase()}:${portOf(run.fact.connect.value)}`]))]);
  const addressOf = (setting: SettingFact): string => setting.binding?.value.toLowerCase() ?? "";
  const named = settings.filter((setting) => names.has(addressOf(setting)));
  if (named.length > 0) return named;
  const byPort = settings.filter((setting) => ports.has(portOf(addressOf(setting))) && isAddress(addressOf(setting)));
  return byPort.length > 0 ? byPort : settings;
}

function portOf(endpoint: string): string {
  return endpoint.slice(endpoint.lastIndexOf(":") + 1);
}

/** `0.0.0.0:443`, `[::]:443`, `10.20.0.7:443`: a binding of an address answers every name that has none of its own. */
function isAddress(endpoint: string): boolean {
  const host = endpoint.slice(0, Math.max(0, endpoint.lastIndexOf(":")));
  return [...host].every((character) => "0123456789.:abcdef[]%".includes(character)) && (host.includes(".") || host.includes(":"));
}
