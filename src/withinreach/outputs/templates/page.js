"use strict";
function withinreach(map, layers, data) {
  var svg = L.svg({ padding: 0.4 }), canvas = L.canvas({ padding: 0.4 });
  svg.addTo(map);
  map.fitBounds(data.view, { padding: [12, 12], animate: false });
  map.createPane("land").style.zIndex = 200;
  map.createPane("labels").style.zIndex = 620;
  map.getPane("labels").style.pointerEvents = "none";
  var landSvg = L.svg({ pane: "land", padding: 0.6 });

  function words(lines) {
    var box = document.createElement("div");
    lines.forEach(function (line, i) {
      var row = document.createElement(i ? "div" : "b");
      row.textContent = line;
      box.appendChild(row);
    });
    return box;
  }
  function named(name, country) { return country ? name + " (" + country + ")" : name; }

  var still = { pane: "land", renderer: landSvg, interactive: false, smoothFactor: 0.6 };
  function flat(options) { return Object.assign({}, still, options); }
  L.polygon(data.land, flat({ stroke: true, color: "#b9b3a4", weight: 0.7, fillColor: "#f6f3ec", fillOpacity: 1 })).addTo(layers.plain);
  L.polyline(data.borders.agreed, flat({ color: "#b0a998", weight: 1 })).addTo(layers.plain);
  L.polyline(data.borders.disputed, flat({ color: "#8b8577", weight: 1.2, dashArray: "3 4" })).addTo(layers.plain);

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

  data.rings.forEach(function (ring) {
    var group = layers[ring.group];
    if (!ring.inner) {
      L.polygon(ring.fill, { renderer: svg, stroke: false, fillColor: ring.colour, fillOpacity: 0.07, interactive: false, smoothFactor: 0.3 }).addTo(group);
    }
    L.polyline(ring.edge, { renderer: svg, color: ring.colour, weight: ring.inner ? 1.5 : 2.6, dashArray: ring.inner ? "6 5" : null, interactive: false, smoothFactor: 0.3, className: "ring" }).addTo(group);
  });

  // About how wide a letter is, in px.
  var labels = [], widths = { target: 7.9, origin: 7.2, ring: 6.7, country: 8.4, place: 5.9 };
  function label(kind, text, at, rank, options) {
    labels.push(Object.assign({ kind: kind, text: text, at: L.latLng(at), rank: rank, marker: null }, options || {}));
  }

  data.origins.forEach(function (origin) {
    var tip = words([named(origin.label, origin.country), origin.site, origin.note]);
    if (origin.area.length) {
      L.polygon(origin.area, {
        renderer: svg, color: origin.colour, weight: 2, dashArray: origin.assumed ? "8 4" : null,
        fillColor: origin.assumed ? hatch(origin.colour) : origin.colour, fillOpacity: origin.assumed ? 0.55 : 0.22
      }).bindTooltip(tip, { sticky: true }).addTo(map);
    }
    if (!origin.assumed) {
      var shape = '<svg width="20" height="18" aria-hidden="true"><path d="M10 1 L19 17 L1 17 Z" fill="' + origin.colour + '" stroke="#fff" stroke-width="1.6"/></svg>';
      L.marker(origin.at, { icon: L.divIcon({ className: "site", html: shape, iconSize: [20, 18], iconAnchor: [10, 11] }), alt: origin.label, keyboard: true })
        .bindTooltip(tip).addTo(map);
    }
    label("origin", origin.label, origin.at, 1, { gap: origin.assumed ? 0 : 11, colour: origin.colour });
  });

  var pins = {};
  data.targets.forEach(function (target) {
    var pin = document.createElement("div");
    pin.className = "pin";
    pin.style.background = target.colour;
    pin.textContent = target.symbol;
    pins[target.id] = L.marker(target.at, {
      icon: L.divIcon({ className: "target", html: pin, iconSize: [22, 22], iconAnchor: [11, 11] }),
      alt: target.label, keyboard: true, zIndexOffset: 1000
    }).bindTooltip(words([named(target.label, target.country)].concat(target.lines))).addTo(map);
    pins[target.id].pin = pin;
    label("target", target.label, target.at, 0, { gap: 13 });
  });

  data.rings.forEach(function (ring) {
    if (ring.labelled) { label("ring", ring.label, ring.at, ring.inner ? 2.5 : 2, { colour: ring.colour, group: ring.group }); }
  });
  data.countries.forEach(function (country, i) { label("country", country[0], [country[1], country[2]], 3 + i / 1000); });

  var marks = data.places.map(function (place, i) {
    label("place", place.n, place.at, 4 + i / 100000, { gap: 5, place: place });
    return L.circleMarker(place.at, { renderer: canvas, radius: place.p > 1e6 ? 4.2 : place.p > 3e5 ? 3.4 : 2.6, weight: 1.2, color: "#3c4653", fillOpacity: 1 })
      .bindTooltip(function () {
        var lines = [named(place.n, place.c), place.p.toLocaleString("en") + " people"];
        shown(place).forEach(function (key) { lines.push(place.r[key][1] + " at " + key.split(":")[1] + " km: " + place.r[key][0]); });
        return words(lines);
      });
  });
  function shown(place) { return Object.keys(place.r).filter(function (key) { return map.hasLayer(layers[key]); }); }

  function markPlaces() {
    data.places.forEach(function (place, i) {
      var keys = shown(place), mark = marks[i];
      if (!keys.length) { layers.places.removeLayer(mark); return; }
      var all = keys.some(function (key) { return place.r[key][1].indexOf("in range from all of") === 0; });
      mark.setStyle({ fillColor: all ? "#3c4653" : "#ffffff" });
      layers.places.addLayer(mark);
    });
  }

  // Labels in order of rank, beside their mark where there is room, else on its other sides; one
  // that would touch another, a pin or the frame waits for more zoom.
  function spots(one, p, width, height) {
    if (one.kind === "ring") {
      return [[Math.max(4, Math.min(p.x - width / 2, size().x - width - 4)), Math.max(8, Math.min(p.y - height / 2, size().y - 34))]];
    }
    if (!one.gap) { return [[p.x - width / 2, p.y - height / 2]]; }
    var middle = p.y - height / 2;
    return [
      [p.x + one.gap, middle], [p.x - one.gap - width, middle],
      [p.x - width / 2, p.y - one.gap - height], [p.x - width / 2, p.y + one.gap]
    ];
  }
  function size() { return map.getSize(); }
  function placeLabels() {
    var frame = size(), shownPlaces = 0, taken = [];
    data.targets.forEach(function (target) {
      var p = map.latLngToContainerPoint(target.at);
      taken.push([p.x - 11, p.y - 11, p.x + 11, p.y + 11]);
    });
    document.querySelectorAll(".leaflet-control-layers, .leaflet-control-zoom").forEach(function (control) {
      var box = control.getBoundingClientRect(), base = map.getContainer().getBoundingClientRect();
      taken.push([box.left - base.left, box.top - base.top, box.right - base.left, box.bottom - base.top]);
    });
    function free(x, y, width, height) {
      return x > 2 && y > 2 && x + width < frame.x - 2 && y + height < frame.y - 2 && !taken.some(function (box) {
        return x < box[2] + 2 && x + width > box[0] - 2 && y < box[3] && y + height > box[1];
      });
    }
    labels.forEach(function (one) {
      if (one.marker) { map.removeLayer(one.marker); one.marker = null; }
      var p = map.latLngToContainerPoint(one.at), width = one.text.length * widths[one.kind], height = one.kind === "target" ? 17 : 14;
      if ((one.group && !map.hasLayer(layers[one.group]))
        || (one.place && (!map.hasLayer(layers.places) || !shown(one.place).length || shownPlaces > 70))
        || (one.kind === "country" && !map.hasLayer(layers.plain))) { return; }
      var spot = spots(one, p, width, height).find(function (xy) { return free(xy[0], xy[1], width, height); });
      if (!spot) { return; }
      taken.push([spot[0], spot[1], spot[0] + width, spot[1] + height]);
      if (one.place) { shownPlaces += 1; }
      var text = document.createElement("span");
      text.textContent = one.text;
      text.style.width = width + "px";
      text.style.left = spot[0] - p.x + "px";
      text.style.top = spot[1] - p.y + "px";
      if (one.colour) { text.style.color = one.colour; }
      one.marker = L.marker(one.at, { pane: "labels", interactive: false, keyboard: false, icon: L.divIcon({ className: "label " + one.kind, html: text, iconSize: [0, 0] }) }).addTo(map);
    });
  }
  // On a narrow screen the switches wait behind a button.
  var control = document.querySelector(".leaflet-control-layers"), button = document.createElement("button");
  button.type = "button";
  button.className = "layers-button";
  button.textContent = "Layers";
  function fold(closed) {
    control.classList.toggle("folded", closed);
    button.setAttribute("aria-expanded", String(!closed));
    placeLabels();
  }
  button.addEventListener("click", function () { fold(!control.classList.contains("folded")); });
  control.insertBefore(button, control.firstChild);

  labels.sort(function (a, b) { return a.rank - b.rank; });
  function refresh() { markPlaces(); placeLabels(); }
  map.on("zoomend moveend resize", placeLabels);
  map.on("overlayadd overlayremove baselayerchange", refresh);
  fold(map.getSize().x < 600);
  refresh();

  document.querySelectorAll("button[data-target]").forEach(function (button) {
    button.addEventListener("click", function () {
      var pin = pins[button.dataset.target];
      if (!pin) { return; }
      Object.keys(pins).forEach(function (id) { pins[id].pin.classList.remove("lit"); pins[id].closeTooltip(); });
      pin.pin.classList.add("lit");
      map.panInside(pin.getLatLng(), { padding: [80, 80] });
      pin.openTooltip();
    });
  });
}
