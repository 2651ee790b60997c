// The two pictures: top matters, and who answered. The numbers stand beside them as text for those who cannot see them.
import { BarChart, PieChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsCoreOption } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Overview } from "../api/types";
import { Empty } from "../parts/states";
import { ACCENT } from "../theme/tokens";
import { casesOf, percent } from "./figures";

use([BarChart, PieChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

const INK = "#566273";
const QUIET = "#c3cddb";
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

function shareOption(bot: number, people: number, names: [string, string]): EChartsCoreOption {
  return {
    tooltip: { trigger: "item", renderMode: "richText" },
    legend: { bottom: 0, icon: "circle", itemWidth: 8, textStyle: { color: INK } },
    series: [
      {
        type: "pie",
        radius: ["58%", "80%"],
        center: ["50%", "44%"],
        itemStyle: { borderColor: "#fff", borderWidth: 2 },
        label: { show: false },
        data: [
          { name: names[0], value: bot, itemStyle: { color: ACCENT } },
          { name: names[1], value: people, itemStyle: { color: QUIET } },
        ],
      },
    ],
  };
}

export default function Charts({ data, drill }: { data: Overview; drill: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const top = data.top_matters.slice(0, TOP);
  const { bot, handed_over } = data.self_service ?? { bot: 0, handed_over: 0 };
  const share = percent(bot, bot + handed_over);
  const topped = useStable(top, topOption);
  const shared = useStable({ bot, handed_over, names: [t("dashboard.by_bot"), t("dashboard.handed_over")] as [string, string] }, (one) => shareOption(one.bot, one.handed_over, one.names));
  const pick = (at: number) => {
    const one = top[at];
    if (one && drill) void navigate(casesOf(data, { matter: one.matter }));
  };
  return (
    <div className={`charts${data.self_service ? "" : " charts-one"}`}>
      <section className="panel" aria-label={t("dashboard.top")}>
        <h2>{t("dashboard.top")}</h2>
        {top.length === 0 ? <Empty title={t("dashboard.none")} /> : <Chart option={topped} height={top.length * 30 + 16} onPick={pick} />}
      </section>
      {data.self_service && (
        <section className="panel" aria-label={t("dashboard.self_service")}>
          <h2>{t("dashboard.self_service")}</h2>
          <p className="share-words">
            <b>{share ?? "—"}</b> {t("dashboard.self_service_definition")}
          </p>
          {bot + handed_over > 0 && <Chart option={shared} height={220} />}
        </section>
      )}
    </div>
  );
}

/** The same option as long as the same numbers go in, so that a refresh without news redraws nothing. */
function useStable<T>(from: T, make: (from: T) => EChartsCoreOption): EChartsCoreOption {
  const held = useRef<{ key: string; option: EChartsCoreOption } | null>(null);
  const key = JSON.stringify(from);
  if (held.current?.key !== key) held.current = { key, option: make(from) };
  return held.current.option;
}
