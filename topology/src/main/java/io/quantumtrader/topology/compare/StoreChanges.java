package io.quantumtrader.topology.compare;

import io.quantumtrader.topology.export.TopologyExport.Store;
import io.quantumtrader.topology.export.TopologyExport.Table;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Differences in stores, their changelogs and the global tables. */
final class StoreChanges {

  private final Side before;
  private final Side after;
  private final List<TopologyFinding> findings;
  private final Upstream upstream;
  private final Upstream upstreamNow;

  StoreChanges(Side before, Side after, List<TopologyFinding> findings) {
    this.before = before;
    this.after = after;
    this.findings = findings;
    this.upstream = new Upstream(before);
    this.upstreamNow = new Upstream(after);
  }

  /** Adds what it finds and returns which store is which. */
  Renames find() {
    Renames renames = Renames.of(before.stores.keySet(), after.stores.keySet(), this::looksRenamed);
    renames.renamed().forEach((old, now) -> add(Change.STORE_RENAMED, now, "was " + old));
    renames.removed().forEach(name -> add(Change.STORE_REMOVED, name, ""));
    renames.added().forEach(name -> add(Change.STORE_ADDED, name, ""));
    for (Store store : before.stores.values()) {
      Store now = after.stores.get(renames.now(store.name()));
      if (now != null) {
        compare(store, now);
      }
    }
    tables();
    return renames;
  }

  /** The same kind of thing on the same input, used by a node that is there before and after. */
  private boolean looksRenamed(String old, String now) {
    Store left = before.stores.get(old);
    Store right = after.stores.get(now);
    boolean sameKind =
        StoreFormats.isSameType(left.type(), right.type())
            && left.keyType().equals(right.keyType())
            && StoreFormats.isSameValue(left.valueType(), right.valueType());
    Set<String> users = before.usersOf(old);
    Set<String> usersNow = after.usersOf(now);
    Set<String> topics = upstream.ofStore(old).topics();
    Set<String> topicsNow = upstreamNow.ofStore(now).topics();
    boolean sameInput =
        topics.isEmpty() || topicsNow.isEmpty() || !Collections.disjoint(topics, topicsNow);
    return sameKind
        && sameInput
        && (!Collections.disjoint(users, usersNow)
            || users.stream().noneMatch(after.nodes::containsKey));
  }

  private void compare(Store was, Store is) {
    differ(Change.STORE_TYPE, is, was.type(), is.type());
    differ(
        Change.STORE_SERDE,
        is,
        was.keyType() + " to " + was.valueType(),
        is.keyType() + " to " + is.valueType());
    differ(Change.STORE_PLACE, is, place(was), place(is));
    differ(Change.STORE_CACHING, is, cached(was), cached(is));
    differ(Change.STORE_RETENTION, is, was.retentionMs(), is.retentionMs());
    changelog(was, is);
  }

  private void changelog(Store was, Store is) {
    Optional<String> source = before.restoredFrom(was);
    Optional<String> sourceNow = after.restoredFrom(is);
    if (sourceNow.isPresent()) {
      if (!source.equals(sourceNow)) {
        fromSource(is, sourceNow.get(), was.changelog());
      }
    } else if (source.isPresent() && is.logging()) {
      add(
          Change.CHANGELOG_OF_ITS_OWN,
          is.name(),
          "was restored from topic " + source.get() + ", is from " + is.changelog());
    } else if (source.isPresent() || was.logging() != is.logging()) {
      add(is.logging() ? Change.CHANGELOG_ON : Change.CHANGELOG_OFF, is.name(), "");
    } else {
      differ(Change.CHANGELOG_SETTINGS, is, was.changelogSettings(), is.changelogSettings());
      if (was.name().equals(is.name())) {
        differ(Change.CHANGELOG_RENAMED, is, was.changelog(), is.changelog());
      }
    }
  }

  private void fromSource(Store store, String topic, String changelog) {
    String instead = changelog.isEmpty() ? "" : ", no longer from " + changelog;
    if (after.isKnownNotCompacted(topic)) {
      add(
          Change.SOURCE_NOT_COMPACTED,
          store.name(),
          "restored from topic " + topic + ", which is not compacted" + instead);
    } else {
      add(
          Change.RESTORED_FROM_SOURCE,
          store.name(),
          "restored from topic " + topic + ", which must be compacted" + instead);
    }
  }

  private static String place(Store store) {
    return store.persistent() ? "on disk" : "in memory";
  }

  private static String cached(Store store) {
    return store.caching() ? "cached" : "not cached";
  }

  private void tables() {
    for (Table table : before.tables.values()) {
      Table now = after.tables.get(table.store());
      if (now == null) {
        add(Change.TABLE_REMOVED, table.store(), "from " + table.topic());
      } else if (!now.topic().equals(table.topic())) {
        add(Change.TABLE_TOPIC, table.store(), "was " + table.topic() + ", is " + now.topic());
      } else if (!now.equals(table)) {
        add(Change.TABLE_CHANGED, table.store(), "was " + table + ", is " + now);
      }
    }
    for (Table table : after.tables.values()) {
      if (!before.tables.containsKey(table.store())) {
        add(Change.TABLE_ADDED, table.store(), "from " + table.topic());
      }
    }
  }

  private void differ(Change change, Store store, Object was, Object is) {
    if (!Objects.equals(was, is)) {
      add(change, store.name(), "was " + was + ", is " + is);
    }
  }

  private void add(Change change, String subject, String detail) {
    findings.add(new TopologyFinding(change, subject, detail));
  }
}
