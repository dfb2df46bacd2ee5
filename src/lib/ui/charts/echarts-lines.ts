/** The parts of ECharts that draw lines, and no others: loaded when a chart is asked for. */
import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, TooltipComponent, MarkLineComponent, AriaComponent, LabelLayout, CanvasRenderer]);

export { init };
