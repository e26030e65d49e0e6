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
    // As wide as its longest number.
    const size = (plot, values) => 14 + 7 * Math.max(1, ...(values || []).map(text => String(text || '').length));
    return Object.assign(axis(unit, (plot, splits) => splits.map(short), size), {labelGap: 2, space: 34});
  }

  const fromNought = (plot, min, max) => [0, max > 0 ? max * 1.08 : 1];

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
    plots.push({plot, size, place});
  }

  function times(xs, width) {
    const days = xs[xs.length - 1] - xs[0] > DAY;
    const label = days ? 'time (UTC)' : 'time (UTC), ' + day(new Date(xs[0] * 1000));
    const x = axis(label, (plot, splits, i, space, step) => splits.map(s => clock(s, step, days)), 30);
    x.incrs = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, DAY, 2 * DAY, 7 * DAY,
      14 * DAY, 28 * DAY, 91 * DAY];
    x.space = 76;
    return x;
  }

  // A point stands for the seconds from its time on; the last one is repeated at its end, so that it has a width.
  const closed = values => values.concat(values.slice(-1));

  function bySecond(id, unit, lines, values, stepped) {
    const curve = figures.curve;
    const xs = [];
    for (let i = 0; i <= curve.granted.length; i++) {
      xs.push(curve.from + i * curve.width);
    }
    const wall = (plot, seconds) => seconds == null ? '' : day(new Date(seconds * 1000)) + ' ' + clock(seconds, 1, false);
    const paths = uPlot.paths.stepped({align: 1});
    draw(id, 220, {
      scales: {x: {time: false}, y: {range: fromNought}},
      axes: [times(xs, curve.width), valueAxis(unit)],
      series: [{label: 'time (UTC)', value: wall}].concat(lines.map(line => Object.assign({
        paths,
        width: 1.5,
        points: {show: false},
        value: (plot, value) => exact(value),
      }, line))),
      cursor: {
        sync: {key: 'sale'},
        y: false,
        points: {show: false},
        dataIdx: (plot, series, closest, x) => {
          const last = xs.length - 2;
          return Math.max(0, Math.min(last, xs[closest] > x ? closest - 1 : closest));
        },
      },
    }, [xs].concat(values.map(closed)));
  }

  function columns(id, unit, name, hue, labels, values, axisLabel, more) {
    const xs = labels.map((label, i) => i);
    const x = axis(axisLabel, (plot, splits) => splits.map(i => labels[i] == null ? '' : labels[i]), 30);
    const widest = 14 + 7 * Math.max(...labels.map(label => label.length));
    x.splits = plot => {
      const every = Math.max(1, Math.ceil(labels.length * widest / Math.max(120, plot.width - 80)));
      return xs.filter(i => i % every === 0);
    };
    x.grid = {show: false};
    draw(id, 240, {
      legend: {show: true},
      scales: {
        x: {time: false, range: () => [-0.6, labels.length - 0.4]},
        y: {range: (plot, min, max) => [0, max > 0 ? max * 1.18 : 1]},
      },
      axes: [x, valueAxis(unit)],
      series: [
        {label: axisLabel, value: (plot, i) => i == null ? '' : labels[i]},
        {
          label: name,
          stroke: ink(hue),
          fill: ink(hue),
          width: 0,
          paths: uPlot.paths.bars({size: [0.86, 90]}),
          points: {show: false},
          value: (plot, value) => exact(value),
        },
      ],
      cursor: {y: false, points: {show: false}, drag: {x: false, setScale: false}},
      hooks: {draw: [more]},
    }, [xs, values]);
  }

  function write(plot, text, x, y, align) {
    const context = plot.ctx;
    context.save();
    context.font = FONT.replace('12px', 12 * devicePixelRatio + 'px');
    context.fillStyle = colour('ink');
    context.textAlign = align;
    context.textBaseline = 'bottom';
    context.fillText(text, x, y);
    context.restore();
  }

  function markWaits(plot) {
    const names = ['half', '95 of 100', '99 of 100'];
    const context = plot.ctx;
    const {left, top, width, height} = plot.bbox;
    figures.waits.marks.forEach((bar, i) => {
      const x = Math.round(plot.valToPos(bar + 0.5, 'x', true));
      const line = top + (14 + 15 * i) * devicePixelRatio;
      context.save();
      context.strokeStyle = colour('mark');
      context.lineWidth = devicePixelRatio;
      context.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
      context.beginPath();
      context.moveTo(x, line - 12 * devicePixelRatio);
      context.lineTo(x, top + height);
      context.stroke();
      context.restore();
      const right = x > left + width * 0.6;
      const text = names[i] + ': ' + exact(figures.waits.milliseconds[i]) + ' ms';
      write(plot, text, x + (right ? -5 : 5) * devicePixelRatio, line, right ? 'right' : 'left');
    });
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
    columns('waits', 'winners', 'winners', 'waits', figures.waits.upTo.map(exact), figures.waits.count,
      'waited at most (milliseconds)', markWaits);
  }
  if (figures.fairness) {
    const shares = ['half', '95 of 100', '99 of 100', 'all'];
    columns('places', 'places', 'places lost at most', 'places', shares, figures.fairness.places, 'winners', heights);
    columns('millis', 'milliseconds', 'milliseconds lost at most', 'millis', shares, figures.fairness.millis, 'winners',
      heights);
  }

  const redraw = () => plots.forEach(({plot, size}) => plot.batch(() => { plot.setSize(size()); plot.redraw(); }));
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
