"use strict";
// The switch of the map's layers: one row an origin, one box a range.
function layerSwitch(map, layers, data) {
  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) { element.className = className; }
    if (text) { element.textContent = text; }
    return element;
  }
  function option(type, name, text, layer, onChange) {
    var label = make("label"), input = make("input");
    input.type = type;
    input.name = name;
    input.checked = map.hasLayer(layer);
    input.addEventListener("change", function () { onChange(input.checked); });
    label.append(input, " ", text);
    return { label: label, input: input };
  }

  var box = make("details", "layers"), boxes = {}, rows = {};
  box.open = window.innerWidth > 760 && Object.keys(data.groups).length <= 12;
  box.append(make("summary", "", "Layers"));

  var ground = make("fieldset");
  ground.append(make("legend", "unseen", "Map"));
  [["plain", "Plain map"], ["streets", "Streets, from openstreetmap.org"]].forEach(function (pair) {
    ground.append(option("radio", "ground", pair[1], layers[pair[0]], function () {
      map.removeLayer(layers[pair[0] === "plain" ? "streets" : "plain"]);
      map.addLayer(layers[pair[0]]);
    }).label);
  });
  var places = option("checkbox", "places", "Listed places over " + data.threshold + " people", layers.places, function (on) {
    if (on) { map.addLayer(layers.places); } else { map.removeLayer(layers.places); }
  });
  ground.append(places.label);
  box.append(ground);

  Object.keys(data.groups).forEach(function (key) {
    var group = data.groups[key], row = rows[group.origin];
    if (!row) {
      row = make("fieldset");
      var legend = make("legend"), name = make("span", "name"), swatch = make("i", "swatch " + (group.assumed ? "area" : "site"));
      swatch.style.color = group.colour;
      name.append(swatch, group.label, make("span", "unseen", ", " + group.site));
      name.title = group.label + ", " + group.site;
      legend.append(name);
      row.append(legend, rows[group.origin] = make("div", "radii"));
      box.append(row);
      row = rows[group.origin];
    }
    var one = option("checkbox", "ring", group.radius, layers[key], function (on) {
      if (on) { map.addLayer(layers[key]); } else { map.removeLayer(layers[key]); }
    });
    one.input.dataset.group = key;
    boxes[key] = one.input;
    row.append(one.label);
  });
  map.on("layeradd layerremove", function (event) {
    Object.keys(boxes).forEach(function (key) {
      if (layers[key] === event.layer) { boxes[key].checked = map.hasLayer(event.layer); }
    });
  });

  var Control = L.Control.extend({
    onAdd: function () {
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    }
  });
  return new Control({ position: "topright" }).addTo(map);
}
