(() => {
  'use strict';
  const figures = JSON.parse(document.getElementById('figures').textContent);
  const root = document.documentElement;
  const plots = [];
  const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif';
  const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  const DAY = 86400;
  // What is printed on a sheet that is 210 mm wide, with its margins.
  const SHEET = 680;

  const colour = name => getComputedStyle(root).getPropertyValue('--' + name).trim();
  const ink = name => () => colour(name);
  const two = n => String(n).padStart(2, '0');
  const exact = n => n == null ? '' : n.toLocaleString('en-US', {maximumFractionDigits: 2});
  const short = n => n == null ? '' : Math.abs(n) < 10000
    ? exact(n)
    : n.toLocaleString('en-US', {notation: 'compact', maximumFractionDigits: 2});

  const day = date => date.getUTCDate() + ' ' + MONTHS[date.getUTCMonth()];

  function clock(seconds, step, severalDays) {
    const date = new Date(seconds * 1000);
    if (step >= DAY || severalDays && seconds % DAY === 0) {
      return day(date);
    }
    const minutes = two(date.getUTCHours()) + ':' + two(date.getUTCMinutes());
    return step < 60 ? minutes + ':' + two(date.getUTCSeconds()) : minutes;
  }

  function axis(label, values, size) {
    return {
      label, values, size,
      stroke: ink('faint'),
      font: FONT,
      labelFont: FONT,
      labelSize: 18,
      gap: 4,
      grid: {stroke: ink('grid'), width: 1},
      ticks: {stroke: ink('line'), width: 1, size: 4},
    };
  }

  function valueAxis(unit) {
    // As wide as its longest number, and as that of the chart above it where both are short.
    const size = (plot, values) => Math.max(58, 16 + 7 * Math.max(...(values || ['']).map(text => String(text).length)));
    return Object.assign(axis(unit, (plot, splits) => splits.map(short), size), {labelGap: 2, space: 34});
  }

  function draw(id, height, options, data) {
    const place = document.getElementById(id);
    if (!place) {
      return;
    }
    const size = () => ({width: root.dataset.paper ? SHEET : Math.max(240, place.clientWidth), height});
    options.hooks = Object.assign({}, options.hooks, {
      draw: [...(options.hooks && options.hooks.draw || []), () => { place.dataset.drawn = data[0].length; }],
    });
    const plot = new uPlot(Object.assign(size(), options), data, place);
    plots.push({plot, size});
  }

  function times(xs) {
    const days = xs[xs.length - 1] - xs[0] > DAY;
    const label = days ? 'time (UTC)' : 'time (UTC), ' + day(new Date(xs[0] * 1000));
    const x = axis(label, (plot, splits, i, space, step) => splits.map(s => clock(s, step, days)), 30);
    x.incrs = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, DAY, 2 * DAY, 7 * DAY,
      14 * DAY, 28 * DAY, 91 * DAY];
    x.space = 76;
    return x;
  }

  // Steps from one edge to the next; the last one is given its width by its value being repeated at its end.
  const closed = values => values.concat(values.slice(-1));

  function steps(id, height, edges, x, unit, lines, values, legend, more) {
    const paths = uPlot.paths.stepped({align: 1});
    draw(id, height, {
      scales: {x: {time: false}, y: {range: (plot, min, max) => [0, max > 0 ? max * more.room : 1]}},
      axes: [x, valueAxis(unit)],
      series: [legend].concat(lines.map(line => Object.assign({
        paths,
        width: 1.5,
        points: {show: false},
        value: (plot, value) => exact(value),
      }, line))),
      cursor: Object.assign({
        y: false,
        points: {show: false},
        dataIdx: (plot, series, closest, at) =>
          Math.max(0, Math.min(edges.length - 2, edges[closest] > at ? closest - 1 : closest)),
      }, more.cursor),
      hooks: {draw: more.draw},
    }, [edges].concat(values.map(closed)));
  }

  function bySecond(id, unit, lines, values) {
    const curve = figures.curve;
    const edges = [];
    for (let i = 0; i <= curve.granted.length; i++) {
      edges.push(curve.from + i * curve.width);
    }
    const wall = (plot, seconds) => seconds == null ? '' : day(new Date(seconds * 1000)) + ' ' + clock(seconds, 1, false);
    steps(id, 220, edges, times(edges), unit, lines, values, {label: 'time (UTC)', value: wall},
      {room: 1.08, cursor: {sync: {key: 'sale'}}, draw: []});
  }

  function columns(id, unit, hue, values) {
    const shares = ['half', '95 %', '99 %', 'all'];
    const xs = shares.map((share, i) => i);
    const x = axis('winners', () => shares, 30);
    x.splits = () => xs;
    x.grid = {show: false};
    draw(id, 240, {
      legend: {show: false},
      scales: {
        x: {time: false, range: () => [-0.6, shares.length - 0.4]},
        y: {range: (plot, min, max) => [0, max > 0 ? max * 1.18 : 1]},
      },
      axes: [x, valueAxis(unit)],
      series: [{}, {
        stroke: ink(hue),
        fill: ink(hue),
        width: 0,
        paths: uPlot.paths.bars({size: [0.8, 90]}),
        points: {show: false},
      }],
      cursor: {show: false},
      hooks: {draw: [heights]},
    }, [xs, values]);
  }

  function write(plot, text, x, y, align) {
    const context = plot.ctx;
    context.save();
    context.font = FONT.replace('12px', 12 * devicePixelRatio + 'px');
    context.textAlign = align;
    context.textBaseline = 'bottom';
    // Nothing is written across a line.
    const width = context.measureText(text).width;
    const left = align === 'center' ? x - width / 2 : align === 'right' ? x - width : x;
    context.fillStyle = colour('paper');
    context.fillRect(left - 2, y - 14 * devicePixelRatio, width + 4, 14 * devicePixelRatio);
    context.fillStyle = colour('ink');
    context.fillText(text, x, y);
    context.restore();
  }

  function markWaits(plot) {
    const names = ['half', '95 of 100', '99 of 100'];
    const context = plot.ctx;
    const {left, top, width, height} = plot.bbox;
    const marks = names.map((name, i) => {
      const x = Math.round(plot.valToPos(figures.waits.milliseconds[i] + 0.5, 'x', true));
      return {x, y: top + (16 + 17 * i) * devicePixelRatio, right: x > left + width * 0.55,
        text: name + ': ' + exact(figures.waits.milliseconds[i]) + ' ms'};
    }).filter(mark => mark.x >= left && mark.x <= left + width);
    context.save();
    context.strokeStyle = colour('mark');
    context.lineWidth = devicePixelRatio;
    context.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
    for (const mark of marks) {
      context.beginPath();
      context.moveTo(mark.x, mark.y - 12 * devicePixelRatio);
      context.lineTo(mark.x, top + height);
      context.stroke();
    }
    context.restore();
    for (const mark of marks) {
      write(plot, mark.text, mark.x + (mark.right ? -6 : 6) * devicePixelRatio, mark.y, mark.right ? 'right' : 'left');
    }
  }

  function byWait() {
    const waits = figures.waits;
    const edges = waits.from.slice(0, waits.drawn);
    edges.push(waits.upTo[waits.drawn - 1] + 1);
    const x = axis('milliseconds from arrival to answer', (plot, splits) => splits.map(exact), 30);
    x.incrs = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6, 1e7, 1e8, 1e9];
    x.space = 56;
    const range = (plot, value, series, i) => i == null || waits.from[i] == null ? ''
      : waits.from[i] === waits.upTo[i] ? exact(waits.from[i]) : exact(waits.from[i]) + ' to ' + exact(waits.upTo[i]);
    steps('waits', 260, edges, x, 'winners per millisecond', [{
      label: 'winners',
      stroke: ink('waits'),
      fill: ink('waits'),
      value: (plot, value, series, i) => i == null ? '' : exact(waits.count[i]),
    }], [waits.perMilli.slice(0, waits.drawn)], {label: 'waited (ms)', value: range}, {room: 1.3, draw: [markWaits]});
  }

  const heights = plot => plot.data[1].forEach((value, i) =>
    write(plot, exact(value), plot.valToPos(i, 'x', true), plot.valToPos(value, 'y', true) - 3 * devicePixelRatio,
      'center'));

  if (figures.curve) {
    const curve = figures.curve;
    const mean = curve.width === 1 ? '' : ' (mean)';
    bySecond('grabs', 'grabs per second', [{label: 'grabs per second' + mean, stroke: ink('grabs'), fill: ink('grabs')}],
      [curve.granted]);
    if (curve.remaining) {
      bySecond('remaining', 'tickets', [{label: 'tickets remaining', stroke: ink('remaining'), width: 2}],
        [curve.remaining]);
      bySecond('stock', 'tickets', [
        {
          label: 'remaining',
          stroke: ink('left'),
          fill: ink('left'),
          value: (plot, sum, series, i) => i == null || sum == null ? '' : exact(sum - plot.data[2][i]),
        },
        {label: 'granted', stroke: ink('granted'), fill: ink('granted')},
        {label: 'stock', stroke: ink('ink'), width: 1.5, dash: [6, 4]},
      ], [curve.remaining.map((left, i) => left + curve.givenOut[i]), curve.givenOut, curve.stock]);
    }
    bySecond('requests', 'requests per second', [
      {label: 'requests per second' + mean, stroke: ink('requests'), fill: ink('requests')},
      {label: 'of these refused' + mean, stroke: ink('refused')},
    ], [curve.requests, curve.refused]);
  }
  if (figures.waits) {
    byWait();
  }
  if (figures.fairness) {
    columns('places', 'places', 'places', figures.fairness.places);
    columns('millis', 'milliseconds', 'millis', figures.fairness.millis);
  }

  // The library gives the marks of its legend their colours once.
  function recolour(plot) {
    plot.root.querySelectorAll('.u-series').forEach((row, i) => {
      const mark = row.querySelector('.u-marker');
      if (mark) {
        const line = plot.series[i];
        mark.style.borderColor = line.stroke(plot, i);
        mark.style.backgroundColor = line.fill ? line.fill(plot, i) : '';
      }
    });
  }

  const redraw = () => plots.forEach(({plot, size}) => {
    plot.batch(() => { plot.setSize(size()); plot.redraw(); });
    recolour(plot);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  let before = root.clientWidth;
  addEventListener('resize', () => {
    if (root.clientWidth !== before) {
      before = root.clientWidth;
      redraw();
    }
  });
  addEventListener('beforeprint', () => { root.dataset.paper = 'yes'; redraw(); });
  addEventListener('afterprint', () => { delete root.dataset.paper; redraw(); });
})();
