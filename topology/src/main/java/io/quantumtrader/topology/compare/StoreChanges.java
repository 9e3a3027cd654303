package io.quantumtrader.topology.compare;

import io.quantumtrader.topology.export.TopologyExport.Store;
import io.quantumtrader.topology.export.TopologyExport.Table;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Differences in stores, their changelogs and the global tables. */
final class StoreChanges {

  private final Side before;
  private final Side after;
  private final List<TopologyFinding> findings;

  StoreChanges(Side before, Side after, List<TopologyFinding> findings) {
    this.before = before;
    this.after = after;
    this.findings = findings;
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

  /** The same kind of thing, used by a node that is there before and after. */
  private boolean looksRenamed(String old, String now) {
    Store left = before.stores.get(old);
    Store right = after.stores.get(now);
    boolean sameKind =
        left.type().equals(right.type())
            && left.keyType().equals(right.keyType())
            && left.valueType().equals(right.valueType());
    Set<String> users = before.usersOf(old);
    Set<String> usersNow = after.usersOf(now);
    return sameKind
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
    if (was.logging() != is.logging()) {
      add(is.logging() ? Change.CHANGELOG_ON : Change.CHANGELOG_OFF, is.name(), "");
      return;
    }
    differ(Change.CHANGELOG_SETTINGS, is, was.changelogSettings(), is.changelogSettings());
    if (was.name().equals(is.name())) {
      differ(Change.CHANGELOG_RENAMED, is, was.changelog(), is.changelog());
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
