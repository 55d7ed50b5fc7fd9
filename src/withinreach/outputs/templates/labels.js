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
  var COUNTRY_SPACING = 1.5, HEIGHT = 14, ROOM_PER_PLACE = 11000, PATH_STEP = 10, MOST_TURN = 1.1;
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
      if (!gap) { spots = [[p.x - wide / 2, p.y], [p.x - wide / 2, p.y - 24], [p.x - wide / 2, p.y + 24]]; }
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
        var points = [], last = null;
        line.forEach(function (at) {
          var p = map.latLngToContainerPoint(at);
          if (last) {
            for (var n = Math.min(60, Math.ceil(p.distanceTo(last) / PATH_STEP)), i = 1; i <= n; i++) {
              points.push(L.point(last.x + (p.x - last.x) * i / n, last.y + (p.y - last.y) * i / n));
            }
          } else { points.push(p); }
          last = p;
        });
        var even = [points[0]];
        points.forEach(function (p) { if (p.distanceTo(even[even.length - 1]) >= PATH_STEP) { even.push(p); } });
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
    function turn(piece) {
      var sum = 0;
      for (var i = 2; i < piece.length; i++) {
        var a = Math.atan2(piece[i - 1].y - piece[i - 2].y, piece[i - 1].x - piece[i - 2].x);
        var b = Math.atan2(piece[i].y - piece[i - 1].y, piece[i].x - piece[i - 1].x);
        sum += Math.abs(Math.atan2(Math.sin(b - a), Math.cos(b - a)));
      }
      return sum;
    }
    function writeAlong(one, piece, number) {
      var path = document.createElementNS(NS, "path"), text = document.createElementNS(NS, "text");
      var run = document.createElementNS(NS, "textPath");
      path.setAttribute("id", "run" + number);
      path.setAttribute("fill", "none");
      path.setAttribute("d", "M" + piece.map(function (p) { return p.x.toFixed(1) + " " + p.y.toFixed(1); }).join("L"));
      text.setAttribute("class", "ring");
      text.setAttribute("dy", ".35em");
      text.style.fill = one.colour;
      run.setAttribute("href", "#run" + number);
      run.setAttribute("startOffset", "50%");
      run.textContent = one.text;
      text.appendChild(run);
      svg.append(path, text);
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
