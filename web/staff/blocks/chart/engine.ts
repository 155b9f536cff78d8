import { BarChart, LineChart, SankeyChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { init, use as register, type EChartsCoreOption, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

// The core brings neither: without AriaComponent a chart is an unnamed picture, and decals stay off.
register([BarChart, LineChart, SankeyChart, GridComponent, TitleComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

export type Option = EChartsCoreOption;

/** Draws into the element. `opened`: the name of the datum that was clicked. */
export function draw(element: HTMLElement, option: Option, opened: (name: string) => void): EChartsType {
  const chart = init(element);
  chart.setOption(option);
  chart.on('click', (event) => opened(event.name));
  return chart;
}
