/** @jsxImportSource preact */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import * as api from "./api.ts";
import { Compare } from "./compare.tsx";
import { Moves } from "./moves.tsx";
import { Overview } from "./overview.tsx";
import { usePlace } from "./place.ts";
import { SessionView } from "./session.tsx";
import { count } from "./words.ts";

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
        <span class="source">{about.caption} · {count(about.total)} sessions</span>
        <nav aria-label="Views">
          <button
            type="button"
            aria-current={place.view === "sessions" ? "page" : undefined}
            onClick={() => go({ view: "sessions", id: "" })}
          >
            sessions
          </button>
          <button
            type="button"
            aria-current={place.view === "moves" ? "page" : undefined}
            onClick={() => go({ view: "moves", id: "" })}
          >
            what moves
          </button>
        </nav>
      </header>
      {place.view === "session"
        ? <SessionView place={place} go={go} about={about} />
        : place.view === "compare"
        ? <Compare place={place} go={go} />
        : place.view === "moves"
        ? <Moves go={go} />
        : <Overview place={place} go={go} about={about} />}
    </>
  );
}

render(<App />, document.getElementById("app")!);
