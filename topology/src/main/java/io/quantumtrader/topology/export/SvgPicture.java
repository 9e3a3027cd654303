package io.quantumtrader.topology.export;

import io.quantumtrader.topology.export.SvgLayout.Box;
import io.quantumtrader.topology.export.SvgLayout.Link;
import io.quantumtrader.topology.export.SvgLayout.Place;
import io.quantumtrader.topology.export.SvgLayout.TopicBox;
import io.quantumtrader.topology.export.TopologyExport.NodeKind;
import io.quantumtrader.topology.export.TopologyExport.TopicEntry;
import io.quantumtrader.topology.export.TopologyExport.TopicKind;
import java.util.List;
import java.util.stream.Collectors;

/** Sub-topologies with their stages and stores, and the topics beside them, as an SVG image. */
final class SvgPicture {

  private static final List<String> LINE_COLOURS =
      List.of("#b3541e", "#2d7d46", "#8a3ffc", "#0f6fb5", "#b0246a", "#7a6a00", "#00707a");
  private static final int LONGEST_NAME = 38;
  private static final int LONGEST_DETAIL = 44;
  private static final int LONGEST_STAGE = 40;
  private static final int LONGEST_ROW = 50;

  private final TopologyExport export;
  private final LiveNumbers numbers;
  private final SvgLayout layout;
  private final StringBuilder out = new StringBuilder();

  private SvgPicture(TopologyExport export, LiveNumbers numbers) {
    this.export = export;
    this.numbers = numbers;
    this.layout = new SvgLayout(export);
  }

  static String of(TopologyExport export, LiveNumbers numbers) {
    return new SvgPicture(export, numbers).draw();
  }

  private String draw() {
    line(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\""
                + " font-family=\"Helvetica, Arial, sans-serif\">")
            .formatted(layout.width(), layout.height(), layout.width(), layout.height()));
    line("<title>%s</title>".formatted(text("Topology of " + export.applicationId())));
    line("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
    write(20, 28, 18, "bold", "#14324f", export.applicationId());
    write(20, 48, 12, "normal", "#555555", legend());
    for (int i = 0; i < layout.links().size(); i++) {
      link(layout.links().get(i), LINE_COLOURS.get(i % LINE_COLOURS.size()));
    }
    layout.places().forEach(this::place);
    line("</svg>");
    return out.toString();
  }

  private String legend() {
    return "Blue boxes are sub-topologies: stages in the order of flow on the left, stores on the right."
        + " Beside each are its topics: read on the left, written on the right; Streams makes the yellow ones."
        + (numbers.isEmpty() ? "" : " Numbers: records in → out, mean time of one.");
  }

  private void link(Link link, String colour) {
    String points =
        link.points().stream()
            .map(point -> point[0] + "," + point[1])
            .collect(Collectors.joining(" "));
    line(
        ("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"><title>%s</title>"
                + "</polyline>")
            .formatted(points, colour, text(link.topic())));
    int[] end = link.points().get(link.points().size() - 1);
    arrow(end[0], end[1], colour);
  }

  private void arrow(int x, int y, String colour) {
    line("<path d=\"M%s %s l-7 -4 v8 z\" fill=\"%s\"/>".formatted(x, y, colour));
  }

  private void place(Place place) {
    Box box = place.box();
    rectangle(box, 10, fill(place), stroke(place));
    write(box.x() + 14, box.y() + 22, 15, "bold", "#14324f", title(place));
    write(box.x() + 14, box.y() + 38, 11, "normal", "#555555", detail(place));
    if (place.isTables()) {
      tables(box);
    } else if (place.subtopology() != null) {
      stages(place);
      stores(place);
    }
    place.topics().forEach(topic -> topic(place, topic));
  }

  private static String title(Place place) {
    if (place.isTables()) {
      return "global tables";
    }
    return place.service() == null ? place.subtopology().name() : place.service().name();
  }

  private String detail(Place place) {
    if (place.isTables()) {
      return "whole in each process";
    }
    return place.service() == null
        ? Labels.subtopology(export, place.subtopology())
        : "beside the topology: " + place.service().does();
  }

  private static String fill(Place place) {
    if (place.isTables()) {
      return "#eef7ee";
    }
    return place.service() == null ? "#eef4fb" : "#f5effa";
  }

  private static String stroke(Place place) {
    if (place.isTables()) {
      return "#4a8a4a";
    }
    return place.service() == null ? "#3b6ea5" : "#7d4f9e";
  }

  private void stages(Place place) {
    int y = place.box().y() + SvgLayout.HEADER + 14;
    for (TopologyExport.Node node : SvgLayout.rows(place)) {
      String row = node.name() + numbers.label(node.name());
      write(place.box().x() + 14, y, 12, "normal", "#222222", cut(row, LONGEST_STAGE));
      y += SvgLayout.ROW;
    }
  }

  private void stores(Place place) {
    int x = place.box().x() + SvgLayout.STORES;
    int y = place.box().y() + SvgLayout.HEADER + 14;
    for (TopologyExport.Store store : place.subtopology().stores()) {
      String row = cut(store.name() + " (" + Labels.store(store) + ")", LONGEST_ROW);
      rectangle(new Box(x, y - 9, 9, 9), 2, "#ffffff", "#3b6ea5");
      write(x + 15, y, 12, "normal", "#222222", row);
      y += SvgLayout.ROW;
    }
  }

  private void tables(Box box) {
    int y = box.y() + SvgLayout.HEADER + 14;
    for (TopologyExport.Table table : export.tables()) {
      String row = table.store() + " from " + table.topic() + numbers.label(table.processor());
      write(box.x() + 14, y, 12, "normal", "#222222", row);
      y += SvgLayout.ROW;
    }
  }

  private void topic(Place place, TopicBox shown) {
    TopicEntry topic = export.topic(shown.topic()).orElseThrow();
    boolean between = topic.kind() == TopicKind.REPARTITION;
    Box box = shown.box();
    int from = shown.reading() ? box.right() : place.box().right();
    int to = shown.reading() ? place.box().x() : box.x();
    line(
        "<path d=\"M%s %s H%s\" stroke=\"#7a8896\" stroke-width=\"1.5\"/>"
            .formatted(from, box.middle(), to - 6));
    arrow(to, box.middle(), "#7a8896");
    rectangle(box, 15, between ? "#fff5e0" : "#ffffff", between ? "#c58a1b" : "#7a8896");
    write(box.x() + 14, box.y() + 14, 12, "bold", "#222222", cut(topic.name(), LONGEST_NAME));
    write(
        box.x() + 14,
        box.y() + 27,
        10,
        "normal",
        "#555555",
        cut(Labels.topic(topic) + count(place, shown), LONGEST_DETAIL));
  }

  private String count(Place place, TopicBox shown) {
    if (place.subtopology() == null) {
      return "";
    }
    NodeKind kind = shown.reading() ? NodeKind.SOURCE : NodeKind.SINK;
    return numbers.label(place.subtopology(), kind, shown.topic());
  }

  private void rectangle(Box box, int round, String fill, String stroke) {
    line(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"%s\" stroke=\"%s\"/>"
            .formatted(box.x(), box.y(), box.width(), box.height(), round, fill, stroke));
  }

  private void write(int x, int y, int size, String weight, String colour, String words) {
    line(
        "<text x=\"%s\" y=\"%s\" font-size=\"%s\" font-weight=\"%s\" fill=\"%s\">%s</text>"
            .formatted(x, y, size, weight, colour, text(words)));
  }

  private static String cut(String words, int most) {
    return words.length() <= most ? words : words.substring(0, most - 1) + "…";
  }

  private static String text(String raw) {
    return raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
