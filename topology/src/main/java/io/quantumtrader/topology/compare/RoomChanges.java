package io.quantumtrader.topology.compare;

import io.quantumtrader.topology.export.TopologyExport.Node;
import io.quantumtrader.topology.export.TopologyExport.Room;
import io.quantumtrader.topology.export.TopologyExport.Store;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Differences in what lies together in a room, and in the partition counts that hold it. */
final class RoomChanges {

  private final Side before;
  private final Side after;
  private final Renames stores;
  private final List<TopologyFinding> findings;

  RoomChanges(Side before, Side after, Renames stores, List<TopologyFinding> findings) {
    this.before = before;
    this.after = after;
    this.stores = stores;
    this.findings = findings;
  }

  void find() {
    for (Room room : before.export.rooms()) {
      Set<String> now = roomsNow(room);
      if (now.size() > 1) {
        add(Change.ROOM_SPLIT, room.name(), "its stores lie in " + String.join(" and ", now));
      }
      counterpart(room).ifPresent(found -> same(room, found));
    }
    for (Room room : after.export.rooms()) {
      Set<String> origins = origins(room);
      if (origins.size() > 1) {
        add(Change.ROOM_MERGED, room.name(), "of " + String.join(" and ", origins));
      }
    }
    groups();
  }

  private Set<String> roomsNow(Room room) {
    return room.stores().stream()
        .map(store -> after.roomOfStore.get(stores.now(store.name())))
        .filter(found -> found != null)
        .map(Room::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> origins(Room room) {
    return before.export.rooms().stream()
        .filter(
            old ->
                old.stores().stream()
                    .map(store -> stores.now(store.name()))
                    .anyMatch(name -> has(room, name)))
        .map(Room::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean has(Room room, String store) {
    return room.stores().stream().map(Store::name).anyMatch(store::equals);
  }

  /** The room with most of its stores, and nodes where that leaves a choice. */
  private Optional<Room> counterpart(Room room) {
    return after.export.rooms().stream()
        .filter(found -> alike(room, found) > 0)
        .max(Comparator.comparingInt(found -> alike(room, found)));
  }

  private int alike(Room old, Room now) {
    Set<String> nodes = now.nodes().stream().map(Node::name).collect(Collectors.toSet());
    int sameStores =
        (int) old.stores().stream().filter(store -> has(now, stores.now(store.name()))).count();
    int sameNodes = (int) old.nodes().stream().filter(node -> nodes.contains(node.name())).count();
    return sameStores * 10_000 + sameNodes;
  }

  private void same(Room was, Room is) {
    if (was.id() != is.id()) {
      boolean stateless = was.stores().isEmpty() && is.stores().isEmpty();
      add(
          stateless ? Change.STATELESS_ROOM_RENUMBERED : Change.ROOM_RENUMBERED,
          is.name(),
          "was sub-topology " + was.id() + ", is " + is.id());
    } else if (!was.name().equals(is.name())) {
      add(Change.ROOM_NAMED, is.name(), "was " + was.name());
    }
    if (before.counts(was).size() == 1 && after.counts(is).size() > 1) {
      add(
          Change.COPARTITION_LOST,
          is.name(),
          "its topics have " + after.counts(is) + " partitions");
    }
    repartitioned(was, is);
  }

  /** A room with state that reads from a repartition topic what it read from elsewhere before. */
  private void repartitioned(Room was, Room is) {
    boolean keepsState = was.stores().stream().anyMatch(store -> has(is, stores.now(store.name())));
    Set<String> gone = new TreeSet<>(was.sourceTopics());
    gone.removeAll(is.sourceTopics());
    Set<String> come = new TreeSet<>(is.sourceTopics());
    come.removeAll(was.sourceTopics());
    come.retainAll(after.repartitions());
    // A renamed repartition topic keeps the keys where they are; its own finding says so.
    gone.removeAll(before.repartitions());
    if (keepsState && !gone.isEmpty() && !come.isEmpty()) {
      add(Change.STATE_REPARTITIONED, is.name(), "by " + String.join(" and ", come));
    }
  }

  private void groups() {
    for (List<String> group : before.export.copartitioned()) {
      boolean held = after.export.copartitioned().stream().anyMatch(now -> now.containsAll(group));
      boolean allThere = after.topics.keySet().containsAll(group);
      if (!held && allThere) {
        add(Change.COPARTITION_LOST, String.join(" and ", group), "Streams holds them no longer");
      }
    }
  }

  private void add(Change change, String subject, String detail) {
    findings.add(new TopologyFinding(change, subject, detail));
  }
}
