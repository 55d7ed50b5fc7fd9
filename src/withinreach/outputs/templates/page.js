"use strict";
// Draws the data of the page on folium's map and its layers.
function withinreach(map, layers, data) {
  // Leaflet rounds to whole pixels, which makes a finely drawn ring look jagged.
  map.latLngToLayerPoint = function (at) { return this.project(L.latLng(at)).subtract(this.getPixelOrigin()); };
  // The limits first as an option: set on a map that is elsewhere they would start a glide.
  map.options.maxBounds = L.latLngBounds([-85, data.most[0]], [85, data.most[1]]);
  map.fitBounds(data.view, { padding: [14, 14], animate: false });
  map.setMaxBounds(map.options.maxBounds);
  data.shown.forEach(function (key) { map.addLayer(layers[key]); });
  map.createPane("land").style.zIndex = 200;
  map.attributionControl.setPrefix(false).addAttribution("Natural Earth, GeoNames");
  var onLand = L.svg({ pane: "land", padding: 0.6 }), svg = L.svg({ padding: 0.4 }), canvas = L.canvas({ padding: 0.4 });
  svg.addTo(map);

  // Whole numbers, each point as the step from the one before: see drawable.packed.
  function unpack(packed) {
    var scale = packed[0];
    return packed[1].map(function (part) {
      return part.map(function (steps) {
        var lat = 0, lon = 0, line = [];
        for (var i = 0; i < steps.length; i += 2) {
          lat += steps[i];
          lon += steps[i + 1];
          line.push([lat / scale, lon / scale]);
        }
        return line;
      });
    });
  }
  function lines(packed) { return unpack(packed).flat(); }
  // The outline of areas without the lines on which they are only cut: ±180°, the poles, the frame.
  function outline(areas) {
    function cutAt(a, b) {
      var onMeridian = a[1] === b[1] && ((a[1] - 180) % 360 === 0 || a[1] <= data.frame[0] + 0.01 || a[1] >= data.frame[2] - 0.01);
      return onMeridian || (Math.abs(a[0]) >= 84.99 && Math.abs(b[0]) >= 84.99) || (a[0] === b[0] && (a[0] <= data.frame[1] + 0.01 || a[0] >= data.frame[3] - 0.01));
    }
    return areas.flat().flatMap(function (line) {
      var runs = [[]];
      line.forEach(function (at, i) {
        if (i && cutAt(line[i - 1], at)) { runs.push([]); }
        runs[runs.length - 1].push(at);
      });
      if (runs.length > 1) { runs[0] = runs.pop().concat(runs[0].slice(1)); }
      return runs.filter(function (run) { return run.length > 1; });
    });
  }
  function words(rows) {
    var box = document.createElement("div");
    rows.forEach(function (row, i) {
      var line = document.createElement(i ? "div" : "b");
      line.textContent = row;
      box.appendChild(line);
    });
    return box;
  }
  function named(name, country) { return country ? name + " (" + country + ")" : name; }
  function isOn(key) { return map.hasLayer(layers[key]); }

  function ground(options) { return Object.assign({ pane: "land", renderer: onLand, interactive: false, smoothFactor: 0.6 }, options); }
  var land = unpack(data.land);
  L.polygon(land, ground({ stroke: false, fillColor: "#f6f3ec", fillOpacity: 1 })).addTo(layers.plain);
  L.polyline(outline(land), ground({ color: "#b3ad9e", weight: 0.6 })).addTo(layers.plain);
  L.polyline(lines(data.borders), ground({ color: "#aaa491", weight: 0.9 })).addTo(layers.plain);
  L.polyline(lines(data.disputed), ground({ color: "#857f70", weight: 1.2, dashArray: "3 4" })).addTo(layers.plain);

  // Hatching tells assumed areas from named sites without colour.
  function hatch(colour) {
    var id = "hatch" + colour.slice(1), root = svg._container, ns = "http://www.w3.org/2000/svg";
    if (!root.querySelector("#" + id)) {
      var pattern = document.createElementNS(ns, "pattern"), line = document.createElementNS(ns, "path");
      [["id", id], ["width", 7], ["height", 7], ["patternUnits", "userSpaceOnUse"], ["patternTransform", "rotate(45)"]]
        .forEach(function (pair) { pattern.setAttribute(pair[0], pair[1]); });
      [["d", "M0 0V7"], ["stroke", colour], ["stroke-width", 2]].forEach(function (pair) { line.setAttribute(pair[0], pair[1]); });
      pattern.appendChild(line);
      root.insertBefore(pattern, root.firstChild);
    }
    return "url(#" + id + ")";
  }

  var labels = labelPlacer(map, function (one) {
    if (one.kind === "country") { return isOn("plain"); }
    if (one.group) { return isOn(one.group); }
    return !one.answers || (isOn("places") && shown(one.answers).length > 0);
  });
  function shown(answers) { return Object.keys(answers).filter(isOn); }

  var strokes = {}, narrow = [];
  data.rings.forEach(function (ring) {
    var fill = unpack(ring.fill), edge = outline(fill);
    if (!ring.inner) {
      L.polygon(fill, { renderer: svg, stroke: false, fillColor: ring.colour, fillOpacity: 0.06, interactive: false, smoothFactor: 0.3 }).addTo(layers[ring.group]);
    }
    var stroke = L.polyline(edge, {
      renderer: svg, color: ring.colour, weight: ring.inner ? 1.4 : 2.4, dashArray: ring.inner ? "6 5" : null,
      interactive: false, smoothFactor: 0.3, className: "ring " + (ring.inner ? "inner" : "outer")
    }).addTo(layers[ring.group]);
    (strokes[ring.group] = strokes[ring.group] || []).push(stroke);
    if (ring.gap_km !== null) { narrow.push([stroke, ring.gap_km]); }
    if (ring.label) { labels.add({ kind: "ring", text: ring.label, lines: function () { return edge; }, rank: ring.inner ? 3 : 2, colour: ring.colour, group: ring.group }); }
  });

  // What takes the focus has a name, and its tooltip goes when the focus goes.
  function forKeyboard(layer, name) {
    layer.getElement().setAttribute("aria-label", name);
    layer.getElement().addEventListener("blur", function () { layer.closeTooltip(); });
    return layer;
  }
  function marker(at, html, size, name, tip) {
    var icon = L.divIcon({ className: "mark", html: html, iconSize: size });
    return forKeyboard(L.marker(at, { icon: icon, riseOnHover: true }).bindTooltip(tip).addTo(map), name);
  }

  var areas = {};
  data.origins.forEach(function (origin) {
    var name = named(origin.label, origin.country), area = unpack(origin.area);
    function tip() { return words([name, origin.site, origin.note]); }
    areas[origin.number] = L.latLngBounds([origin.at]);
    if (area.length) {
      var drawn = L.polygon(area, {
        renderer: svg, className: "origin", color: origin.colour, weight: 1.8, dashArray: origin.assumed ? "8 4" : null,
        fillColor: origin.assumed ? hatch(origin.colour) : origin.colour, fillOpacity: origin.assumed ? 0.55 : 0.2
      }).bindTooltip(tip, { sticky: true }).addTo(map);
      drawn.getElement().setAttribute("role", "img");
      forKeyboard(drawn, name + ", " + origin.site);
      areas[origin.number].extend(drawn.getBounds());
    }
    if (!origin.assumed) {
      var shape = '<svg width="20" height="18" aria-hidden="true"><path d="M10 1 L19 17 L1 17 Z" fill="' + origin.colour + '" stroke="#fff" stroke-width="1.6"/></svg>';
      marker(origin.at, shape, [20, 18], name + ", " + origin.site, tip);
    }
    labels.add({ kind: "origin", text: origin.label, at: origin.at, rank: 1, gap: origin.assumed ? 0 : 12, pin: origin.assumed ? 0 : 9, colour: origin.colour });
  });

  var pins = {};
  data.targets.forEach(function (target) {
    var pin = document.createElement("div"), name = named(target.label, target.country), area = unpack(target.area);
    pin.className = "pin";
    pin.style.background = target.colour;
    pin.textContent = target.symbol;
    if (area.length) {
      L.polygon(area, { renderer: svg, color: target.colour, weight: 1.2, dashArray: "2 3", fillOpacity: 0.05, interactive: false }).addTo(map);
    }
    pins[target.id] = marker(target.at, pin, [22, 22], name, function () {
      var keys = shown(target.lines);
      return words([name].concat((keys.length ? keys : Object.keys(target.lines)).map(function (key) { return target.lines[key]; })));
    }).setZIndexOffset(1000);
    labels.add({ kind: "target", text: target.label, at: target.at, rank: 0, gap: 14, pin: 11 });
  });

  data.countries.forEach(function (row, i) {
    labels.add({ kind: "country", text: row[0].toUpperCase(), width: row[1], points: row[2], rank: 4 + i / 1e3 });
  });

  // A place as the page has it: name, country, people, at, capital or not, and for each origin its
  // number, the distance, at how many of its longest radii it is in range, and from all of it.
  var radii = {};
  Object.keys(data.groups).forEach(function (key) {
    var number = data.groups[key].origin;
    (radii[number] = radii[number] || []).push(key);
  });
  function byGroup(answers) {
    var found = {};
    answers.forEach(function (answer) {
      radii[answer[0]].slice(-answer[2]).forEach(function (key, i) { found[key] = [answer[1], i >= answer[2] - answer[3]]; });
    });
    return found;
  }
  var marks = data.places.map(function (row, i) {
    row[5] = byGroup(row[5]);
    var place = { kind: row[4] ? "capital" : "place", text: row[0], at: row[3], answers: row[5], rank: 5 + i / 1e6, gap: 6 };
    labels.add(place);
    labels.avoid(place);
    return L.circleMarker(row[3], { renderer: canvas, weight: 1.1, color: "#3c4653", fillOpacity: 1 })
      .bindTooltip(function () {
        return words([named(row[0], row[1]), row[2].toLocaleString("en") + " people"].concat(shown(row[5]).map(function (key) {
          var answer = row[5][key], group = data.groups[key];
          return group.radius + ": " + (answer[1] ? group.all : group.part) + "; " + answer[0];
        })));
      });
  });
  function bySize() {
    var zoom = map.getZoom(), share = Math.max(0.4, Math.min(1.1, zoom / 6)), middle = map.getSize().divideBy(2);
    var kmPerPixel = map.distance(map.containerPointToLatLng(middle), map.containerPointToLatLng(middle.add([0, 10]))) / 1e4;
    marks.forEach(function (mark, i) { mark.setRadius(share * (data.places[i][2] > 1e6 ? 4 : data.places[i][2] > 3e5 ? 3.2 : 2.4)); });
    narrow.forEach(function (pair) { pair[0].setStyle({ opacity: pair[1] / kmPerPixel < 4 ? 0 : 1 }); });
  }
  function markPlaces() {
    data.places.forEach(function (row, i) {
      var keys = shown(row[5]);
      if (!keys.length) { layers.places.removeLayer(marks[i]); return; }
      var fromAll = keys.some(function (key) { return row[5][key][1]; });
      layers.places.addLayer(marks[i].setStyle({ fillColor: fromAll ? "#3c4653" : "#fff" }));
    });
  }

  layerSwitch(map, layers, data);
  var due = false;
  function refresh() {
    if (due) { return; }
    due = true;
    requestAnimationFrame(function () { due = false; markPlaces(); labels.place(); });
  }
  Object.keys(layers).forEach(function (key) { layers[key].on("add remove", refresh); });
  map.on("zoomend", bySize);
  bySize();
  markPlaces();
  labels.place();

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { map.eachLayer(function (layer) { if (layer.closeTooltip) { layer.closeTooltip(); } }); }
  });

  // A verdict shows its target, and the ring that decides.
  document.querySelectorAll("button[data-target]").forEach(function (button) {
    button.addEventListener("click", function () {
      var pin = pins[button.dataset.target], group = button.dataset.group;
      document.querySelectorAll(".lit").forEach(function (lit) { lit.classList.remove("lit"); });
      Object.keys(pins).forEach(function (id) { pins[id].closeTooltip(); });
      if (!pin) { return; }
      var view = L.latLngBounds([pin.getLatLng()]);
      if (group) {
        map.addLayer(layers[group]);
        strokes[group].forEach(function (stroke) { stroke.getElement().classList.add("lit"); });
        view.extend(areas[data.groups[group].origin]);
      }
      pin.getElement().firstChild.classList.add("lit");
      button.classList.add("lit");
      if (!map.getBounds().pad(-0.05).contains(view)) { map.fitBounds(view, { padding: [60, 60], maxZoom: 8 }); }
      if (window.innerWidth <= 760) { map.getContainer().scrollIntoView({ block: "nearest" }); }
      pin.openTooltip();
    });
  });

  // Paper has another width than the screen: the map is laid out anew for it.
  var before = null, onPaper = L.layerGroup();
  window.addEventListener("beforeprint", function () {
    if (before) { return; }
    before = map.getBounds();
    document.body.classList.add("printing");
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(data.view, { padding: [8, 8], animate: false });
    // Paper shows a canvas without what lies below it: there the places are drawn like the rest.
    marks.filter(function (mark) { return isOn("places") && layers.places.hasLayer(mark); }).forEach(function (mark) {
      onPaper.addLayer(L.circleMarker(mark.getLatLng(), Object.assign({}, mark.options, { renderer: svg, interactive: false })));
    });
    onPaper.addTo(map);
    labels.place();
  });
  window.addEventListener("afterprint", function () {
    onPaper.remove();
    onPaper.clearLayers();
    document.body.classList.remove("printing");
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(before, { animate: false });
    before = null;
  });
}
