"use strict";
// Names on the map: each looks for room beside its mark, in order of rank, and waits for more zoom
// when there is none. Ring labels run along their ring.
function labelPlacer(map, isShown) {
  var NS = "http://www.w3.org/2000/svg";
  var FONTS = {
    target: "700 14px system-ui, sans-serif", origin: "italic 600 13px system-ui, sans-serif",
    ring: "600 12px system-ui, sans-serif", country: "500 11px system-ui, sans-serif",
    capital: "600 12px system-ui, sans-serif", place: "400 11px system-ui, sans-serif"
  };
  var COUNTRY_SPACING = 1.5, HEIGHT = 14, ROOM_PER_PLACE = 11000, PATH_STEP = 10, MOST_TURN = 1.7;
  var pane = map.createPane("labels");
  pane.style.zIndex = 620;
  pane.style.pointerEvents = "none";
  var svg = document.createElementNS(NS, "svg");
  svg.setAttribute("class", "labels");
  svg.setAttribute("aria-hidden", "true");
  pane.appendChild(svg);
  var pen = document.createElement("canvas").getContext("2d"), labels = [], dots = [];

  function width(kind, text) {
    pen.font = FONTS[kind];
    return pen.measureText(text).width + (kind === "country" ? COUNTRY_SPACING * text.length : 0);
  }

  function place() {
    var frame = map.getSize(), origin = map.containerPointToLayerPoint([0, 0]);
    var taken = [], marks = [], left = Math.max(6, Math.round(frame.x * frame.y / ROOM_PER_PLACE)), count = 0;
    svg.replaceChildren();
    svg.style.display = "";
    svg.setAttribute("width", frame.x);
    svg.setAttribute("height", frame.y);
    L.DomUtil.setPosition(svg, origin);

    function take(x0, y0, x1, y1) { taken.push([x0, y0, x1, y1]); }
    function inFrame(x0, y0, x1, y1) { return x0 > 2 && y0 > 2 && x1 < frame.x - 2 && y1 < frame.y - 2; }
    function free(x0, y0, x1, y1) {
      return inFrame(x0, y0, x1, y1) && !taken.some(function (box) {
        return x0 < box[2] && x1 > box[0] && y0 < box[3] && y1 > box[1];
      });
    }
    function covered(x0, y0, x1, y1) {
      return marks.filter(function (p) { return p.x > x0 - 2 && p.x < x1 + 2 && p.y > y0 + 1 && p.y < y1 - 1; }).length;
    }
    var base = map.getContainer().getBoundingClientRect();
    map.getContainer().querySelectorAll(".leaflet-control").forEach(function (control) {
      var box = control.getBoundingClientRect();
      take(box.left - base.left - 3, box.top - base.top - 3, box.right - base.left + 3, box.bottom - base.top + 3);
    });
    labels.forEach(function (one) {
      if (!one.pin) { return; }
      var p = map.latLngToContainerPoint(one.at);
      take(p.x - one.pin, p.y - one.pin, p.x + one.pin, p.y + one.pin);
    });
    dots.forEach(function (dot) {
      if (!isShown(dot)) { return; }
      var p = map.latLngToContainerPoint(dot.at);
      if (inFrame(p.x, p.y, p.x, p.y)) { marks.push(p); }
    });

    function write(one, x, y) {
      var text = document.createElementNS(NS, "text");
      text.setAttribute("class", one.kind);
      text.setAttribute("x", x.toFixed(1));
      text.setAttribute("y", y.toFixed(1));
      text.setAttribute("dy", ".35em");
      if (one.colour) { text.style.fill = one.colour; }
      text.textContent = one.text;
      svg.appendChild(text);
    }

    // Beside the mark: right, left, above, below; the place that hides the fewest marks.
    function beside(one, wide) {
      var p = map.latLngToContainerPoint(one.at), gap = one.gap, half = HEIGHT / 2;
      var spots = [[p.x + gap, p.y], [p.x - gap - wide, p.y], [p.x - wide / 2, p.y - gap - half], [p.x - wide / 2, p.y + gap + half]];
      if (!gap) { spots = [0, -18, 18, -36, 36, -54, 54].map(function (dy) { return [p.x - wide / 2, p.y + dy]; }); }
      return best(spots, wide, one.kind === "place" ? 1 : 9);
    }
    function best(spots, wide, mostHidden) {
      var found = null, least = mostHidden + 0.5;
      spots.forEach(function (spot) {
        var box = [spot[0] - 1, spot[1] - HEIGHT / 2, spot[0] + wide + 1, spot[1] + HEIGHT / 2];
        if (!free.apply(null, box)) { return; }
        var hidden = covered.apply(null, box);
        if (hidden < least) { least = hidden; found = spot; }
      });
      return found;
    }

    function country(one, wide) {
      var pixels = Math.abs(map.latLngToContainerPoint([0, one.width]).x - map.latLngToContainerPoint([0, 0]).x);
      if (pixels < wide * 0.45) { return null; }
      return best(one.points.map(function (at) {
        var p = map.latLngToContainerPoint(at);
        return [p.x - wide / 2, p.y];
      }), wide, 4);
    }

    // Along a ring, where its line bends little: as high on the map as there is room.
    function along(one, wide) {
      var found = null, highest = Infinity;
      one.lines().forEach(function (line) {
        var even = evenly(line.map(function (at) { return map.latLngToContainerPoint(at); }));
        var need = Math.ceil((wide + 12) / PATH_STEP);
        for (var start = 0; start + need < even.length; start += 2) {
          var middle = even[start + (need >> 1)];
          if (middle.y >= highest) { continue; }
          var piece = even.slice(start, start + need + 1);
          if (turn(piece) > MOST_TURN || !piece.every(function (p) { return free(p.x - 7, p.y - 7, p.x + 7, p.y + 7); })) { continue; }
          highest = middle.y;
          found = piece;
        }
      });
      return found && found[0].x > found[found.length - 1].x ? found.reverse() : found;
    }
    // Points every PATH_STEP px along a line; steps far longer than any screen are not walked.
    function evenly(line) {
      var even = [line[0]], due = PATH_STEP, last = line[0];
      line.forEach(function (p) {
        var length = p.distanceTo(last);
        if (length > 4000) { due = PATH_STEP; length = 0; even.push(p); }
        for (; due <= length; due += PATH_STEP) {
          even.push(L.point(last.x + (p.x - last.x) * due / length, last.y + (p.y - last.y) * due / length));
        }
        due -= length;
        last = p;
      });
      return even;
    }
    function turn(piece) {
      var sum = 0;
      for (var i = 2; i < piece.length; i++) {
        var a = Math.atan2(piece[i - 1].y - piece[i - 2].y, piece[i - 1].x - piece[i - 2].x);
        var b = Math.atan2(piece[i].y - piece[i - 1].y, piece[i].x - piece[i - 1].x);
        sum += Math.abs(Math.atan2(Math.sin(b - a), Math.cos(b - a)));
      }
      return sum;
    }
    // A smooth line through the middles of its steps, so that the letters stand even.
    function curve(piece) {
      function xy(p) { return p.x.toFixed(1) + " " + p.y.toFixed(1); }
      var d = "M" + xy(piece[0]);
      for (var i = 1; i < piece.length - 1; i += 1) { d += "Q" + xy(piece[i]) + " " + xy(piece[i].add(piece[i + 1]).divideBy(2)); }
      return d + "L" + xy(piece[piece.length - 1]);
    }
    function writeAlong(one, piece, number) {
      var path = document.createElementNS(NS, "path");
      path.setAttribute("id", "run" + number);
      path.setAttribute("fill", "none");
      path.setAttribute("d", curve(piece));
      svg.appendChild(path);
      // Letters on a path are painted one by one: the halo goes first, or it would eat into them.
      ["ring halo", "ring"].forEach(function (name) {
        var text = document.createElementNS(NS, "text"), run = document.createElementNS(NS, "textPath");
        text.setAttribute("class", name);
        text.setAttribute("dy", ".35em");
        text.style.fill = one.colour;
        run.setAttribute("href", "#run" + number);
        run.setAttribute("startOffset", "50%");
        run.textContent = one.text;
        text.appendChild(run);
        svg.appendChild(text);
      });
      piece.forEach(function (p) { take(p.x - 7, p.y - 7, p.x + 7, p.y + 7); });
    }

    labels.forEach(function (one, number) {
      if (!isShown(one) || (one.kind === "place" && count >= left)) { return; }
      var wide = width(one.kind, one.text);
      if (one.kind === "ring") {
        var piece = along(one, wide);
        if (piece) { writeAlong(one, piece, number); }
        return;
      }
      var spot = one.kind === "country" ? country(one, wide) : beside(one, wide);
      if (!spot) { return; }
      if (one.kind === "place") { count += 1; }
      take(spot[0] - 3, spot[1] - HEIGHT / 2, spot[0] + wide + 3, spot[1] + HEIGHT / 2);
      write(one, spot[0], spot[1]);
    });
  }

  map.on("zoomstart", function () { svg.style.display = "none"; });
  map.on("zoomend moveend resize", place);
  return {
    add: function (label) { labels.push(label); },
    avoid: function (dot) { dots.push(dot); },
    place: function () { labels.sort(function (a, b) { return a.rank - b.rank; }); place(); }
  };
}
