package io.quantumtrader.topology.compare;

import io.quantumtrader.topology.export.TopologyExport.TopicEntry;
import io.quantumtrader.topology.export.TopologyExport.TopicKind;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Differences in the topics that are read, written and made. */
final class TopicChanges {

  private final Side before;
  private final Side after;
  private final List<TopologyFinding> findings;

  TopicChanges(Side before, Side after, List<TopologyFinding> findings) {
    this.before = before;
    this.after = after;
    this.findings = findings;
  }

  void find() {
    ends(before.read(), after.read(), Change.SOURCE_REMOVED, Change.SOURCE_ADDED);
    ends(before.written(), after.written(), Change.SINK_REMOVED, Change.SINK_ADDED);
    Renames repartitions =
        Renames.of(before.repartitions(), after.repartitions(), this::looksRenamed);
    repartitions
        .renamed()
        .forEach((old, now) -> add(Change.REPARTITION_RENAMED, now, "was " + old));
    repartitions.removed().forEach(name -> add(Change.REPARTITION_REMOVED, name, ""));
    repartitions.added().forEach(name -> add(Change.REPARTITION_ADDED, name, ""));
    for (TopicEntry was : before.topics.values()) {
      TopicEntry is = after.topics.get(repartitions.now(was.name()));
      // A store's finding says all of its changelog, but for the count of partitions.
      if (is != null) {
        differ(Change.PARTITION_COUNT, is, was.partitions(), is.partitions());
        if (is.kind() != TopicKind.CHANGELOG) {
          compare(was, is);
        }
      }
    }
    generated();
  }

  private void ends(Set<String> was, Set<String> is, Change gone, Change come) {
    Renames ends = Renames.of(was, is, (old, now) -> false);
    ends.removed().forEach(name -> add(gone, name, ""));
    ends.added().forEach(name -> add(come, name, ""));
  }

  private boolean looksRenamed(String old, String now) {
    TopicEntry left = before.topics.get(old);
    TopicEntry right = after.topics.get(now);
    return left.valueType().equals(right.valueType()) && left.keyType().equals(right.keyType());
  }

  private void compare(TopicEntry was, TopicEntry is) {
    differ(
        Change.TOPIC_TYPE,
        is,
        was.keyType() + " to " + was.valueType(),
        is.keyType() + " to " + is.valueType());
    differ(Change.TOPIC_KEY, is, was.key(), is.key());
    boolean compacted = was.cleanup().filter(policy -> policy.contains("compact")).isPresent();
    boolean stays = is.cleanup().filter(policy -> policy.contains("compact")).isPresent();
    if (compacted && !stays) {
      add(
          Change.TOPIC_COMPACTION_LOST,
          is.name(),
          "was " + was.settings() + ", is " + is.settings());
    } else {
      differ(Change.TOPIC_SETTINGS, is, was.settings(), is.settings());
    }
  }

  private void generated() {
    Set<String> made = new TreeSet<>(after.repartitions());
    made.addAll(after.stores.keySet());
    made.removeAll(before.topics.keySet());
    made.removeAll(before.stores.keySet());
    made.stream()
        .filter(name -> Upstream.GENERATED.matcher(name).find())
        .forEach(name -> add(Change.NAME_GENERATED, name, ""));
  }

  private void differ(Change change, TopicEntry topic, Object was, Object is) {
    if (!Objects.equals(was, is)) {
      add(change, topic.name(), "was " + was + ", is " + is);
    }
  }

  private void add(Change change, String subject, String detail) {
    findings.add(new TopologyFinding(change, subject, detail));
  }
}
