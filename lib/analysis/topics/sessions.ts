import type { Topic, Topics } from "./types.ts";

/**
 * Ids of the sessions whose first topic it is, in the order of the texts: what a dataset or an experiment is made of.
 *
 * @param cluster number of a topic, its name or its seed's id; null for the unclustered ones
 * @throws {RangeError} when there is no such topic, naming those there are
 */
export function clusterSessions(topics: Topics, cluster: number | string | null): string[] {
  const number = cluster === null ? null : topicNamed(topics, cluster).number;
  return topics.points.filter(({ topic }) => topic === number).map(({ sessionId }) => sessionId);
}

function topicNamed({ topics }: Topics, cluster: number | string): Topic {
  const found = topics.find(({ number, name, seed }) => [number, name, seed].includes(cluster));
  if (found) return found;
  const there = topics.map(({ number, name }) => `${number} (${name})`).join("; ");
  throw new RangeError(`topics: there is no topic ${JSON.stringify(cluster)}; there are ${there || "none"}`);
}
