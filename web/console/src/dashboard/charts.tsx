// The picture of the top matters. Its numbers stand in it as text; who cannot see it has them from its description.
import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsCoreOption } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Overview } from "../api/types";
import { Empty } from "../parts/states";
import { ACCENT } from "../theme/tokens";
import { casesOf } from "./figures";

use([BarChart, GridComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

const INK = "#566273";
const TOP = 10;

function Chart({ option, height, onPick }: { option: EChartsCoreOption; height: number; onPick?: (at: number) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  useEffect(() => {
    if (!box.current) return;
    const chart = init(box.current, null, { renderer: "canvas" });
    const sizes = new ResizeObserver(() => chart.resize());
    sizes.observe(box.current);
    chart.on("click", ({ dataIndex }) => pick.current?.(dataIndex));
    chart.setOption({ aria: { enabled: true }, animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: INK }, ...option });
    return () => {
      sizes.disconnect();
      chart.dispose();
    };
  }, [option]);
  return <div ref={box} style={{ height }} />;
}

function topOption(rows: Overview["top_matters"]): EChartsCoreOption {
  return {
    grid: { left: 8, right: 48, top: 4, bottom: 4, containLabel: true },
    xAxis: { type: "value", show: false },
    yAxis: {
      type: "category",
      inverse: true,
      data: rows.map(({ matter }) => matter),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: "#1b2430", fontSize: 13, width: 140, overflow: "truncate" },
    },
    tooltip: { trigger: "item", renderMode: "richText" },
    series: [
      {
        type: "bar",
        data: rows.map(({ count }) => count),
        barWidth: 14,
        cursor: "pointer",
        itemStyle: { color: ACCENT, borderRadius: 3 },
        label: { show: true, position: "right", color: INK },
      },
    ],
  };
}

export default function Charts({ data, drill }: { data: Overview; drill: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const top = data.top_matters.slice(0, TOP);
  const topped = useStable(top, topOption);
  const pick = (at: number) => {
    const one = top[at];
    if (one && drill) void navigate(casesOf(data, { matter: one.matter }));
  };
  return (
    <section className="panel" aria-label={t("dashboard.top")}>
      <h2>{t("dashboard.top")}</h2>
      {top.length === 0 ? <Empty title={t("dashboard.none")} /> : <Chart option={topped} height={top.length * 30 + 16} onPick={pick} />}
    </section>
  );
}

/** The same option as long as the same numbers go in, so that a refresh without news redraws nothing. */
function useStable<T>(from: T, make: (from: T) => EChartsCoreOption): EChartsCoreOption {
  const held = useRef<{ key: string; option: EChartsCoreOption } | null>(null);
  const key = JSON.stringify(from);
  if (held.current?.key !== key) held.current = { key, option: make(from) };
  return held.current.option;
}
