package io.quantumtrader.topology.export;

import io.quantumtrader.topology.export.TopologyExport.Node;
import io.quantumtrader.topology.export.TopologyExport.Service;
import io.quantumtrader.topology.export.TopologyExport.Subtopology;
import io.quantumtrader.topology.export.TopologyExport.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where everything of the SVG picture lies, in pixels. Sub-topologies are stacked, each with the
 * topics it reads on its left and those it writes on its right. Where one sub-topology writes what
 * another reads, a line joins the two boxes of that topic: it runs in a lane of its own on the
 * right, in the gap above the reader, and on the left, so that no two lines share a lane and none
 * crosses a box.
 */
final class SvgLayout {

  static final int TOPIC_WIDTH = 262;
  static final int TOPIC_HEIGHT = 30;
  static final int ROW = 18;
  static final int HEADER = 46;
  static final int STORES = 306;
  private static final int TOPIC_STEP = 32;
  private static final int BOX_WIDTH = 700;
  private static final int WALL = 34;
  private static final int LANE = 8;
  private static final int TOP = 56;
  private static final int PADDING = 9;

  /** A rectangle. */
  record Box(int x, int y, int width, int height) {
    int right() {
      return x + width;
    }

    int bottom() {
      return y + height;
    }

    int middle() {
      return y + height / 2;
    }

    boolean overlaps(Box other) {
      return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
    }
  }

  /**
   * A topic beside the sub-topology that reads or writes it.
   *
   * @param topic name of the topic
   * @param reading whether the sub-topology reads it; otherwise it writes it
   */
  record TopicBox(String topic, boolean reading, Box box) {}

  /**
   * A sub-topology, a service beside them, or the global tables as one.
   *
   * @param subtopology the sub-topology; null for others
   * @param service the service; null for others
   */
  record Place(Subtopology subtopology, Service service, Box box, List<TopicBox> topics) {
    boolean isTables() {
      return subtopology == null && service == null;
    }
  }

  /**
   * A line from where a topic is written to where it is read.
   *
   * @param topic name of the topic
   * @param points corners, x and y
   */
  record Link(String topic, List<int[]> points) {}

  private final TopologyExport export;
  private final List<Place> places = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final int leftLanes;
  private int bottom = TOP;

  SvgLayout(TopologyExport export) {
    this.export = export;
    int all = linksInto(tableTopics());
    for (Subtopology subtopology : export.subtopologies()) {
      all += linksInto(subtopology.sourceTopics());
    }
    for (Service service : export.services()) {
      all += linksInto(service.reads());
    }
    leftLanes = 14 + all * LANE;
    Set<Service> left = new LinkedHashSet<>(export.services());
    for (Subtopology subtopology : export.subtopologies()) {
      int rows = Math.max(Labels.stages(subtopology).size(), subtopology.stores().size());
      place(subtopology, null, subtopology.sourceTopics(), subtopology.sinkTopics(), rows);
      // Right below what it reads from, so that the lines between them are short.
      left.stream()
          .filter(service -> !Collections.disjoint(service.reads(), subtopology.sinkTopics()))
          .toList()
          .forEach(
              service -> {
                left.remove(service);
                place(service);
              });
    }
    left.forEach(this::place);
    if (!export.tables().isEmpty()) {
      place(null, null, tableTopics(), List.of(), export.tables().size());
    }
    connect();
  }

  List<Place> places() {
    return places;
  }

  List<Link> links() {
    return links;
  }

  int width() {
    return 2 * (leftLanes + TOPIC_WIDTH + WALL) + BOX_WIDTH;
  }

  int height() {
    return bottom + 10;
  }

  private List<String> tableTopics() {
    return export.tables().stream().map(Table::topic).distinct().sorted().toList();
  }

  private int linksInto(List<String> topics) {
    int count = 0;
    for (Subtopology subtopology : export.subtopologies()) {
      count += (int) subtopology.sinkTopics().stream().filter(topics::contains).count();
    }
    for (Service service : export.services()) {
      count += (int) service.writes().stream().filter(topics::contains).count();
    }
    return count;
  }

  private void place(Service service) {
    place(null, service, known(service.reads()), known(service.writes()), 0);
  }

  private List<String> known(List<String> topics) {
    return topics.stream().filter(topic -> export.topic(topic).isPresent()).toList();
  }

  private void place(
      Subtopology subtopology, Service service, List<String> reads, List<String> writes, int rows) {
    int top = bottom + linksInto(reads) * LANE + 8;
    int inside = HEADER + rows * ROW + PADDING;
    int topicsHigh = Math.max(reads.size(), writes.size()) * TOPIC_STEP + 2 * PADDING;
    int height = Math.max(inside, topicsHigh);
    Box box = new Box(leftLanes + TOPIC_WIDTH + WALL, top, BOX_WIDTH, height);
    List<TopicBox> boxes = new ArrayList<>();
    topicBoxes(boxes, reads, true, leftLanes, box);
    topicBoxes(boxes, writes, false, box.right() + WALL, box);
    places.add(new Place(subtopology, service, box, boxes));
    bottom = box.bottom() + 14;
  }

  private static void topicBoxes(
      List<TopicBox> to, List<String> topics, boolean reading, int x, Box subtopology) {
    int y = subtopology.y() + (subtopology.height() - topics.size() * TOPIC_STEP) / 2;
    for (String topic : topics) {
      to.add(new TopicBox(topic, reading, new Box(x, y + 3, TOPIC_WIDTH, TOPIC_HEIGHT)));
      y += TOPIC_STEP;
    }
  }

  private void connect() {
    int lane = 0;
    for (Place to : places) {
      int gap = to.box().y() - 8;
      for (TopicBox in : to.topics()) {
        for (Place from : in.reading() ? places : List.<Place>of()) {
          for (TopicBox out : from.topics()) {
            if (!out.reading() && out.topic().equals(in.topic())) {
              links.add(link(out, in, gap, ++lane));
              gap -= LANE;
            }
          }
        }
      }
    }
  }

  private Link link(TopicBox out, TopicBox in, int gap, int lane) {
    int right = out.box().right() + 4 + lane * LANE;
    int left = in.box().x() - 4 - lane * LANE;
    return new Link(
        in.topic(),
        List.of(
            new int[] {out.box().right(), out.box().middle()},
            new int[] {right, out.box().middle()},
            new int[] {right, gap},
            new int[] {left, gap},
            new int[] {left, in.box().middle()},
            new int[] {in.box().x(), in.box().middle()}));
  }

  /** Returns the nodes that have a line of their own in a sub-topology. */
  static List<Node> rows(Place place) {
    return place.subtopology() == null ? List.of() : Labels.stages(place.subtopology());
  }
}
