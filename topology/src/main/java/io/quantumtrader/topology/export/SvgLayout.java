package io.quantumtrader.topology.export;

import io.quantumtrader.topology.export.TopologyExport.Node;
import io.quantumtrader.topology.export.TopologyExport.Room;
import io.quantumtrader.topology.export.TopologyExport.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Where everything of the SVG picture lies, in pixels. Rooms are stacked; the topics that a room
 * reads are doors on its left, those it writes doors on its right. A topic that leads from one door
 * to another is drawn around: a lane of its own on the right, in the gap above the room it enters,
 * and on the left, so that no two lines lie on each other and none crosses a box.
 */
final class SvgLayout {

  static final int DOOR_WIDTH = 262;
  static final int DOOR_HEIGHT = 34;
  static final int ROW = 19;
  static final int HEADER = 46;
  static final int STORES = 306;
  private static final int DOOR_STEP = 40;
  private static final int BOX_WIDTH = 700;
  private static final int WALL = 34;
  private static final int LANE = 9;
  private static final int TOP = 64;
  private static final int PADDING = 12;

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
   * A door.
   *
   * @param topic topic that it is
   * @param reading whether the room reads it
   */
  record Door(String topic, boolean reading, Box box) {}

  /**
   * A room, or the global tables as one.
   *
   * @param room the room; null for the tables
   */
  record Place(Room room, Box box, List<Door> doors) {}

  /**
   * A line between two doors.
   *
   * @param topic topic that goes along it
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
    int all = 0;
    for (Room room : export.rooms()) {
      all += linksInto(room.sourceTopics());
    }
    all += linksInto(tableTopics());
    leftLanes = 14 + all * LANE;
    for (Room room : export.rooms()) {
      int rows = Math.max(Labels.stages(room).size(), room.stores().size());
      place(room, room.sourceTopics(), room.sinkTopics(), rows);
    }
    if (!export.tables().isEmpty()) {
      place(null, tableTopics(), List.of(), export.tables().size());
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
    return 2 * (leftLanes + DOOR_WIDTH + WALL) + BOX_WIDTH;
  }

  int height() {
    return bottom + 10;
  }

  private List<String> tableTopics() {
    return export.tables().stream().map(Table::topic).distinct().sorted().toList();
  }

  private int linksInto(List<String> topics) {
    int count = 0;
    for (Room room : export.rooms()) {
      count += (int) room.sinkTopics().stream().filter(topics::contains).count();
    }
    return count;
  }

  private void place(Room room, List<String> reads, List<String> writes, int rows) {
    int top = bottom + linksInto(reads) * LANE + 8;
    int inside = HEADER + rows * ROW + PADDING;
    int doorsHigh = Math.max(reads.size(), writes.size()) * DOOR_STEP + 2 * PADDING;
    int height = Math.max(inside, doorsHigh);
    Box box = new Box(leftLanes + DOOR_WIDTH + WALL, top, BOX_WIDTH, height);
    List<Door> doors = new ArrayList<>();
    doors(doors, reads, true, leftLanes, box);
    doors(doors, writes, false, box.right() + WALL, box);
    places.add(new Place(room, box, doors));
    bottom = box.bottom() + 14;
  }

  private static void doors(List<Door> to, List<String> topics, boolean reading, int x, Box room) {
    int y = room.y() + (room.height() - topics.size() * DOOR_STEP) / 2;
    for (String topic : topics) {
      to.add(new Door(topic, reading, new Box(x, y + 3, DOOR_WIDTH, DOOR_HEIGHT)));
      y += DOOR_STEP;
    }
  }

  private void connect() {
    int lane = 0;
    for (Place to : places) {
      int gap = to.box().y() - 8;
      for (Door in : to.doors()) {
        for (Place from : in.reading() ? places : List.<Place>of()) {
          for (Door out : from.doors()) {
            if (!out.reading() && out.topic().equals(in.topic())) {
              links.add(link(out, in, gap, ++lane));
              gap -= LANE;
            }
          }
        }
      }
    }
  }

  private Link link(Door out, Door in, int gap, int lane) {
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

  /** Returns the nodes that have a line of their own in a room. */
  static List<Node> rows(Place place) {
    return place.room() == null ? List.of() : Labels.stages(place.room());
  }
}
