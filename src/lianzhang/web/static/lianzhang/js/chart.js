// Draws the charts of a page from the numbers that stand beside their tables as JSON.
//
// The table is in the page already; a drawing only ever takes its place on screen. Two settings keep
// the strict content policy whole: the SVG renderer, and tooltips as rich text instead of HTML
// (ECharts' default tooltip writes style attributes, which `style-src 'self'` forbids).

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const shades = ["--accent", "--planned", "--sure", "--unsure", "--damaged"];

const narrow = (width) => width < 520;

function barOption(data, label, width) {
  const text = { color: token("--ink"), fontFamily: token("--font-text"), fontSize: 13 };
  const soft = { ...text, color: token("--ink-soft") };
  // Room to the right of the longest bar for its words.
  const room = narrow(width) ? 1.9 : 1.35;
  const several = data.series.length > 1;
  return {
    animation: false,
    textStyle: text,
    color: shades.map(token),
    aria: { enabled: true, label: { description: label }, decal: { show: several } },
    grid: { left: 8, right: 24, top: several ? 36 : 8, bottom: data.axis_name ? 32 : 8, containLabel: true },
    legend: { show: several, left: 0, top: 0, itemWidth: 18, itemHeight: 12, textStyle: soft, selectedMode: false },
    tooltip: {
      trigger: "item",
      renderMode: "richText",
      confine: true,
      borderColor: token("--rule-strong"),
      textStyle: text,
      formatter: (point) => `${point.name}\n${point.data.said}`,
    },
    xAxis: {
      type: "value",
      name: data.axis_name,
      nameLocation: "middle",
      nameGap: 28,
      nameTextStyle: soft,
      max: (range) => Math.max(0, range.max * room),
      min: (range) => Math.min(0, range.min * room),
      axisLabel: { ...soft, formatter: (value) => `${value}${data.axis_unit}`, hideOverlap: true, showMaxLabel: false },
      splitLine: { showMaxLine: false, lineStyle: { color: token("--rule") } },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: data.categories,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: token("--rule-strong") } },
      axisLabel: { ...text, width: Math.min(220, width * 0.32), overflow: "break" },
    },
    series: data.series.map((series) => ({
      name: series.name,
      type: "bar",
      stack: "one bar a category",
      barMaxWidth: 26,
      label: { show: true, position: "right", formatter: (point) => point.data?.lines?.join(narrow(width) ? "\n" : " ") ?? "", width: narrow(width) ? 110 : 320, overflow: "break", ...text },
      data: series.points,
    })),
  };
}

function draw(chart) {
  const data = JSON.parse(document.getElementById(chart.dataset.chartJson)?.textContent ?? "null");
  const place = chart.querySelector("[data-chart-drawing]");
  if (!data || data.categories.length === 0) return;
  place.hidden = false;
  const drawing = window.echarts.init(place, null, { renderer: "svg" });
  drawing.setOption(barOption(data, place.getAttribute("aria-label"), place.clientWidth));
  new ResizeObserver(() => drawing.resize()).observe(place);
  // Drawing and table together need room; a small screen begins with the drawing.
  const first = chart.dataset.chartFirst;
  show(chart, first === "both" && narrow(place.clientWidth) ? "drawing" : first);
  const choice = chart.querySelector("[data-chart-switch]");
  choice.hidden = false;
  choice.addEventListener("click", (event) => {
    const wanted = event.target.closest("[data-chart-show]")?.dataset.chartShow;
    if (wanted) show(chart, wanted);
  });
}

function show(chart, wanted) {
  chart.querySelector("[data-chart-drawing]").hidden = wanted === "table";
  chart.querySelector("[data-chart-table]").hidden = wanted === "drawing";
  for (const button of chart.querySelectorAll("[data-chart-show]")) {
    button.setAttribute("aria-pressed", String(button.dataset.chartShow === wanted));
  }
}

if (window.echarts) {
  for (const chart of document.querySelectorAll("[data-chart]")) {
    try {
      draw(chart);
    } catch (error) {
      // A drawing that fails leaves its table, and the others, as they are.
      show(chart, "table");
      reportError(error);
    }
  }
}
