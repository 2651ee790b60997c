// Where the script stands, drawn small; and the same as a list, for the keyboard and for screen readers.
import dagre from "@dagrejs/dagre";
import { Background, ReactFlow, type Edge, type Node } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScriptDialog, ThreadScript } from "../api/types";
import "./mini-graph.css";

const WIDTH = 148;
const HEIGHT = 44;

function laidOut(dialog: ScriptDialog, at: string, chosen: string): { nodes: Node[]; edges: Edge[] } {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 22, ranksep: 34, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of dialog.states) graph.setNode(id, { width: WIDTH, height: HEIGHT });
  const known = new Set(dialog.states.map(({ id }) => id));
  const drawn = dialog.edges.filter(({ from, to }) => known.has(from) && known.has(to));
  for (const { from, to } of drawn) graph.setEdge(from, to);
  dagre.layout(graph);
  const nodes = dialog.states.map(({ id, title }) => {
    const { x, y } = graph.node(id);
    return {
      id,
      position: { x: x - WIDTH / 2, y: y - HEIGHT / 2 },
      data: { label: <span>{title}</span> },
      width: WIDTH,
      height: HEIGHT,
      className: `state-node${id === at ? " state-at" : ""}${id === chosen ? " state-chosen" : ""}`,
      ariaLabel: title,
    };
  });
  // What their labels say is the script's own shorthand, which means nothing to who serves.
  const edges = drawn.map(({ from, to }, i) => ({ id: `${i}`, source: from, target: to }));
  return { nodes, edges };
}

interface Props {
  script: ThreadScript;
  /** With these the reader chooses a state. */
  chosen?: { dialog: string; state: string } | null;
  onChoose?: (dialog: string, state: string) => void;
}

export default function MiniGraph({ script, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const [listed, setListed] = useState(false);
  const name = chosen?.dialog || script.at.dialog;
  const dialog = script.dialogs.find(({ id }) => id === name) ?? script.dialogs[0];
  const at = dialog?.id === script.at.dialog ? script.at.state : "";
  const picked = chosen?.dialog === dialog?.id ? (chosen?.state ?? "") : "";
  const drawn = useMemo(() => (dialog ? laidOut(dialog, at, picked) : null), [dialog, at, picked]);
  const [flow, setFlow] = useState<{ fitView: (options: object) => unknown } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!flow || !box.current) return;
    const near = picked || at;
    const fit = () => void flow.fitView({ maxZoom: 0.75, minZoom: 0.5, duration: 0, ...(near ? { nodes: [{ id: near }] } : {}) });
    // Also when the pane around it comes into sight.
    const sizes = new ResizeObserver(fit);
    sizes.observe(box.current);
    return () => sizes.disconnect();
  }, [flow, picked, at]);
  if (!dialog || !drawn) return null;
  return (
    <div role="group" className="mini" aria-label={t("graph.label", { title: dialog.title })}>
      <header>
        <b>{dialog.title}</b>
        <button type="button" aria-pressed={listed} onClick={() => setListed(!listed)}>
          {t(listed ? "graph.as_graph" : "graph.as_list")}
        </button>
      </header>
      {listed ? (
        <ol className="mini-list">
          {dialog.states.map(({ id, title }) => (
            <li key={id} aria-current={id === at ? "step" : undefined} className={id === picked ? "picked" : ""}>
              {onChoose ? (
                <button type="button" onClick={() => onChoose(dialog.id, id)}>
                  {title}
                </button>
              ) : (
                title
              )}
              {id === at && <span className="tag tag-accent">{t("graph.here")}</span>}
            </li>
          ))}
        </ol>
      ) : (
        <div ref={box} className="mini-flow">
          <ReactFlow
            {...drawn}
            fitView
            fitViewOptions={{ maxZoom: 0.75, ...(at ? { nodes: [{ id: picked || at }] } : {}) }}
            minZoom={0.2}
            maxZoom={1.4}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={onChoose !== undefined}
            edgesFocusable={false}
            elementsSelectable={onChoose !== undefined}
            zoomOnScroll={false}
            preventScrolling={false}
            onInit={setFlow}
            onNodeClick={(_, node) => onChoose?.(dialog.id, node.id)}
            proOptions={{ hideAttribution: true }}
          >
            <Background gap={16} size={1} />
          </ReactFlow>
        </div>
      )}
    </div>
  );
}
