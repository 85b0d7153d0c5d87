/** @jsxImportSource preact */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import * as api from "./api.ts";
import { Compare } from "./compare.tsx";
import { Configs } from "./configs.tsx";
import { Moves } from "./moves.tsx";
import { Overview } from "./overview.tsx";
import { usePlace } from "./place.ts";
import { SessionView } from "./session.tsx";
import { count } from "./words.ts";

const TABS = [
  { view: "sessions", name: "sessions" },
  { view: "configs", name: "two configs" },
  { view: "moves", name: "what moves" },
] as const;

function App() {
  const [place, go] = usePlace();
  const [about, setAbout] = useState<api.About | null>(null);
  const [fault, setFault] = useState("");
  useEffect(() => {
    api.about().then(setAbout, (error) => setFault(error.message));
  }, []);
  if (fault) return <p role="alert">{fault}</p>;
  if (!about) return <p>Loading …</p>;
  return (
    <>
      <header>
        <strong>agent-trace-lab</strong>
        <span class="source">{about.caption} · {count(about.total)} {about.total === 1 ? "session" : "sessions"}</span>
        <nav aria-label="Views">
          {TABS.map(({ view, name }) => (
            <button
              type="button"
              key={view}
              aria-current={place.view === view ? "page" : undefined}
              onClick={() => go({ view, id: "", other: "" })}
            >
              {name}
            </button>
          ))}
        </nav>
      </header>
      {place.view === "session"
        ? <SessionView place={place} go={go} about={about} />
        : place.view === "compare"
        ? <Compare place={place} go={go} />
        : place.view === "moves"
        ? <Moves go={go} about={about} />
        : place.view === "configs"
        ? <Configs place={place} go={go} />
        : <Overview place={place} go={go} about={about} />}
    </>
  );
}

render(<App />, document.getElementById("app")!);
